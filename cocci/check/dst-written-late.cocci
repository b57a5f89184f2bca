// SPDX-License-Identifier: GPL-2.0-only
/// dst is read-only from migrate_vma_pages() to migrate_vma_finalize(): the pages have moved.
///
// Confidence: Moderate
// Options: --no-includes
// Keywords: migrate_vma_pages
// Requires: 1.1.1

virtual context
virtual org
virtual report

@wrong exists@
expression A, X, E, I;
assignment operator op;
position p;
@@
 migrate_vma_pages(A);
 ... when != migrate_vma_finalize(A)
(
 X.dst[I] op@p E
|
 X->dst[I] op@p E
|
 memset@p(\(X.dst\|X->dst\), ...)
)
 ... when any
     when != migrate_vma_setup(A)
 migrate_vma_finalize(A);

@depends on context@
position wrong.p;
expression E;
@@
* E@p

@script:python depends on !org && !context@
p << wrong.p;
@@
coccilib.report.print_report(p[0], "the pages have moved: dst is read-only until the end")

@script:python depends on org@
p << wrong.p;
@@
coccilib.org.print_todo(p[0], "the pages have moved: dst is read-only until the end")
