// SPDX-License-Identifier: GPL-2.0-only
/// use_mm() and unuse_mm() are kthread_use_mm() and kthread_unuse_mm() since Linux 5.8.
///
// Confidence: High
// Options: --no-includes --include-headers
// Keywords: use_mm, unuse_mm
// Gone: use_mm unuse_mm
// Requires: 1.1.1

virtual patch
virtual context
virtual org
virtual report

@depends on !context && !org && !report@
@@
(
- use_mm
+ kthread_use_mm
  (...)
|
- unuse_mm
+ kthread_unuse_mm
  (...)
)

// What is left, or in the other modes what there is.
@found@
identifier f = {use_mm, unuse_mm};
position p;
@@
f@p(...)

@depends on context@
identifier f = {use_mm, unuse_mm};
position found.p;
@@
* f@p(...)

@script:python depends on !org && !context@
p << found.p;
@@
p[0].file = cocci.files()[0]
coccilib.report.print_report(p[0], "the name begins with kthread_ since Linux 5.8")

@script:python depends on org@
p << found.p;
@@
coccilib.org.print_todo(p[0], "the name begins with kthread_ since Linux 5.8")
