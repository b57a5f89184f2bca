// SPDX-License-Identifier: GPL-2.0-only
/// iommu_map() takes the flags of its allocations since Linux 6.3, commit 1369459b2e21, and
/// iommu_map_atomic() is gone.
///
// Confidence: High
// Options: --no-includes --include-headers
// Keywords: iommu_map, iommu_map_atomic
// Gone: iommu_map_atomic
// Requires: 1.1.1

virtual patch
virtual context
virtual org
virtual report

@depends on !context && !org && !report@
expression D, I, P, S, T;
@@
(
- iommu_map(D, I, P, S, T)
+ iommu_map(D, I, P, S, T, GFP_KERNEL)
|
- iommu_map_atomic(D, I, P, S, T)
+ iommu_map(D, I, P, S, T, GFP_ATOMIC)
)

// What is left, or in the other modes what there is.
@found@
identifier f = {iommu_map, iommu_map_atomic};
expression D, I, P, S, T;
position p;
@@
f@p(D, I, P, S, T)

@depends on context@
identifier f = {iommu_map, iommu_map_atomic};
expression D, I, P, S, T;
position found.p;
@@
* f@p(D, I, P, S, T)

@script:python depends on !org && !context@
p << found.p;
@@
p[0].file = cocci.files()[0]
coccilib.report.print_report(p[0], "iommu_map() takes the flags of its allocations since Linux 6.3")

@script:python depends on org@
p << found.p;
@@
coccilib.org.print_todo(p[0], "iommu_map() takes the flags of its allocations since Linux 6.3")
