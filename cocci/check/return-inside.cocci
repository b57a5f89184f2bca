// SPDX-License-Identifier: GPL-2.0-only
/// A return between migrate_vma_setup() and migrate_vma_finalize() leaves pages locked and
/// unmapped.
///
// Confidence: Moderate
// Comments: A struct that came from, or was given to, another function may be finalized there.
// Options: --no-includes
// Keywords: migrate_vma_setup
// Requires: 1.1.1

virtual context
virtual org
virtual report

// Under the same condition, perhaps, as what began it.
@guarded exists@
identifier a;
expression F;
position q;
@@
 migrate_vma_setup@q(\(&a\|a\))
 ... when any
(
 if (F) migrate_vma_finalize(\(&a\|a\));
|
 if (F) { ... migrate_vma_finalize(\(&a\|a\)); }
)

@wrong exists@
identifier a, x, y, g != {migrate_vma_setup, migrate_vma_pages};
type T;
statement S;
expression E != 0;
position p, q != guarded.q;
@@
(
 x = migrate_vma_setup@q(\(&a\|a\));
 if (\(x\|x < 0\|x != 0\)) S
|
 T y = migrate_vma_setup@q(\(&a\|a\));
 if (\(y\|y < 0\|y != 0\)) S
|
 if (\(migrate_vma_setup@q(\(&a\|a\))\|migrate_vma_setup@q(\(&a\|a\)) < 0\)) S
)
 ... when != g(..., \(&a\|a\), ...)
     when != \(a.cpages\|a->cpages\)
     when != migrate_vma_pages(\(&a\|a\))
     when any
(
 return@p;
|
 return@p E;
)

@depends on context@
position wrong.p;
@@
*return@p ...;

@script:python depends on !org && !context@
p << wrong.p;
@@
coccilib.report.print_report(p[0], "this leaves with a migration that is not finalized")

@script:python depends on org@
p << wrong.p;
@@
coccilib.org.print_todo(p[0], "this leaves with a migration that is not finalized")
