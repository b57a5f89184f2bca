// SPDX-License-Identifier: GPL-2.0-only
/// migrate_vma_setup() clears dst: a page that is stored there before is lost.
///
// Confidence: Moderate
// Options: --no-includes
// Keywords: migrate_vma_setup
// Requires: 1.1.1

virtual context
virtual org
virtual report

@wrong exists@
identifier a, d;
expression P, F, I;
position p;
@@
 struct migrate_vma a = { ..., .dst = \(&d\|d\), ... };
 ... when any
     when != migrate_vma_setup(&a)
 \(d =@p migrate_pfn(P)\|d[I] =@p migrate_pfn(P)\|d =@p migrate_pfn(P) | F\|
   d[I] =@p migrate_pfn(P) | F\);
 ... when any
 migrate_vma_setup(&a)

@depends on context@
position wrong.p;
expression E;
@@
* E@p

@script:python depends on !org && !context@
p << wrong.p;
@@
coccilib.report.print_report(p[0], "migrate_vma_setup() clears dst: this page is lost")

@script:python depends on org@
p << wrong.p;
@@
coccilib.org.print_todo(p[0], "migrate_vma_setup() clears dst: this page is lost")
