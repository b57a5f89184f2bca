// SPDX-License-Identifier: GPL-2.0-only
/// vma->vm_flags is read-only since Linux 6.3, commit bc292ab00f6c: vm_flags_set() and its like
/// change it.
///
// Confidence: High
// Comments: The new calls want mmap_lock for write, as mmap() handlers have it.
// Options: --no-includes --include-headers
// Keywords: vm_flags
// Requires: 1.1.1

virtual patch
virtual context
virtual org
virtual report

@depends on !context && !org && !report@
expression V, F;
@@
(
- V->vm_flags |= F;
+ vm_flags_set(V, F);
|
- V->vm_flags &= ~F;
+ vm_flags_clear(V, F);
|
- V->vm_flags = F;
+ vm_flags_reset(V, F);
)

@depends on !context && !org && !report@
expression V, F;
@@
- vm_flags_clear(V, (F))
+ vm_flags_clear(V, F)

// What is left, or in the other modes what there is.
@found@
expression V, F;
assignment operator op;
position p;
@@
V->vm_flags@p op F

@depends on context@
expression V, F;
assignment operator op;
position found.p;
@@
* V->vm_flags@p op F

@script:python depends on !org && !context@
p << found.p;
@@
p[0].file = cocci.files()[0]
coccilib.report.print_report(p[0], "vma->vm_flags is read-only since Linux 6.3")

@script:python depends on org@
p << found.p;
@@
coccilib.org.print_todo(p[0], "vma->vm_flags is read-only since Linux 6.3")
