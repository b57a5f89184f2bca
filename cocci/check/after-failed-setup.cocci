// SPDX-License-Identifier: GPL-2.0-only
/// migrate_vma_pages() and migrate_vma_finalize() must not be called when migrate_vma_setup()
/// has failed.
///
// Confidence: Moderate
// Options: --no-includes
// Keywords: migrate_vma_setup
// Requires: 1.1.1

virtual context
virtual org
virtual report

@on_error exists@
expression A;
identifier x, l;
@@
 x = migrate_vma_setup(A)
 ... when != x = ...
 if (\(unlikely(x)\|unlikely(x < 0)\|unlikely(x != 0)\))
(
 goto l;
|
 { ... goto l; }
)

@wrong forall@
expression on_error.A;
identifier on_error.l;
position p;
@@
 l:
 ... when != migrate_vma_setup(A)
 \(migrate_vma_pages@p(A)\|migrate_vma_finalize@p(A)\);

@depends on context@
position wrong.p;
expression E;
@@
* E@p

@script:python depends on !org && !context@
p << wrong.p;
@@
coccilib.report.print_report(p[0], "the error path of migrate_vma_setup() gets here")

@script:python depends on org@
p << wrong.p;
@@
coccilib.org.print_todo(p[0], "the error path of migrate_vma_setup() gets here")

@wrong2 exists@
expression A;
identifier x, l;
position p;
@@
 x = migrate_vma_setup(A)
 ... when != x
 if (!x)
(
 return ...;
|
 goto l;
|
 { ... return ...; }
)
 ... when != migrate_vma_setup(A)
     when any
 \(migrate_vma_pages@p(A)\|migrate_vma_finalize@p(A)\);

@depends on context@
position wrong2.p;
expression E;
@@
* E@p

@script:python depends on !org && !context@
p << wrong2.p;
@@
coccilib.report.print_report(p[0], "this is called when migrate_vma_setup() has failed")

@script:python depends on org@
p << wrong2.p;
@@
coccilib.org.print_todo(p[0], "this is called when migrate_vma_setup() has failed")

@wrong3 exists@
expression A, E;
identifier x;
position p;
@@
 x = migrate_vma_setup(A)
 ... when != x
 if (\(unlikely(x)\|unlikely(x < 0)\|unlikely(x != 0)\))
	E;
 ... when != x
     when != migrate_vma_setup(A)
     when any
 \(migrate_vma_pages@p(A)\|migrate_vma_finalize@p(A)\);

@depends on context@
position wrong3.p;
expression E;
@@
* E@p

@script:python depends on !org && !context@
p << wrong3.p;
@@
coccilib.report.print_report(p[0], "this is called when migrate_vma_setup() has failed")

@script:python depends on org@
p << wrong3.p;
@@
coccilib.org.print_todo(p[0], "this is called when migrate_vma_setup() has failed")
