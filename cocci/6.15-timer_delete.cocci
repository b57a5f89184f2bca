// SPDX-License-Identifier: GPL-2.0-only
/// del_timer() and del_timer_sync() are timer_delete() and timer_delete_sync() since Linux 6.2,
/// and the old names are gone in 6.15.
///
// Confidence: High
// Options: --no-includes --include-headers
// Keywords: del_timer, del_timer_sync
// Gone: del_timer del_timer_sync
// Requires: 1.1.1

virtual patch
virtual context
virtual org
virtual report

@depends on !context && !org && !report@
@@
(
- del_timer
+ timer_delete
  (...)
|
- del_timer_sync
+ timer_delete_sync
  (...)
)

// What is left, or in the other modes what there is.
@found@
identifier f = {del_timer, del_timer_sync};
position p;
@@
f@p(...)

@depends on context@
identifier f = {del_timer, del_timer_sync};
position found.p;
@@
* f@p(...)

@script:python depends on !org && !context@
p << found.p;
@@
p[0].file = cocci.files()[0]
coccilib.report.print_report(p[0], "the name begins with timer_delete since Linux 6.15")

@script:python depends on org@
p << found.p;
@@
coccilib.org.print_todo(p[0], "the name begins with timer_delete since Linux 6.15")
