// SPDX-License-Identifier: GPL-2.0-only
/// access_ok() has no type any more since Linux 5.0, commit 96d4f267e40f.
///
// Confidence: High
// Options: --no-includes --include-headers
// Keywords: access_ok
// Requires: 1.1.1

virtual patch
virtual context
virtual org
virtual report

@depends on !context && !org && !report@
expression T, A, N;
@@
- access_ok(T, A, N)
+ access_ok(A, N)

// What is left, or in the other modes what there is.
@found@
expression T, A, N;
position p;
@@
access_ok@p(T, A, N)

@depends on context@
expression T, A, N;
position found.p;
@@
* access_ok@p(T, A, N)

@script:python depends on !org && !context@
p << found.p;
@@
p[0].file = cocci.files()[0]
coccilib.report.print_report(p[0], "access_ok() takes an address and a size since Linux 5.0")

@script:python depends on org@
p << found.p;
@@
coccilib.org.print_todo(p[0], "access_ok() takes an address and a size since Linux 5.0")
