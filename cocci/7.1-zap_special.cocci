// SPDX-License-Identifier: GPL-2.0-only
/// zap_vma_ptes() is zap_special_vma_range() since Linux 7.1.
///
// Confidence: High
// Options: --no-includes --include-headers
// Keywords: zap_vma_ptes
// Gone: zap_vma_ptes
// Requires: 1.1.1

virtual patch
virtual context
virtual org
virtual report

@depends on !context && !org && !report@
@@
- zap_vma_ptes
+ zap_special_vma_range
  (...)

// What is left, or in the other modes what there is.
@found@
position p;
@@
zap_vma_ptes@p(...)

@depends on context@
position found.p;
@@
* zap_vma_ptes@p(...)

@script:python depends on !org && !context@
p << found.p;
@@
p[0].file = cocci.files()[0]
coccilib.report.print_report(p[0], "zap_vma_ptes() is zap_special_vma_range() since Linux 7.1")

@script:python depends on org@
p << found.p;
@@
coccilib.org.print_todo(p[0], "zap_vma_ptes() is zap_special_vma_range() since Linux 7.1")
