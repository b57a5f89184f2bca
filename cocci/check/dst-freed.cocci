// SPDX-License-Identifier: GPL-2.0-only
/// The core unlocks and puts each page that is in dst. A driver that gives one back empties its
/// word of dst.
///
// Confidence: Moderate
// Options: --no-includes
// Keywords: migrate_pfn
// Requires: 1.1.1

virtual context
virtual org
virtual report

@wrong exists@
expression D, P, F;
position p;
@@
 D = \(migrate_pfn(page_to_pfn(P))\|migrate_pfn(page_to_pfn(P)) | F\);
 ... when != D = ...
     when != P = ...
     when != migrate_vma_finalize(...)
 \(unlock_page@p(P)\|put_page@p(P)\|__free_page@p(P)\);
 ... when != D = ...
(
 migrate_vma_pages(...);
|
 migrate_vma_finalize(...);
|
 return ...;
)

@depends on context@
position wrong.p;
expression E;
@@
* E@p

@script:python depends on !org && !context@
p << wrong.p;
@@
coccilib.report.print_report(p[0], "the core gives this page back: it is in dst")

@script:python depends on org@
p << wrong.p;
@@
coccilib.org.print_todo(p[0], "the core gives this page back: it is in dst")
