// SPDX-License-Identifier: GPL-2.0-only
/// ioremap_nocache() is gone since Linux 5.6; ioremap() has always been the same.
///
// Confidence: High
// Options: --no-includes --include-headers
// Keywords: ioremap_nocache
// Gone: ioremap_nocache
// Requires: 1.1.1

virtual patch
virtual context
virtual org
virtual report

@depends on !context && !org && !report@
@@
- ioremap_nocache
+ ioremap
  (...)

// What is left, or in the other modes what there is.
@found@
position p;
@@
ioremap_nocache@p(...)

@depends on context@
position found.p;
@@
* ioremap_nocache@p(...)

@script:python depends on !org && !context@
p << found.p;
@@
p[0].file = cocci.files()[0]
coccilib.report.print_report(p[0], "ioremap_nocache() is gone since Linux 5.6: ioremap()")

@script:python depends on org@
p << found.p;
@@
coccilib.org.print_todo(p[0], "ioremap_nocache() is gone since Linux 5.6: ioremap()")
