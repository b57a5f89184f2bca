// SPDX-License-Identifier: GPL-2.0-only
/// struct mmu_notifier_range: migrate_pgmap_owner is owner since Linux 5.14, commit
/// 6b49bf6ddbb0.
///
// Confidence: High
// Options: --no-includes --include-headers
// Keywords: migrate_pgmap_owner
// Gone: migrate_pgmap_owner mmu_notifier_range_init_migrate
// Requires: 1.1.1

virtual patch
virtual context
virtual org
virtual report

@depends on !context && !org && !report@
expression R;
@@
(
- R->migrate_pgmap_owner
+ R->owner
|
- R.migrate_pgmap_owner
+ R.owner
)

// What is left, or in the other modes what there is.
@found@
expression R;
position p;
@@
\(R->migrate_pgmap_owner@p\|R.migrate_pgmap_owner@p\)

@depends on context@
expression R;
position found.p;
@@
* \(R->migrate_pgmap_owner@p\|R.migrate_pgmap_owner@p\)

@script:python depends on !org && !context@
p << found.p;
@@
p[0].file = cocci.files()[0]
coccilib.report.print_report(p[0], "migrate_pgmap_owner is owner since Linux 5.14")

@script:python depends on org@
p << found.p;
@@
coccilib.org.print_todo(p[0], "migrate_pgmap_owner is owner since Linux 5.14")
