// SPDX-License-Identifier: GPL-2.0-only
/// Since Linux 6.1, commit 16ce101db85d, the core holds a reference on the page that the CPU
/// faulted on.  migrate_vma_setup() has to know it as fault_page; without, the page never
/// moves, and the CPU faults for ever.  The code compiles unchanged.
///
// Confidence: High
// Comments: Only for the call in migrate_to_ram() itself.  A function that it shares with
// Comments: other callers needs a parameter, which is vmf->page there and NULL elsewhere.
// Options: --no-includes --include-headers
// Keywords: vm_fault
// Requires: 1.1.1

virtual patch
virtual context
virtual org
virtual report

@there@
expression A;
@@
 \(A.fault_page\|A->fault_page\)

@there_too@
identifier a;
expression E;
@@
 struct migrate_vma a = { ..., .fault_page = E, ... };

@handler depends on !there && !there_too@
identifier o, f;
@@
 struct dev_pagemap_ops o = { ..., .migrate_to_ram = f, ... };

@fault@
identifier handler.f, vmf;
position p;
@@
 f@p(struct vm_fault *vmf) { ... }

@moves@
identifier handler.f, fault.vmf, a;
@@
 f(struct vm_fault *vmf) {
 <+... migrate_vma_setup(&a) ...+>
 }

@initialised@
identifier moves.a;
expression E;
position p;
@@
 struct migrate_vma a@p = { ..., .dst = E, ... };

@in_initialiser depends on !context && !org && !report@
identifier handler.f, fault.vmf, moves.a;
position initialised.p;
@@
 f(struct vm_fault *vmf) {
 <+...
 struct migrate_vma a@p = {
	...,
+	.fault_page = vmf->page,
 };
 ...+>
 }

@assigned depends on !in_initialiser && !context && !org && !report@
identifier handler.f, fault.vmf, moves.a;
expression E;
@@
 f(struct vm_fault *vmf) {
 <+...
  a.dst = E;
+ a.fault_page = vmf->page;
 ...+>
 }

@depends on context@
position fault.p;
identifier f;
@@
* f@p(...) { ... }

@script:python depends on !in_initialiser && !assigned && !org && !context@
p << fault.p;
@@
coccilib.report.print_report(p[0], "migrate_vma_setup() needs vmf->page as fault_page since Linux 6.1")

@script:python depends on org@
p << fault.p;
@@
coccilib.org.print_todo(p[0], "migrate_vma_setup() needs vmf->page as fault_page since Linux 6.1")
