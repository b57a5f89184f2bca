// SPDX-License-Identifier: GPL-2.0-only
/// MIGRATEPAGE_SUCCESS is gone since Linux 6.18; it has always been 0.
///
// Confidence: High
// Options: --no-includes --include-headers
// Keywords: MIGRATEPAGE_SUCCESS
// Gone: MIGRATEPAGE_SUCCESS
// Requires: 1.1.1

virtual patch
virtual context
virtual org
virtual report

@depends on !context && !org && !report@
@@
- MIGRATEPAGE_SUCCESS
+ 0

// What is left, or in the other modes what there is.
@found@
position p;
@@
MIGRATEPAGE_SUCCESS@p

@depends on context@
position found.p;
@@
* MIGRATEPAGE_SUCCESS@p

@script:python depends on !org && !context@
p << found.p;
@@
p[0].file = cocci.files()[0]
coccilib.report.print_report(p[0], "MIGRATEPAGE_SUCCESS is 0 since Linux 6.18")

@script:python depends on org@
p << found.p;
@@
coccilib.org.print_todo(p[0], "MIGRATEPAGE_SUCCESS is 0 since Linux 6.18")
