// SPDX-License-Identifier: GPL-2.0-only
/// What migrate_vma_setup() has locked and unmapped stays so until migrate_vma_finalize():
/// threads that touch it sleep for ever.
///
// Confidence: High
// Options: --no-includes
// Keywords: migrate_vma_setup
// Requires: 1.1.1

virtual context
virtual org
virtual report

@finalized@
identifier f;
@@
 f(...) { <+... migrate_vma_finalize(...) ...+> }

@wrong exists@
identifier a;
position p;
@@
 struct migrate_vma a;
 ... when any
 migrate_vma_setup@p(&a)
 ... when != migrate_vma_finalize(&a)
 migrate_vma_pages(&a)
 ... when != migrate_vma_finalize(&a)

@depends on context@
position wrong.p;
expression E;
@@
* E@p

@script:python depends on !org && !context@
p << wrong.p;
@@
coccilib.report.print_report(p[0], "this migration is never finalized")

@script:python depends on org@
p << wrong.p;
@@
coccilib.org.print_todo(p[0], "this migration is never finalized")
