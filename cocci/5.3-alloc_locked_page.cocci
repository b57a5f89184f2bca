// SPDX-License-Identifier: GPL-2.0-only
/// hmm_vma_alloc_locked_page() is gone since Linux 5.3: alloc_page_vma() and lock_page().
///
// Confidence: High
// Options: --no-includes --include-headers
// Keywords: hmm_vma_alloc_locked_page
// Gone: hmm_vma_alloc_locked_page
// Requires: 1.1.1

virtual patch
virtual context
virtual org
virtual report

@depends on !context && !org && !report@
identifier p;
expression V, A;
type T;
@@
(
- T p = hmm_vma_alloc_locked_page(V, A);
+ T p = alloc_page_vma(GFP_HIGHUSER, V, A);
+
+ if (p)
+	lock_page(p);
|
- p = hmm_vma_alloc_locked_page(V, A);
+ p = alloc_page_vma(GFP_HIGHUSER, V, A);
+ if (p)
+	lock_page(p);
)

// What is left, or in the other modes what there is.
@found@
position p;
@@
hmm_vma_alloc_locked_page@p(...)

@depends on context@
position found.p;
@@
* hmm_vma_alloc_locked_page@p(...)

@script:python depends on !org && !context@
p << found.p;
@@
p[0].file = cocci.files()[0]
coccilib.report.print_report(p[0], "hmm_vma_alloc_locked_page() is gone since Linux 5.3: alloc_page_vma() and lock_page()")

@script:python depends on org@
p << found.p;
@@
coccilib.org.print_todo(p[0], "hmm_vma_alloc_locked_page() is gone since Linux 5.3: alloc_page_vma() and lock_page()")
