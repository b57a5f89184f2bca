// SPDX-License-Identifier: GPL-2.0-only
/// src belongs to the core from migrate_vma_setup() to migrate_vma_finalize(). src[i] &=
/// ~MIGRATE_PFN_MIGRATE, which leaves a page out, is all that is allowed.
///
// Confidence: Moderate
// Options: --no-includes
// Keywords: migrate_vma_setup
// Requires: 1.1.1

virtual context
virtual org
virtual report

@wrong exists@
expression A, X, E, I;
assignment operator op = {=, |=, ^=, +=};
position p;
@@
 migrate_vma_setup(A)
 ... when != migrate_vma_finalize(A)
(
 X.src[I] op@p E
|
 X->src[I] op@p E
|
 memset@p(\(X.src\|X->src\), ...)
)
 ... when any
     when != migrate_vma_setup(A)
 migrate_vma_finalize(A);

@depends on context@
position wrong.p;
expression E;
@@
* E@p

@script:python depends on !org && !context@
p << wrong.p;
@@
coccilib.report.print_report(p[0], "src is written to while the core reads it")

@script:python depends on org@
p << wrong.p;
@@
coccilib.org.print_todo(p[0], "src is written to while the core reads it")

@wrong2 exists@
expression E, I;
identifier a, s;
assignment operator op = {=, |=, ^=, +=};
position p;
@@
 struct migrate_vma a = { ..., .src = \(s\|&s\), ... };
 ... when any
 migrate_vma_setup(&a)
 ... when != migrate_vma_finalize(&a)
(
 s[I] op@p E
|
 s op@p E
|
 memset@p(s, ...)
)
 ... when any
     when != migrate_vma_setup(&a)
 migrate_vma_finalize(&a);

@depends on context@
position wrong2.p;
expression E;
@@
* E@p

@script:python depends on !org && !context@
p << wrong2.p;
@@
coccilib.report.print_report(p[0], "src is written to while the core reads it")

@script:python depends on org@
p << wrong2.p;
@@
coccilib.org.print_todo(p[0], "src is written to while the core reads it")
