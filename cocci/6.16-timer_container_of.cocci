// SPDX-License-Identifier: GPL-2.0-only
/// from_timer() is timer_container_of() since Linux 6.16, commit 41cb08555c41.
///
// Confidence: High
// Options: --no-includes --include-headers
// Keywords: from_timer
// Gone: from_timer
// Requires: 1.1.1

virtual patch
virtual context
virtual org
virtual report

@depends on !context && !org && !report@
@@
- from_timer
+ timer_container_of
  (...)

// What is left, or in the other modes what there is.
@found@
position p;
@@
from_timer@p(...)

@depends on context@
position found.p;
@@
* from_timer@p(...)

@script:python depends on !org && !context@
p << found.p;
@@
p[0].file = cocci.files()[0]
coccilib.report.print_report(p[0], "from_timer() is timer_container_of() since Linux 6.16")

@script:python depends on org@
p << found.p;
@@
coccilib.org.print_todo(p[0], "from_timer() is timer_container_of() since Linux 6.16")
