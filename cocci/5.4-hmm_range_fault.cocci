// SPDX-License-Identifier: GPL-2.0-only
/// The second argument of hmm_range_fault() is flags since Linux 5.4, and was whether to block.
/// It compiles unchanged: true is HMM_FAULT_ALLOW_RETRY now, which may drop mmap_sem.
///
// Confidence: Moderate
// Comments: For a driver of 5.2 or 5.3 only: a later one has flags there already, or one
// Comments: argument.
// Options: --no-includes --include-headers
// Keywords: hmm_range_fault
// Requires: 1.1.1

virtual patch
virtual context
virtual org
virtual report

@depends on !context && !org && !report@
expression R;
symbol true, false;
@@
(
- hmm_range_fault(R, true)
+ hmm_range_fault(R, 0)
|
- hmm_range_fault(R, false)
+ hmm_range_fault(R, HMM_FAULT_ALLOW_RETRY)
)

// What is left, or in the other modes what there is.
@found@
expression R;
expression F != {0, HMM_FAULT_ALLOW_RETRY, HMM_FAULT_SNAPSHOT};
position p;
@@
hmm_range_fault@p(R, F)

@depends on context@
expression R;
expression F != {0, HMM_FAULT_ALLOW_RETRY, HMM_FAULT_SNAPSHOT};
position found.p;
@@
* hmm_range_fault@p(R, F)

@script:python depends on !org && !context@
p << found.p;
@@
p[0].file = cocci.files()[0]
coccilib.report.print_report(p[0], "the second argument of hmm_range_fault() is flags since Linux 5.4, where blocking is 0")

@script:python depends on org@
p << found.p;
@@
coccilib.org.print_todo(p[0], "the second argument of hmm_range_fault() is flags since Linux 5.4, where blocking is 0")
