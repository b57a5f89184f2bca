// SPDX-License-Identifier: GPL-2.0-only
/// When migrate_vma_setup() fails, nothing was set up, and the other two calls must not be
/// made: its result has to be tested.
///
// Confidence: High
// Options: --no-includes
// Keywords: migrate_vma_setup
// Requires: 1.1.1

virtual context
virtual org
virtual report

@wrong disable drop_cast@
expression A;
position p;
@@
(
 migrate_vma_setup@p(A);
|
 (void)migrate_vma_setup@p(A);
)

@depends on context@
position wrong.p;
expression E;
@@
* E@p

@script:python depends on !org && !context@
p << wrong.p;
@@
coccilib.report.print_report(p[0], "the result of migrate_vma_setup() is not tested")

@script:python depends on org@
p << wrong.p;
@@
coccilib.org.print_todo(p[0], "the result of migrate_vma_setup() is not tested")

@wrong2 exists@
expression A;
identifier x;
type T;
position p;
@@
(
 x = migrate_vma_setup@p(A);
|
 T x = migrate_vma_setup@p(A);
)
 ... when != x
 \(migrate_vma_pages(A)\|migrate_vma_finalize(A)\)

@depends on context@
position wrong2.p;
expression E;
@@
* E@p

@script:python depends on !org && !context@
p << wrong2.p;
@@
coccilib.report.print_report(p[0], "the result of migrate_vma_setup() is not tested")

@script:python depends on org@
p << wrong2.p;
@@
coccilib.org.print_todo(p[0], "the result of migrate_vma_setup() is not tested")

@wrong3 exists@
expression A, E;
identifier x;
position p;
@@
 x = migrate_vma_setup@p(A);
 ... when != x
 x = E
 ... when any
 migrate_vma_finalize(A);

@depends on context@
position wrong3.p;
expression E;
@@
* E@p

@script:python depends on !org && !context@
p << wrong3.p;
@@
coccilib.report.print_report(p[0], "the result of migrate_vma_setup() is overwritten untested")

@script:python depends on org@
p << wrong3.p;
@@
coccilib.org.print_todo(p[0], "the result of migrate_vma_setup() is overwritten untested")
