// SPDX-License-Identifier: GPL-2.0-only
/// make_device_exclusive_range() is make_device_exclusive() since Linux 6.15: one page, which
/// comes back locked, with its folio. A range becomes a loop, and its clean-up folio_unlock()
/// and folio_put().
///
// Confidence: High
// Options: --no-includes --include-headers
// Keywords: make_device_exclusive_range
// Gone: make_device_exclusive_range
// Requires: 1.1.1

virtual context
virtual org
virtual report

@found@
position p;
@@
make_device_exclusive_range@p(...)

@depends on context@
position found.p;
@@
* make_device_exclusive_range@p(...)

@script:python depends on !org && !context@
p << found.p;
@@
p[0].file = cocci.files()[0]
coccilib.report.print_report(p[0], "make_device_exclusive() takes one page since Linux 6.15")

@script:python depends on org@
p << found.p;
@@
coccilib.org.print_todo(p[0], "make_device_exclusive() takes one page since Linux 6.15")
