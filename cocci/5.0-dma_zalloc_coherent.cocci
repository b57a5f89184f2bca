// SPDX-License-Identifier: GPL-2.0-only
/// dma_zalloc_coherent() is gone since Linux 5.0, commit dfd32cad146e: dma_alloc_coherent()
/// gives zeroed memory.
///
// Confidence: High
// Options: --no-includes --include-headers
// Keywords: dma_zalloc_coherent
// Gone: dma_zalloc_coherent
// Requires: 1.1.1

virtual patch
virtual context
virtual org
virtual report

@depends on !context && !org && !report@
@@
- dma_zalloc_coherent
+ dma_alloc_coherent
  (...)

// What is left, or in the other modes what there is.
@found@
position p;
@@
dma_zalloc_coherent@p(...)

@depends on context@
position found.p;
@@
* dma_zalloc_coherent@p(...)

@script:python depends on !org && !context@
p << found.p;
@@
p[0].file = cocci.files()[0]
coccilib.report.print_report(p[0], "dma_alloc_coherent() gives zeroed memory since Linux 5.0")

@script:python depends on org@
p << found.p;
@@
coccilib.org.print_todo(p[0], "dma_alloc_coherent() gives zeroed memory since Linux 5.0")
