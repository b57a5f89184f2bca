// SPDX-License-Identifier: GPL-2.0-only
/// Pages of the device move only where src_owner of struct migrate_vma is the owner of their
/// pagemap since Linux 5.7, commit 800bb1c8dc80, and pages of the system only where it is not
/// set.
///
// Confidence: High
// Comments: A fault handler moves pages of the device.  Where else a call moves them, and where
// Comments: it moves those of the system, is for a person.  From 5.9 on flags say it.
// Options: --no-includes --include-headers
// Keywords: migrate_vma_setup
// Until: 5.9
// Requires: 1.1.1

virtual patch
virtual context
virtual org
virtual report

@initialize:python@
@@
owners = {}

// The owner of the pagemap, if each function can name it and there is one alone.
@owner disable drop_cast@
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

@set@
identifier a;
expression E;
position p;
@@
(
 a.src_owner = E;
 ... when any
 migrate_vma_setup@p(&a)
|
 struct migrate_vma a = { ..., .src_owner = E, ... };
 ... when any
 migrate_vma_setup@p(&a)
)

@depends on one_owner && !context && !org && !report@
typedef vm_fault_t;
identifier f, a;
expression owner.W, E;
position p != set.p;
@@
 vm_fault_t f(...) {
 <...
  a.dst = E;
+ a.src_owner = W;
  ...
  migrate_vma_setup@p(&a)
 ...>
 }

@initialised@
identifier a;
expression E;
position p;
@@
 struct migrate_vma a@p = { ..., .src_owner = E, ... };

@depends on one_owner && !context && !org && !report@
identifier f, a;
expression owner.W, E;
position p != initialised.p;
@@
 vm_fault_t f(...) {
 ...
 struct migrate_vma a@p = {
	...,
	.dst = E,
+	.src_owner = W,
	...
 };
 ...
 }

// What is left, or in the other modes what there is.
@set_now@
identifier a;
expression E;
position p;
@@
(
 a.src_owner = E;
 ... when any
 migrate_vma_setup@p(&a)
|
 struct migrate_vma a = { ..., .src_owner = E, ... };
 ... when any
 migrate_vma_setup@p(&a)
)

@found@
identifier a;
position p != set_now.p;
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
coccilib.report.print_report(p[0], "only pages of the system move without src_owner since Linux 5.7")

@script:python depends on org@
p << found.p;
@@
coccilib.org.print_todo(p[0], "only pages of the system move without src_owner since Linux 5.7")
