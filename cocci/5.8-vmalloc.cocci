// SPDX-License-Identifier: GPL-2.0-only
/// __vmalloc() has no protection any more since Linux 5.8, commit 88dca4ca5a93.
///
// Confidence: High
// Comments: Memory with another protection than PAGE_KERNEL is for a person.
// Options: --no-includes --include-headers
// Keywords: __vmalloc
// Requires: 1.1.1

virtual patch
virtual context
virtual org
virtual report

@depends on !context && !org && !report@
expression N, G;
@@
- __vmalloc(N, G, PAGE_KERNEL)
+ __vmalloc(N, G)

// What is left, or in the other modes what there is.
@found@
expression N, G, T;
position p;
@@
__vmalloc@p(N, G, T)

@depends on context@
expression N, G, T;
position found.p;
@@
* __vmalloc@p(N, G, T)

@script:python depends on !org && !context@
p << found.p;
@@
p[0].file = cocci.files()[0]
coccilib.report.print_report(p[0], "__vmalloc() takes a size and flags since Linux 5.8")

@script:python depends on org@
p << found.p;
@@
coccilib.org.print_todo(p[0], "__vmalloc() takes a size and flags since Linux 5.8")
