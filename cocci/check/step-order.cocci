// SPDX-License-Identifier: GPL-2.0-only
/// migrate_vma_pages() comes once, and migrate_vma_finalize() once and last.
///
// Confidence: High
// Options: --no-includes
// Keywords: migrate_vma_finalize
// Requires: 1.1.1

virtual context
virtual org
virtual report

@wrong exists@
expression A;
position p;
@@
(
 migrate_vma_finalize(A);
 ... when != migrate_vma_setup(A)
 \(migrate_vma_pages@p(A)\|migrate_vma_finalize@p(A)\);
|
 migrate_vma_pages(A);
 ... when != migrate_vma_setup(A)
     when != migrate_vma_finalize(A)
 migrate_vma_pages@p(A);
)

@depends on context@
position wrong.p;
expression E;
@@
* E@p

@script:python depends on !org && !context@
p << wrong.p;
@@
coccilib.report.print_report(p[0], "this step has been made already, or comes too late")

@script:python depends on org@
p << wrong.p;
@@
coccilib.org.print_todo(p[0], "this step has been made already, or comes too late")
