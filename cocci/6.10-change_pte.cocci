// SPDX-License-Identifier: GPL-2.0-only
/// change_pte of struct mmu_notifier_ops is gone since Linux 6.10. The callbacks for ranges see
/// what it saw.
///
// Confidence: High
// Options: --no-includes --include-headers
// Keywords: change_pte
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
- .change_pte = f,
	...
  };

// What is left, or in the other modes what there is.
@found@
identifier o, f;
position p;
@@
struct mmu_notifier_ops o = { ..., .change_pte@p = f, ... };

@depends on context@
identifier o, f;
position found.p;
@@
* struct mmu_notifier_ops o = { ..., .change_pte@p = f, ... };

@script:python depends on !org && !context@
p << found.p;
@@
p[0].file = cocci.files()[0]
coccilib.report.print_report(p[0], "change_pte is gone since Linux 6.10")

@script:python depends on org@
p << found.p;
@@
coccilib.org.print_todo(p[0], "change_pte is gone since Linux 6.10")
