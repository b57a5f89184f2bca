// SPDX-License-Identifier: GPL-2.0-only
/// mm->mmap_sem is mm->mmap_lock since Linux 5.8, commits 9740ca4e95b4 and da1c55f1b272, and is
/// taken with helpers.
///
// Confidence: High
// Comments: A driver that is to build before 5.8 as well must not have a helper of these names:
// Comments: some stable kernels have the helpers with mmap_sem.
// Options: --no-includes --include-headers
// Keywords: mmap_sem
// Gone: mmap_sem
// Requires: 1.1.1

virtual patch
virtual context
virtual org
virtual report

@depends on !context && !org && !report@
expression M;
@@
(
- down_read(&M->mmap_sem)
+ mmap_read_lock(M)
|
- up_read(&M->mmap_sem)
+ mmap_read_unlock(M)
|
- down_read_trylock(&M->mmap_sem)
+ mmap_read_trylock(M)
|
- down_read_killable(&M->mmap_sem)
+ mmap_read_lock_killable(M)
|
- down_write(&M->mmap_sem)
+ mmap_write_lock(M)
|
- up_write(&M->mmap_sem)
+ mmap_write_unlock(M)
|
- down_write_trylock(&M->mmap_sem)
+ mmap_write_trylock(M)
|
- down_write_killable(&M->mmap_sem)
+ mmap_write_lock_killable(M)
|
- downgrade_write(&M->mmap_sem)
+ mmap_write_downgrade(M)
|
- lockdep_assert_held_write(&M->mmap_sem)
+ mmap_assert_write_locked(M)
|
- lockdep_assert_held(&M->mmap_sem)
+ mmap_assert_locked(M)
)

// What is left, or in the other modes what there is.
@found@
expression M;
position p;
@@
M->mmap_sem@p

@depends on context@
expression M;
position found.p;
@@
* M->mmap_sem@p

@script:python depends on !org && !context@
p << found.p;
@@
p[0].file = cocci.files()[0]
coccilib.report.print_report(p[0], "mmap_sem is mmap_lock since Linux 5.8")

@script:python depends on org@
p << found.p;
@@
coccilib.org.print_todo(p[0], "mmap_sem is mmap_lock since Linux 5.8")
