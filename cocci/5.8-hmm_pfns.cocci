// SPDX-License-Identifier: GPL-2.0-only
/// struct hmm_range: pfns, flags, values and pfn_shift are gone since Linux 5.8, commit
/// 2733ea144dcc: hmm_pfns has words with HMM_PFN_VALID and its like.
///
// Confidence: High
// Options: --no-includes --include-headers
// Keywords: hmm_range
// Requires: 1.1.1

virtual context
virtual org
virtual report

@found@
struct hmm_range R;
struct hmm_range *Q;
identifier m = {pfns, flags, values, pfn_shift};
position p;
@@
\(R.m@p\|Q->m@p\)

@depends on context@
struct hmm_range R;
struct hmm_range *Q;
identifier m = {pfns, flags, values, pfn_shift};
position found.p;
@@
* \(R.m@p\|Q->m@p\)

@script:python depends on !org && !context@
p << found.p;
@@
p[0].file = cocci.files()[0]
coccilib.report.print_report(p[0], "struct hmm_range has hmm_pfns since Linux 5.8")

@script:python depends on org@
p << found.p;
@@
coccilib.org.print_todo(p[0], "struct hmm_range has hmm_pfns since Linux 5.8")
