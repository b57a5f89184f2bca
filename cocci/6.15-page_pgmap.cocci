// SPDX-License-Identifier: GPL-2.0-only
/// page->pgmap is page_pgmap(page) since Linux 6.15, commit 82ba975e4c43.
///
// Confidence: High
// Options: --no-includes --include-headers
// Keywords: pgmap
// Requires: 1.1.1

virtual patch
virtual context
virtual org
virtual report

@depends on !context && !org && !report@
struct page *P;
identifier i =~ "page$", m =~ "page$";
expression E;
@@
(
- P->pgmap
+ page_pgmap(P)
|
- i->pgmap
+ page_pgmap(i)
|
- E->m->pgmap
+ page_pgmap(E->m)
|
- migrate_pfn_to_page(E)->pgmap
+ page_pgmap(migrate_pfn_to_page(E))
)

// What is left, or in the other modes what there is.
@found@
struct page *P;
identifier i =~ "page$", m =~ "page$";
expression E;
position p;
@@
\(P->pgmap@p\|i->pgmap@p\|E->m->pgmap@p\)

@depends on context@
struct page *P;
identifier i =~ "page$", m =~ "page$";
expression E;
position found.p;
@@
* \(P->pgmap@p\|i->pgmap@p\|E->m->pgmap@p\)

@script:python depends on !org && !context@
p << found.p;
@@
p[0].file = cocci.files()[0]
coccilib.report.print_report(p[0], "page->pgmap is page_pgmap(page) since Linux 6.15")

@script:python depends on org@
p << found.p;
@@
coccilib.org.print_todo(p[0], "page->pgmap is page_pgmap(page) since Linux 6.15")
