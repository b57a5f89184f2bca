// SPDX-License-Identifier: GPL-2.0-only
/// hmm_range_fault() returns 0 for success since Linux 5.8, commit be957c886d92, and returned
/// the number of pages. What takes 0 for a failure compiles unchanged and is wrong.
///
// Confidence: High
// Options: --no-includes --include-headers
// Keywords: hmm_range_fault
// Requires: 1.1.1

virtual context
virtual org
virtual report

@found exists@
expression R;
identifier x;
statement S;
position p;
@@
x = hmm_range_fault@p(R);
... when != x
if (x <= 0) S

@depends on context@
expression R;
identifier x;
statement S;
position found.p;
@@
* x = hmm_range_fault@p(R);
... when != x
if (x <= 0) S

@script:python depends on !org && !context@
p << found.p;
@@
p[0].file = cocci.files()[0]
coccilib.report.print_report(p[0], "hmm_range_fault() returns 0 for success since Linux 5.8")

@script:python depends on org@
p << found.p;
@@
coccilib.org.print_todo(p[0], "hmm_range_fault() returns 0 for success since Linux 5.8")
