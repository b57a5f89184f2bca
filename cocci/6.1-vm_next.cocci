// SPDX-License-Identifier: GPL-2.0-only
/// vma->vm_next and mm->mmap are gone since Linux 6.1: for_each_vma() walks the VMAs of an mm,
/// and find_vma(mm, vma->vm_end) is the next one.
///
// Confidence: High
// Options: --no-includes --include-headers
// Keywords: vm_next
// Gone: vm_next
// Requires: 1.1.1

virtual context
virtual org
virtual report

@found@
expression V;
position p;
@@
V->vm_next@p

@depends on context@
expression V;
position found.p;
@@
* V->vm_next@p

@script:python depends on !org && !context@
p << found.p;
@@
p[0].file = cocci.files()[0]
coccilib.report.print_report(p[0], "vm_next is gone since Linux 6.1: find_vma(mm, vma->vm_end)")

@script:python depends on org@
p << found.p;
@@
coccilib.org.print_todo(p[0], "vm_next is gone since Linux 6.1: find_vma(mm, vma->vm_end)")
