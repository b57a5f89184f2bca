// SPDX-License-Identifier: GPL-2.0-only
/// struct migrate_vma: src_owner is pgmap_owner since Linux 5.9, commit 5143192cd410, and
/// flags say which pages are to move.  A driver that sets no flags compiles unchanged and
/// moves nothing any more.
///
// Confidence: High
// Comments: With src_owner the pages of that owner moved, without it those of the system.
// Comments: Before 5.7 both did, and a driver of that time gets both flags here; one of them
// Comments: will do where you know which way the pages move.
// Options: --no-includes --include-headers
// Keywords: migrate_vma_setup, src_owner
// Gone: src_owner
// Requires: 1.1.1

virtual patch
virtual context
virtual org
virtual report

@initialize:python@
@@
owners = {}

@from_5_7@
expression E;
@@
 E.src_owner

@from_5_7_too@
identifier a;
expression E;
@@
 struct migrate_vma a = { ..., .src_owner = E, ... };

@depends on !context && !org && !report@
expression A, E;
@@
(
- A.src_owner = NULL;
+ A.flags = MIGRATE_VMA_SELECT_SYSTEM;
|
- A.src_owner = E;
+ A.pgmap_owner = E;
+ A.flags = MIGRATE_VMA_SELECT_DEVICE_PRIVATE;
|
- A->src_owner = E;
+ A->pgmap_owner = E;
+ A->flags = MIGRATE_VMA_SELECT_DEVICE_PRIVATE;
)

@depends on !context && !org && !report@
identifier a;
expression E;
@@
 struct migrate_vma a = {
	...,
-	.src_owner = E,
+	.pgmap_owner = E,
+	.flags = MIGRATE_VMA_SELECT_DEVICE_PRIVATE,
	...
 };

@depends on !context && !org && !report@
identifier a;
@@
 struct migrate_vma a = {
	...,
-	.pgmap_owner = NULL, .flags = MIGRATE_VMA_SELECT_DEVICE_PRIVATE,
+	.flags = MIGRATE_VMA_SELECT_SYSTEM,
	...
 };

// Where flags are set already.
@assigned@
expression A;
@@
 \(A.flags\|A->flags\) = <+...
 \(MIGRATE_VMA_SELECT_SYSTEM\|MIGRATE_VMA_SELECT_DEVICE_PRIVATE\|MIGRATE_VMA_SELECT_DEVICE_COHERENT\)
 ...+>

@initialised@
identifier a;
expression E;
position p;
@@
 struct migrate_vma a@p = { ..., .flags = E, ... };

// A driver of 5.7 or 5.8 moved the pages of the system where it had no src_owner.
@to_device depends on (from_5_7 || from_5_7_too) && !context && !org && !report@
identifier a;
position p != initialised.p;
expression E;
@@
 struct migrate_vma a@p = {
	...,
	.vma = E,
+	.flags = MIGRATE_VMA_SELECT_SYSTEM,
	...
 };

// One of 5.6 or before: the owner of its pagemap, if each function can name it.
@owner depends on !from_5_7 && !from_5_7_too disable drop_cast@
expression W, E;
identifier m =~ "p[age]*map$", g;
@@
 \(E.m.owner\|E->m.owner\|m.owner\) = \(W \& \(&g\|(void *)&g\)\)

@script:python@
W << owner.W;
@@
owners.setdefault(cocci.files()[0], set()).add(W)

@script:python one_owner depends on owner@
one;
@@
if len(owners[cocci.files()[0]]) == 1:
	coccinelle.one = cocci.make_ident("one")
else:
	cocci.include_match(False)

@both depends on one_owner && !assigned && !context && !org && !report@
identifier a;
expression owner.W, E, F;
@@
  a.dst = E;
+ a.pgmap_owner = W;
+ a.flags = MIGRATE_VMA_SELECT_SYSTEM | MIGRATE_VMA_SELECT_DEVICE_PRIVATE;
  ... when != a.flags = F
  migrate_vma_setup(&a)

@depends on one_owner && !assigned && !context && !org && !report@
identifier a;
position p != initialised.p;
expression owner.W, E;
@@
 struct migrate_vma a@p = {
	...,
	.vma = E,
+	.pgmap_owner = W,
+	.flags = MIGRATE_VMA_SELECT_SYSTEM | MIGRATE_VMA_SELECT_DEVICE_PRIVATE,
	...
 };

// What is left, or in the other modes what there is.
@good exists@
identifier a;
identifier g != {migrate_vma_setup, migrate_vma_pages, migrate_vma_finalize};
expression E;
position p;
@@
(
 struct migrate_vma a = { ..., .flags = E, ... };
 ... when any
 migrate_vma_setup@p(&a)
|
 \(a.flags = E\|a.flags |= E\|a = E\|g(..., &a, ...)\)
 ... when any
 migrate_vma_setup@p(&a)
)

@found@
identifier a;
position p != good.p;
@@
 migrate_vma_setup@p(&a)

@depends on context@
position found.p;
@@
* migrate_vma_setup@p(...)

@script:python depends on !org && !context@
p << found.p;
@@
p[0].file = cocci.files()[0]
coccilib.report.print_report(p[0], "nothing moves without flags and pgmap_owner since Linux 5.9")

@script:python depends on org@
p << found.p;
@@
coccilib.org.print_todo(p[0], "nothing moves without flags and pgmap_owner since Linux 5.9")
