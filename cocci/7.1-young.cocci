// SPDX-License-Identifier: GPL-2.0-only
/// clear_flush_young, clear_young and test_young of struct mmu_notifier_ops return bool since
/// Linux 7.1, and returned int.
///
// Confidence: High
// Options: --no-includes --include-headers
// Keywords: mmu_notifier_ops
// Requires: 1.1.1

virtual patch
virtual context
virtual org
virtual report

@ops@
identifier o, f, m = {clear_flush_young, clear_young, test_young};
@@
 struct mmu_notifier_ops o = { ..., .m = f, ... };

@depends on !context && !org && !report@
identifier ops.f;
typedef bool;
@@
- int
+ bool
  f(...) { ... }

// What is left, or in the other modes what there is.
@found@
identifier ops.f;
position p;
@@
int f@p(...) { ... }

@depends on context@
identifier ops.f;
position found.p;
@@
* int f@p(...) { ... }

@script:python depends on !org && !context@
p << found.p;
@@
p[0].file = cocci.files()[0]
coccilib.report.print_report(p[0], "this callback returns bool since Linux 7.1")

@script:python depends on org@
p << found.p;
@@
coccilib.org.print_todo(p[0], "this callback returns bool since Linux 7.1")
