// SPDX-License-Identifier: GPL-2.0-only
/// A page that is in dst when migrate_vma_finalize() is called without migrate_vma_pages() is
/// taken for a page that moved: the program's page is freed, and its page table keeps pointing
/// at it. A path that gives up empties dst first, or calls migrate_vma_pages().
///
// Confidence: High
// Options: --no-includes
// Keywords: migrate_vma_setup
// Requires: 1.1.1

virtual context
virtual org
virtual report

@emptied exists@
expression A, D, I;
position q;
@@
 D[I] = 0;
 ... when any
 migrate_vma_finalize@q(A)

@wrong exists@
identifier d, l;
expression D, E, F, A, B, I;
position p != emptied.q;
@@
 \(D\&\(d\|*d\|d[I]\|B->dst[I]\|B.dst[I]\)\) = \(migrate_pfn(E)\|migrate_pfn(E) | F\);
 ... when != D = ...
     when != migrate_vma_pages(A)
     when != migrate_vma_setup(A)
     when != memset(...)
 goto l;
 ... when != D = ...
     when != migrate_vma_pages(A)
     when != migrate_vma_setup(A)
 migrate_vma_finalize@p(A)

@depends on context@
position wrong.p;
expression E;
@@
* E@p

@script:python depends on !org && !context@
p << wrong.p;
@@
coccilib.report.print_report(p[0], "dst has a page here, and migrate_vma_pages() was skipped")

@script:python depends on org@
p << wrong.p;
@@
coccilib.org.print_todo(p[0], "dst has a page here, and migrate_vma_pages() was skipped")
