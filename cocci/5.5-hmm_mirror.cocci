// SPDX-License-Identifier: GPL-2.0-only
/// struct hmm_mirror and hmm_range_register() are gone since Linux 5.5, commits 99cb252f5e68
/// and a22dd506400d: a driver has a struct mmu_interval_notifier for each range instead of one
/// mirror for each mm. That is a new design of the driver's locking, and for a person.
///
// Confidence: High
// Options: --no-includes --include-headers
// Keywords: hmm_mirror, hmm_mirror_register, hmm_range_register, hmm_range_snapshot, hmm_vma_fault, hmm_vma_range_done, hmm_vma_get_pfns
// Gone: hmm_mirror hmm_mirror_ops hmm_range_register hmm_range_snapshot hmm_vma_fault hmm_vma_get_pfns
// Requires: 1.1.1

virtual context
virtual org
virtual report

@found@
identifier f = {hmm_mirror_register, hmm_mirror_unregister, hmm_range_register, hmm_range_unregister, hmm_range_valid, hmm_range_wait_until_valid, hmm_range_snapshot, hmm_range_dma_map, hmm_range_dma_unmap, hmm_vma_fault, hmm_vma_range_done, hmm_vma_get_pfns};
position p;
@@
f@p(...)

@depends on context@
identifier f = {hmm_mirror_register, hmm_mirror_unregister, hmm_range_register, hmm_range_unregister, hmm_range_valid, hmm_range_wait_until_valid, hmm_range_snapshot, hmm_range_dma_map, hmm_range_dma_unmap, hmm_vma_fault, hmm_vma_range_done, hmm_vma_get_pfns};
position found.p;
@@
* f@p(...)

@script:python depends on !org && !context@
p << found.p;
@@
p[0].file = cocci.files()[0]
coccilib.report.print_report(p[0], "mmu_interval_notifier takes the place of hmm_mirror since Linux 5.5")

@script:python depends on org@
p << found.p;
@@
coccilib.org.print_todo(p[0], "mmu_interval_notifier takes the place of hmm_mirror since Linux 5.5")
