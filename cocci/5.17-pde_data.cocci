// SPDX-License-Identifier: GPL-2.0-only
/// PDE_DATA() is pde_data() since Linux 5.17.
///
// Confidence: High
// Options: --no-includes --include-headers
// Keywords: PDE_DATA
// Gone: PDE_DATA
// Requires: 1.1.1

virtual patch
virtual context
virtual org
virtual report

@depends on !context && !org && !report@
@@
- PDE_DATA
+ pde_data
  (...)

// What is left, or in the other modes what there is.
@found@
position p;
@@
PDE_DATA@p(...)

@depends on context@
position found.p;
@@
* PDE_DATA@p(...)

@script:python depends on !org && !context@
p << found.p;
@@
p[0].file = cocci.files()[0]
coccilib.report.print_report(p[0], "PDE_DATA() is pde_data() since Linux 5.17")

@script:python depends on org@
p << found.p;
@@
coccilib.org.print_todo(p[0], "PDE_DATA() is pde_data() since Linux 5.17")
