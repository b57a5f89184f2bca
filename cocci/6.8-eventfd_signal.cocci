// SPDX-License-Identifier: GPL-2.0-only
/// eventfd_signal() has no count since Linux 6.8, commit 3652117f8548: it adds 1.
///
// Confidence: High
// Options: --no-includes --include-headers
// Keywords: eventfd_signal
// Requires: 1.1.1

virtual patch
virtual context
virtual org
virtual report

@depends on !context && !org && !report@
expression E;
@@
- eventfd_signal(E, 1)
+ eventfd_signal(E)

// What is left, or in the other modes what there is.
@found@
expression E, N;
position p;
@@
eventfd_signal@p(E, N)

@depends on context@
expression E, N;
position found.p;
@@
* eventfd_signal@p(E, N)

@script:python depends on !org && !context@
p << found.p;
@@
p[0].file = cocci.files()[0]
coccilib.report.print_report(p[0], "eventfd_signal() adds 1, and has no second argument, since Linux 6.8")

@script:python depends on org@
p << found.p;
@@
coccilib.org.print_todo(p[0], "eventfd_signal() adds 1, and has no second argument, since Linux 6.8")
