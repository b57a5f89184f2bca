// SPDX-License-Identifier: GPL-2.0-only
/// strlcpy() is gone since Linux 6.8. strscpy() returns something else, which matters only if
/// somebody looks.
///
// Confidence: High
// Options: --no-includes --include-headers
// Keywords: strlcpy
// Gone: strlcpy
// Requires: 1.1.1

virtual patch
virtual context
virtual org
virtual report

@depends on !context && !org && !report@
expression list EL;
@@
- strlcpy(EL);
+ strscpy(EL);

// What is left, or in the other modes what there is.
@found@
position p;
@@
strlcpy@p(...)

@depends on context@
position found.p;
@@
* strlcpy@p(...)

@script:python depends on !org && !context@
p << found.p;
@@
p[0].file = cocci.files()[0]
coccilib.report.print_report(p[0], "strlcpy() is gone since Linux 6.8, and strscpy() returns something else")

@script:python depends on org@
p << found.p;
@@
coccilib.org.print_todo(p[0], "strlcpy() is gone since Linux 6.8, and strscpy() returns something else")
