// SPDX-License-Identifier: GPL-2.0-only
/// proc_create() and proc_create_data() take struct proc_ops instead of struct file_operations
/// since Linux 5.6, commit d56c0d45f0e2.
///
// Confidence: High
// Comments: An object that is used for another file as well, or has a member of which struct
// Comments: proc_ops knows nothing, is for a person.
// Options: --no-includes --include-headers
// Keywords: proc_create, proc_create_data
// Requires: 1.1.1

virtual patch
virtual context
virtual org
virtual report

@made@
identifier o;
position p;
@@
(
 proc_create(..., &o@p)
|
 proc_create_data(..., &o@p, ...)
)

@other_use@
identifier made.o;
position q != made.p;
@@
 &o@q

@other_member@
identifier made.o;
identifier m != {owner, open, read, read_iter, write, llseek, release, poll, unlocked_ioctl,
		 compat_ioctl, mmap, get_unmapped_area};
expression E;
@@
 struct file_operations o = { ..., .m = E, ... };

@good depends on made && !other_use && !other_member && !context && !org && !report@
identifier made.o;
@@
- struct file_operations o
+ struct proc_ops o
  = { ... };

@depends on good@
identifier made.o;
expression E;
@@
 struct proc_ops o = {
	...,
-	.owner = E,
	...
 };

@member@
identifier made.o;
identifier m = {open, read, read_iter, write, llseek, release, poll, unlocked_ioctl, compat_ioctl,
		mmap, get_unmapped_area};
expression E;
@@
 struct proc_ops o = { ..., .m = E, ... };

@script:python renamed@
m << member.m;
n;
@@
coccinelle.n = "proc_" + {"llseek": "lseek", "unlocked_ioctl": "ioctl"}.get(m, m)

@depends on good@
identifier made.o, member.m, renamed.n;
expression E;
@@
 struct proc_ops o = {
	...,
	.
-	m
+	n
	 = E,
	...
 };

// What is left, or in the other modes what there is.
@found@
identifier made.o;
position p;
@@
 struct file_operations o@p = { ... };

@depends on context@
identifier made.o;
position found.p;
@@
* struct file_operations o@p = { ... };

@script:python depends on !org && !context@
p << found.p;
@@
p[0].file = cocci.files()[0]
coccilib.report.print_report(p[0], "proc_create() takes struct proc_ops since Linux 5.6")

@script:python depends on org@
p << found.p;
@@
coccilib.org.print_todo(p[0], "proc_create() takes struct proc_ops since Linux 5.6")
