// SPDX-License-Identifier: GPL-2.0-only
/// no_llseek is gone since Linux 6.12, commit cb787f4ac0c2.  It is what a file does where
/// nothing is set since 6.0.
///
// Confidence: High
// Options: --no-includes --include-headers
// Keywords: no_llseek
// Gone: no_llseek
// Requires: 1.1.1

virtual patch
virtual context
virtual org
virtual report

@depends on !context && !org && !report@
identifier o;
symbol no_llseek;
@@
 struct file_operations o = {
	...,
-	.llseek = no_llseek,
	...
 };

// What is left, or in the other modes what there is.
@found@
symbol no_llseek;
position p;
@@
no_llseek@p

@depends on context@
symbol no_llseek;
position found.p;
@@
* no_llseek@p

@script:python depends on !org && !context@
p << found.p;
@@
p[0].file = cocci.files()[0]
coccilib.report.print_report(p[0], "no_llseek is gone since Linux 6.12")

@script:python depends on org@
p << found.p;
@@
coccilib.org.print_todo(p[0], "no_llseek is gone since Linux 6.12")
