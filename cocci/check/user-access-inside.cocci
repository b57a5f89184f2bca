// SPDX-License-Identifier: GPL-2.0-only
/// An access to user memory between migrate_vma_setup() and migrate_vma_finalize() may fault on
/// a page that is being moved, and waits for itself.
///
// Confidence: High
// Options: --no-includes
// Keywords: migrate_vma_setup
// Requires: 1.1.1

virtual context
virtual org
virtual report

@wrong exists@
expression A;
identifier access = {copy_to_user, copy_from_user, get_user, put_user, clear_user, __copy_to_user, __copy_from_user, strncpy_from_user};
position p;
@@
 migrate_vma_setup(A)
 ... when != migrate_vma_finalize(A)
 access@p(...)
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
coccilib.report.print_report(p[0], "this may fault on a page that is being moved")

@script:python depends on org@
p << wrong.p;
@@
coccilib.org.print_todo(p[0], "this may fault on a page that is being moved")
