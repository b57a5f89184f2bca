// SPDX-License-Identifier: GPL-2.0-only
/// probe_kernel_read() and probe_kernel_write() are copy_from_kernel_nofault() and
/// copy_to_kernel_nofault() since Linux 5.8, commit fe557319aa06.
///
// Confidence: High
// Options: --no-includes --include-headers
// Keywords: probe_kernel_read, probe_kernel_write
// Gone: probe_kernel_read probe_kernel_write
// Requires: 1.1.1

virtual patch
virtual context
virtual org
virtual report

@depends on !context && !org && !report@
@@
(
- probe_kernel_read
+ copy_from_kernel_nofault
  (...)
|
- probe_kernel_write
+ copy_to_kernel_nofault
  (...)
)

// What is left, or in the other modes what there is.
@found@
identifier f = {probe_kernel_read, probe_kernel_write};
position p;
@@
f@p(...)

@depends on context@
identifier f = {probe_kernel_read, probe_kernel_write};
position found.p;
@@
* f@p(...)

@script:python depends on !org && !context@
p << found.p;
@@
p[0].file = cocci.files()[0]
coccilib.report.print_report(p[0], "the name ends in kernel_nofault since Linux 5.8")

@script:python depends on org@
p << found.p;
@@
coccilib.org.print_todo(p[0], "the name ends in kernel_nofault since Linux 5.8")
