// SPDX-License-Identifier: GPL-2.0-only
/// migrate_vma_finalize() leaves cpages alone since Linux 5.10, and counted it down until then.
/// Code that reads it afterwards compiles unchanged and counts something else.
///
// Confidence: High
// Options: --no-includes --include-headers
// Keywords: migrate_vma_finalize
// Requires: 1.1.1

virtual context
virtual org
virtual report

@found exists@
expression A;
identifier a;
position p;
@@
(
migrate_vma_finalize(&a);
... when != migrate_vma_setup(&a)
a.cpages@p
|
migrate_vma_finalize(A);
... when != migrate_vma_setup(A)
A->cpages@p
)

@depends on context@
expression A;
identifier a;
position found.p;
@@
(
migrate_vma_finalize(&a);
... when != migrate_vma_setup(&a)
* a.cpages@p
|
migrate_vma_finalize(A);
... when != migrate_vma_setup(A)
* A->cpages@p
)

@script:python depends on !org && !context@
p << found.p;
@@
p[0].file = cocci.files()[0]
coccilib.report.print_report(p[0], "migrate_vma_finalize() does not count cpages down since Linux 5.10")

@script:python depends on org@
p << found.p;
@@
coccilib.org.print_todo(p[0], "migrate_vma_finalize() does not count cpages down since Linux 5.10")
