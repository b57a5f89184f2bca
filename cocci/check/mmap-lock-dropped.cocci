// SPDX-License-Identifier: GPL-2.0-only
/// The lock of the mm has to be held from before migrate_vma_setup() until after
/// migrate_vma_finalize().
///
// Confidence: High
// Options: --no-includes
// Keywords: migrate_vma_setup
// Requires: 1.1.1

virtual context
virtual org
virtual report

@wrong exists@
expression A, L;
position p;
@@
 migrate_vma_setup(A)
 ... when != migrate_vma_finalize(A)
 \(mmap_read_unlock@p(L)\|mmap_write_unlock@p(L)\|up_read@p(&L->mmap_lock)\|
   up_write@p(&L->mmap_lock)\|up_read@p(&L->mmap_sem)\|up_write@p(&L->mmap_sem)\);
 ... when != migrate_vma_setup(A)
     when any
 migrate_vma_finalize(A);

@depends on context@
position wrong.p;
expression E;
@@
* E@p

@script:python depends on !org && !context@
p << wrong.p;
@@
coccilib.report.print_report(p[0], "the lock is dropped while a migration is open")

@script:python depends on org@
p << wrong.p;
@@
coccilib.org.print_todo(p[0], "the lock is dropped while a migration is open")
