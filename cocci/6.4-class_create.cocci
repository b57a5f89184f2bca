// SPDX-License-Identifier: GPL-2.0-only
/// class_create() has no module argument since Linux 6.4, commit 1aaba11da9aa.
///
// Confidence: High
// Options: --no-includes --include-headers
// Keywords: class_create
// Requires: 1.1.1

virtual patch
virtual context
virtual org
virtual report

@depends on !context && !org && !report@
expression N;
@@
- class_create(\(THIS_MODULE\|NULL\), N)
+ class_create(N)

// What is left, or in the other modes what there is.
@found@
expression E, N;
position p;
@@
class_create@p(E, N)

@depends on context@
expression E, N;
position found.p;
@@
* class_create@p(E, N)

@script:python depends on !org && !context@
p << found.p;
@@
p[0].file = cocci.files()[0]
coccilib.report.print_report(p[0], "class_create() has one argument since Linux 6.4")

@script:python depends on org@
p << found.p;
@@
coccilib.org.print_todo(p[0], "class_create() has one argument since Linux 6.4")
