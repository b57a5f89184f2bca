// SPDX-License-Identifier: GPL-2.0-only
/// migrate_vma() and struct migrate_vma_ops are gone since Linux 5.4, commit a7d1f22bb74f
/// ("mm: turn migrate_vma upside down").  A driver calls migrate_vma_setup(), what was its
/// alloc_and_copy(), migrate_vma_pages(), what was its finalize_and_map(), and
/// migrate_vma_finalize() by itself.
///
// Confidence: High
// Comments: The members are set right before the call.  Masks and the test of the range are
// Comments: what migrate_vma() did with its arguments; migrate_vma_setup() wants both before.
// Comments: A file with a use that is not understood stays as it is; a message says where.
// Options: --no-includes --include-headers
// Keywords: migrate_vma, migrate_vma_ops, migrate_vma_setup, ZONE_DEVICE
// Gone: migrate_vma( migrate_vma_ops CONFIG_MIGRATE_VMA_HELPER
// Requires: 1.1.1

virtual patch
virtual context
virtual org
virtual report

@initialize:python@
@@
import glob, os, re

def whole(p, end):
	"""Whether there is no #if in or right before what begins there."""
	lines = open(p[0].file).read().split("\n")[max(int(p[0].line) - 4, 0):]
	last = next(i for i, line in enumerate(lines) if i > 2 and end in line)
	return not any(line.startswith("#") for line in lines[:last])

// A name for the struct that nothing else has.
@script:python fresh_name@
args;
@@
file = cocci.files()[0]
text = "".join(open(f).read() for f in [file] + glob.glob(os.path.dirname(file) + "/*.h"))
free = [name for name in ("args", "migrate", "mig") if not re.search(r"\b%s\b" % name, text)]
if free and not re.search(r"\bmigrate_vma_(setup|pages|finalize) *\(|struct migrate_vma\s*\{", text):
	coccinelle.args = cocci.make_ident(free[0])
else:
	cocci.include_match(False)

@ops depends on fresh_name@
identifier o;
identifier copy != NULL, fin != NULL;
position p : script:python() { whole(p, "};") };
@@
 static const struct migrate_vma_ops@p o = {
	.alloc_and_copy = copy,
	.finalize_and_map = fin,
 };

// The last argument is read twice: it has to have the same value then.
@arguments@
identifier ops.o, g, m;
local idexpression y;
type T;
expression list[5] EL;
position p : script:python() { whole(p, ";") };
position r;
@@
 migrate_vma@p(&o@r, EL, \(NULL\|y\|&y->m\|&g\|&g.m\|(T)y\|(T)&g\))

@call@
position arguments.p, q;
local idexpression int x;
identifier v, l;
type T;
statement S;
@@
(
 x = migrate_vma@p@q(...);
|
 T v = migrate_vma@p@q(...);
 S
|
 if ((x = migrate_vma@p@q(...))) S
|
 if (\(migrate_vma@p@q(...)\|migrate_vma@p@q(...) < 0\))
(
 return ...;
|
 goto l;
|
 break;
|
 continue;
|
 { ... return ...; }
|
 { ... goto l; }
)
|
 return migrate_vma@p@q(...);
|
 migrate_vma@p@q(...);
)

// The result is stored before the callbacks run now, not after them.
@seen@
identifier f, x;
position call.q, r;
@@
 f(...) {
 <+...
(
 x = migrate_vma@q@r(..., <+... x ...+>)
|
 x = migrate_vma@q@r(...)
|
 migrate_vma@q@r(..., x)
)
 ...+>
 }

@pointed_at@
identifier seen.f, seen.x;
position seen.r;
@@
 f(...) { <+... \(&x\|x = migrate_vma@r(..., <+... x ...+>)\) ...+> }

@odd_call@
position q != call.q;
@@
 migrate_vma@q(...)

@odd_type@
position q != ops.p;
@@
 struct migrate_vma_ops@q

@odd_use@
identifier ops.o;
position q != arguments.r;
@@
 o@q

@script:python@
q << odd_call.q;
@@
coccilib.report.print_report(q[0], "left: this call of migrate_vma()")

@script:python@
q << odd_type.q;
@@
coccilib.report.print_report(q[0], "left: this use of struct migrate_vma_ops")

@script:python@
q << odd_use.q;
@@
coccilib.report.print_report(q[0], "left: this use of an ops object")

@script:python depends on pointed_at@
q << seen.r;
x << seen.x;
@@
coccilib.report.print_report(q[0], "left: the callbacks may read or write %s" % x)

@good depends on ops && !odd_call && !odd_type && !odd_use && !pointed_at && !context && !org && !report@
identifier ops.o;
@@
 o

@depends on context@
position call.q;
@@
* migrate_vma@q(...)

@script:python depends on report@
q << call.q;
@@
coccilib.report.print_report(q[0], "migrate_vma() is gone since Linux 5.4")

@script:python depends on org@
q << call.q;
@@
coccilib.org.print_todo(q[0], "migrate_vma() is gone since Linux 5.4")

@apart depends on good@
identifier v;
type T;
statement S;
expression list[7] EL;
@@
(
- T v = migrate_vma(EL);
+ T v;
+
+ v = migrate_vma(EL);
  S
|
- if ((v = migrate_vma(EL)))
+ v = migrate_vma(EL);
+ if (v)
  S
)

// The name of the ops object stands for what is the same at each call.
@at_call depends on good@
identifier fresh_name.args, ops.o;
expression V, B, E, s, d, P, x;
statement S;
@@
(
- x = migrate_vma(&o, V, B, E, s, d, P);
+ o(V, B, E, s, d);
+ x = args.start < args.end ? migrate_vma_setup(&args) : -EINVAL;
+ if (!x && args.cpages) {
+	o(P);
+ }
|
+ o(V, B, E, s, d);
  if (
-     \(migrate_vma(&o, V, B, E, s, d, P)\|migrate_vma(&o, V, B, E, s, d, P) < 0\)
+     args.start >= args.end || migrate_vma_setup(&args)
      )
  S
+ if (args.cpages) {
+	o(P);
+ }
|
- return migrate_vma(&o, V, B, E, s, d, P);
+ o(V, B, E, s, d);
+ if (args.start >= args.end || migrate_vma_setup(&args))
+	return -EINVAL;
+ if (args.cpages) {
+	o(P);
+ }
+ return 0;
|
- migrate_vma(&o, V, B, E, s, d, P);
+ o(V, B, E, s, d);
+ if (args.start < args.end && !migrate_vma_setup(&args) && args.cpages) {
+	o(P);
+ }
)

@members depends on good@
identifier fresh_name.args, ops.o;
expression V, B, E, s, d;
@@
- o(V, B, E, s, d);
+ args.vma = V;
+ args.start = (B) & PAGE_MASK;
+ args.end = (E) & PAGE_MASK;
+ args.src = s;
+ args.dst = d;

@steps depends on good@
identifier fresh_name.args, ops.o, ops.copy, ops.fin;
expression P;
@@
- o(P);
+ copy(args.vma, args.src, args.dst, args.start, args.end, P);
+ migrate_vma_pages(&args);
+ fin(args.vma, args.src, args.dst, args.start, args.end, P);
+ migrate_vma_finalize(&args);

@depends on good@
identifier fresh_name.args, f;
@@
 f(...) {
+ struct migrate_vma args = {};
 <+... migrate_vma_setup(&args) ...+>
 }

@depends on good@
identifier fresh_name.args;
statement S;
@@
 struct migrate_vma args = {};
+
 S

@depends on good@
identifier i, m;
@@
(
- (i) & PAGE_MASK
+ i & PAGE_MASK
|
- (i->m) & PAGE_MASK
+ i->m & PAGE_MASK
)

@depends on good@
identifier ops.o;
@@
- static const struct migrate_vma_ops o = { ... };
