// SPDX-License-Identifier: GPL-2.0-only
/// invalidate_range of struct mmu_notifier_ops is arch_invalidate_secondary_tlbs since Linux
/// 6.6, commit 1af5a8109904.
///
// Confidence: High
// Options: --no-includes --include-headers
// Keywords: mmu_notifier_ops
// Requires: 1.1.1

virtual patch
virtual context
virtual org
virtual report

@depends on !context && !org && !report@
identifier o, f;
@@
  struct mmu_notifier_ops o = {
	...,
- .invalidate_range = f
+ .arch_invalidate_secondary_tlbs = f
	,...
  };

// What is left, or in the other modes what there is.
@found@
identifier o, f;
position p;
@@
struct mmu_notifier_ops o = { ..., .invalidate_range@p = f, ... };

@depends on context@
identifier o, f;
position found.p;
@@
* struct mmu_notifier_ops o = { ..., .invalidate_range@p = f, ... };

@script:python depends on !org && !context@
p << found.p;
@@
p[0].file = cocci.files()[0]
coccilib.report.print_report(p[0], "invalidate_range is arch_invalidate_secondary_tlbs since Linux 6.6")

@script:python depends on org@
p << found.p;
@@
coccilib.org.print_todo(p[0], "invalidate_range is arch_invalidate_secondary_tlbs since Linux 6.6")
