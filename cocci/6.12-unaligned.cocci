// SPDX-License-Identifier: GPL-2.0-only
/// <asm/unaligned.h> is <linux/unaligned.h> since Linux 6.12, commit 5f60d5f6bbc1.
///
// Confidence: High
// Options: --no-includes --include-headers
// Keywords: unaligned
// Requires: 1.1.1

virtual patch
virtual context
virtual org
virtual report

@depends on !context && !org && !report@
@@
- #include <asm/unaligned.h>
+ #include <linux/unaligned.h>

// What is left, or in the other modes what there is.
@found@
position p;
@@
#include <asm/unaligned.h>@p

@depends on context@
position found.p;
@@
* #include <asm/unaligned.h>@p

@script:python depends on !org && !context@
p << found.p;
@@
p[0].file = cocci.files()[0]
coccilib.report.print_report(p[0], "the header is <linux/unaligned.h> since Linux 6.12")

@script:python depends on org@
p << found.p;
@@
coccilib.org.print_todo(p[0], "the header is <linux/unaligned.h> since Linux 6.12")
