// SPDX-License-Identifier: GPL-2.0-only
/// hmm_range_fault() has no flags since Linux 5.7, commit 6bfef2f91945: default_flags and
/// pfn_flags_mask of the range say it.
///
// Confidence: High
// Options: --no-includes --include-headers
// Keywords: hmm_range_fault
// Requires: 1.1.1

virtual patch
virtual context
virtual org
virtual report

@depends on !context && !org && !report@
expression R;
@@
- hmm_range_fault(R, 0)
+ hmm_range_fault(R)

// What is left, or in the other modes what there is.
@found@
expression R, F;
position p;
@@
hmm_range_fault@p(R, F)

@depends on context@
expression R, F;
position found.p;
@@
* hmm_range_fault@p(R, F)

@script:python depends on !org && !context@
p << found.p;
@@
p[0].file = cocci.files()[0]
coccilib.report.print_report(p[0], "hmm_range_fault() has one argument since Linux 5.7")

@script:python depends on org@
p << found.p;
@@
coccilib.org.print_todo(p[0], "hmm_range_fault() has one argument since Linux 5.7")
