// SPDX-License-Identifier: GPL-2.0-only
/// Since Linux 6.15, commit 1afaeb8293c9, the core holds the lock of the page that the CPU
/// faulted on while migrate_to_ram() runs. A driver that takes it there compiles unchanged and
/// waits for itself.
///
// Confidence: High
// Options: --no-includes --include-headers
// Keywords: vm_fault
// Requires: 1.1.1

virtual context
virtual org
virtual report

@found@
identifier f, vmf;
identifier lock = {lock_page, trylock_page, unlock_page};
position p;
@@
f(struct vm_fault *vmf) {
<+...
lock@p(vmf->page)
...+>
}

@depends on context@
identifier f, vmf;
identifier lock = {lock_page, trylock_page, unlock_page};
position found.p;
@@
f(struct vm_fault *vmf) {
<+...
* lock@p(vmf->page)
...+>
}

@script:python depends on !org && !context@
p << found.p;
@@
p[0].file = cocci.files()[0]
coccilib.report.print_report(p[0], "the core holds the lock of the fault page since Linux 6.15")

@script:python depends on org@
p << found.p;
@@
coccilib.org.print_todo(p[0], "the core holds the lock of the fault page since Linux 6.15")
