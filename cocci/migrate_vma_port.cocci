// SPDX-License-Identifier: GPL-2.0-only
/// Port a driver from migrate_vma() and struct migrate_vma_ops, which are gone since
/// Linux 5.4, to migrate_vma_setup(), migrate_vma_pages() and migrate_vma_finalize().
///
// Confidence: High
// Comments: Files that need each other, like a driver and its header, have to be given to
// Comments: spatch together.  Files with a use that is not understood stay as they are, and
// Comments: a diagnostic says where that use is.  -D target=6.1 ports to that release and
// Comments: not to the newest one.  The folder migrate_vma has to be beside this file.
// Options: --no-includes --max-width 100
// Keywords: migrate_vma, migrate_vma_ops, migrate_vma_setup, ZONE_DEVICE
// Requires: 1.1.1

virtual patch
virtual context
virtual org
virtual report

@initialize:python@
@@
import os
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(cocci.cocci_file)))
from migrate_vma import release
from migrate_vma.driver import Driver

goal, mode, driver = release.NEWEST, "patch", None


def seen(found):
	"""What the rules only look at does not match."""
	return False


@script:python@
wanted << virtual.target;
@@
goal = release.find(wanted)
if goal is None:
	cocci.exit()

@script:python depends on report@
@@
mode = "report"

@script:python depends on org@
@@
mode = "org"

@script:python@
@@
driver = Driver(cocci.files(), goal, mode)
driver.report_unmerged()
if not driver.has_old_api():
	cocci.exit()

// ------------------------------------------------------------- what there is
// These rules never match: their constraints hand what they see to the driver above, which
// weighs it as a whole before anything is changed.

@@
expression O, V, B, E, S, D, P;
position p : script:python(O, V, B, E, S, D, P) { seen(driver.found_call(p[0], O, V, B, E, S, D, P)) };
@@
migrate_vma@p(O, V, B, E, S, D, P)

@@
identifier o;
initializer list members;
position p : script:python(members) { seen(driver.found_ops(p[0], str(members))) };
@@
struct migrate_vma_ops o@p = { members };

@@
identifier o;
position p : script:python() { seen(driver.found_address(p[0])) };
@@
 &o@p

@@
identifier f, x;
position p : script:python() { seen(driver.found_pointer(p[0])) };
@@
f(..., struct migrate_vma_ops *x@p, ...) { ... }

@@
identifier f, x;
type T;
position p : script:python() { seen(driver.found_pointer(p[0])) };
@@
T f(..., struct migrate_vma_ops *x@p, ...);

@@
identifier t, x;
position p : script:python() { seen(driver.found_pointer(p[0])) };
@@
struct t { ... struct migrate_vma_ops *x@p; ... };

@disable decl_init@
identifier x;
position p : script:python() { seen(driver.found_pointer(p[0])) };
@@
(
 struct migrate_vma_ops *x@p;
|
 struct migrate_vma_ops *x@p = ...;
)

@disable extern_decl_init, static_decl_init@
identifier x;
position p : script:python() { seen(driver.found_pointer(p[0])) };
@@
(
 extern struct migrate_vma_ops x@p;
|
 static struct migrate_vma_ops x@p;
)

@@
identifier f, V, S, D, B, E, P;
position p : script:python(V, S, D, B, E, P) { seen(driver.found_callback(p[0], V, S, D, B, E, P)) };
@@
f@p(struct vm_area_struct *V, unsigned long *S, unsigned long *D, unsigned long B, unsigned long E,
    void *P)
{ ... }

@@
identifier f, vmf;
position p : script:python(f, vmf) { seen(driver.found_fault(p[0], f, vmf)) };
@@
f@p(..., struct vm_fault *vmf, ...) { ... }

// The first statement of a callback often gives private its type.
@disable drop_cast@
identifier x, P;
type T;
position p : script:python(T, x, P) { seen(driver.found_private(p[0], T, x, P)) };
@@
(
 T x@p = P;
|
 T x@p = (T)P;
)

@@
expression O, V, B, E, S, D;
local idexpression P;
position p : script:python() { seen(driver.found_local_private(p[0])) };
@@
migrate_vma@p(O, V, B, E, S, D, P)

@@
expression O, V, B, E, S, D;
type T;
T P;
position p : script:python(T) { seen(driver.found_type(p[0], T)) };
@@
migrate_vma@p(O, V, B, E, S, D, P)

@own_struct@
@@
struct migrate_vma { ... };

// Pagemaps that do not say yet whose they are.
@@
expression E;
position p : script:python(E) { seen(driver.found_setup(p[0], E)) };
@@
E.type@p = MEMORY_DEVICE_PRIVATE;

@disable ptr_to_array@
expression E;
position p : script:python(E) { seen(driver.found_setup(p[0], E)) };
@@
E->type@p = MEMORY_DEVICE_PRIVATE;

@@
symbol CONFIG_MIGRATE_VMA_HELPER;
position p : script:python() { seen(driver.found_option(p[0])) };
@@
IS_ENABLED(CONFIG_MIGRATE_VMA_HELPER@p)

// ------------------------------------------------------------- flags of src and dst words

@@
symbol MIGRATE_PFN_LOCKED, MIGRATE_PFN_DEVICE;
expression E;
position p : script:python() { seen(driver.found_flag(p[0])) };
@@
E | \(MIGRATE_PFN_LOCKED@p\|MIGRATE_PFN_DEVICE@p\)

@@
symbol MIGRATE_PFN_LOCKED, MIGRATE_PFN_DEVICE;
expression E;
position p : script:python() { seen(driver.found_flag(p[0])) };
@@
E |= \(MIGRATE_PFN_LOCKED@p\|MIGRATE_PFN_DEVICE@p\);

@disable bitand_comm@
symbol MIGRATE_PFN_DEVICE;
expression E;
position p : script:python(E) { seen(driver.found_flag(p[0], E)) };
@@
E & MIGRATE_PFN_DEVICE@p

@@
symbol MIGRATE_PFN_ERROR;
position p : script:python() { seen(driver.found_flag(p[0])) };
@@
MIGRATE_PFN_ERROR@p

// ------------------------------------------------------------- how calls are made
// The first form that fits a call counts.  Where that takes more than one statement, a
// constraint would see a part of the match for the whole.

@checked@
local idexpression R;
position p;
identifier l;
@@
R = migrate_vma@p(...);
if (\(unlikely(R)\|unlikely(R < 0)\|unlikely(R != 0)\))
(
 return ...;
|
 goto l;
|
 break;
|
 continue;
|
 { ...
(
 return ...;
|
 goto l;
|
 break;
|
 continue;
)
 }
)

@script:python@
p << checked.p;
R << checked.R;
@@
driver.found_form(p[0], "checked", R)

@condition@
position p;
identifier l;
@@
if (\(unlikely(migrate_vma@p(...))\|unlikely(migrate_vma@p(...) < 0)\|
      unlikely(migrate_vma@p(...) != 0)\))
(
 return ...;
|
 goto l;
|
 break;
|
 continue;
|
 { ...
(
 return ...;
|
 goto l;
|
 break;
|
 continue;
)
 }
)

@script:python@
p << condition.p;
@@
driver.found_form(p[0], "condition")

@@
local idexpression R;
position p : script:python(R) { seen(driver.found_form(p[0], "assigned", R)) };
@@
R = migrate_vma@p(...);

@disable drop_cast@
position p : script:python() { seen(driver.found_form(p[0], "ignored")) };
@@
(
 migrate_vma@p(...);
|
 (void)migrate_vma@p(...);
)

@@
expression R;
position p : script:python() { seen(driver.found_form(p[0], "statement")) };
@@
(
 R = migrate_vma@p(...);
|
 return migrate_vma@p(...);
)

@@
type T;
identifier x;
position p : script:python() { seen(driver.found_form(p[0], "declaration")) };
@@
T x = migrate_vma@p(...);

// ------------------------------------------------------------- where it is, for who only asks

@depends on context@
@@
*migrate_vma(...)

@depends on context@
identifier o;
initializer list members;
@@
*struct migrate_vma_ops o = { members };

@depends on report || org@
position p : script:python() { seen(driver.report_use(p[0], "migrate_vma()")) };
@@
migrate_vma@p(...)

@depends on report || org@
identifier o;
initializer list members;
position p : script:python() { seen(driver.report_use(p[0], "struct migrate_vma_ops")) };
@@
struct migrate_vma_ops o@p = { members };

// ------------------------------------------------------------- whether it can be ported

@@
expression E;
position p : script:python() { seen(driver.report_page_setup(p[0])) };
@@
(
get_page@p(E);
lock_page(E);
|
lock_page(E);
get_page@p(E);
)

@script:python@
@@
driver.report_neighbours()
driver.report_build_files()
if not driver.judge():
	cocci.exit()
elif mode == "patch":
	driver.report_comments()

// ------------------------------------------------------------- calls
// Each is given a name of its own, by which the rules below find it again.

@tagged depends on patch@
position p : script:python() { driver.is_call(p[0]) };
fresh identifier tag = script:python(p) { driver.tag(p[0]) };
@@
- migrate_vma@p
+ tag
 (...)

// A struct of that name was the own one of the driver: the kernel had hidden its own.
@depends on tagged && own_struct@
identifier t = migrate_vma;
fresh identifier OWN = script:python(t) { driver.own_name(t) };
@@
-struct t
+struct OWN
 { ... };

@depends on tagged && own_struct@
identifier t = migrate_vma;
fresh identifier OWN = script:python(t) { driver.own_name(t) };
@@
-struct t
+struct OWN

@depends on tagged disable drop_cast@
identifier tag : script:python() { driver.is_tag(tag) };
@@
-(void)
 tag(...);

@depends on tagged@
identifier tag : script:python() { driver.has_form(tag, "checked") };
fresh identifier ARGS = script:python(tag) { driver.variable(tag) };
fresh identifier alloc_and_copy = script:python(tag) { driver.callback_name(tag, 0) };
fresh identifier finalize_and_map = script:python(tag) { driver.callback_name(tag, 1) };
expression R, C, O, V, B, E, S, D, P;
statement L;
@@
+ARGS = (struct migrate_vma){
+	.vma		= V,
+	.start		= B,
+	.end		= E,
+	.src		= S,
+	.dst		= D,
+	tag,
+};
-R = tag(O, V, B, E, S, D, P);
+R = migrate_vma_setup(&ARGS);
 if (C) L
+if (ARGS.cpages) {
+	alloc_and_copy(ARGS.vma, ARGS.src, ARGS.dst, ARGS.start, ARGS.end, P);
+	migrate_vma_pages(&ARGS);
+	finalize_and_map(ARGS.vma, ARGS.src, ARGS.dst, ARGS.start, ARGS.end, P);
+	migrate_vma_finalize(&ARGS);
+}

@depends on tagged@
identifier tag : script:python() { driver.has_form(tag, "condition") };
fresh identifier ARGS = script:python(tag) { driver.variable(tag) };
fresh identifier alloc_and_copy = script:python(tag) { driver.callback_name(tag, 0) };
fresh identifier finalize_and_map = script:python(tag) { driver.callback_name(tag, 1) };
expression O, V, B, E, S, D, P;
statement L;
@@
+ARGS = (struct migrate_vma){
+	.vma		= V,
+	.start		= B,
+	.end		= E,
+	.src		= S,
+	.dst		= D,
+	tag,
+};
 if (<+...
-         tag(O, V, B, E, S, D, P)
+         migrate_vma_setup(&ARGS)
     ...+>) L
+if (ARGS.cpages) {
+	alloc_and_copy(ARGS.vma, ARGS.src, ARGS.dst, ARGS.start, ARGS.end, P);
+	migrate_vma_pages(&ARGS);
+	finalize_and_map(ARGS.vma, ARGS.src, ARGS.dst, ARGS.start, ARGS.end, P);
+	migrate_vma_finalize(&ARGS);
+}

@depends on tagged@
identifier tag : script:python() { driver.has_form(tag, "assigned") };
fresh identifier ARGS = script:python(tag) { driver.variable(tag) };
fresh identifier alloc_and_copy = script:python(tag) { driver.callback_name(tag, 0) };
fresh identifier finalize_and_map = script:python(tag) { driver.callback_name(tag, 1) };
expression R, O, V, B, E, S, D, P;
@@
+ARGS = (struct migrate_vma){
+	.vma		= V,
+	.start		= B,
+	.end		= E,
+	.src		= S,
+	.dst		= D,
+	tag,
+};
-R = tag(O, V, B, E, S, D, P);
+R = migrate_vma_setup(&ARGS);
+if (!R && ARGS.cpages) {
+	alloc_and_copy(ARGS.vma, ARGS.src, ARGS.dst, ARGS.start, ARGS.end, P);
+	migrate_vma_pages(&ARGS);
+	finalize_and_map(ARGS.vma, ARGS.src, ARGS.dst, ARGS.start, ARGS.end, P);
+	migrate_vma_finalize(&ARGS);
+}

@depends on tagged@
identifier tag : script:python() { driver.has_form(tag, "ignored") };
fresh identifier ARGS = script:python(tag) { driver.variable(tag) };
fresh identifier alloc_and_copy = script:python(tag) { driver.callback_name(tag, 0) };
fresh identifier finalize_and_map = script:python(tag) { driver.callback_name(tag, 1) };
expression O, V, B, E, S, D, P;
@@
+ARGS = (struct migrate_vma){
+	.vma		= V,
+	.start		= B,
+	.end		= E,
+	.src		= S,
+	.dst		= D,
+	tag,
+};
-tag(O, V, B, E, S, D, P);
+if (!migrate_vma_setup(&ARGS) && ARGS.cpages) {
+	alloc_and_copy(ARGS.vma, ARGS.src, ARGS.dst, ARGS.start, ARGS.end, P);
+	migrate_vma_pages(&ARGS);
+	finalize_and_map(ARGS.vma, ARGS.src, ARGS.dst, ARGS.start, ARGS.end, P);
+	migrate_vma_finalize(&ARGS);
+}

// The function that takes the place of the ops object is called.
@depends on tagged@
identifier tag : script:python() { driver.has_form(tag, "statement") };
fresh identifier ARGS = script:python(tag) { driver.variable(tag) };
fresh identifier callee = script:python(tag) { driver.callee(tag) };
expression R, O, V, B, E, S, D, P;
@@
+ARGS = (struct migrate_vma){
+	.vma		= V,
+	.start		= B,
+	.end		= E,
+	.src		= S,
+	.dst		= D,
+	tag,
+};
-R = tag(O, V, B, E, S, D, P);
+R = callee(&ARGS, P);

@depends on tagged@
identifier tag : script:python() { driver.has_form(tag, "statement") };
fresh identifier ARGS = script:python(tag) { driver.variable(tag) };
fresh identifier callee = script:python(tag) { driver.callee(tag) };
expression O, V, B, E, S, D, P;
@@
+ARGS = (struct migrate_vma){
+	.vma		= V,
+	.start		= B,
+	.end		= E,
+	.src		= S,
+	.dst		= D,
+	tag,
+};
-return tag(O, V, B, E, S, D, P);
+return callee(&ARGS, P);

@depends on tagged@
identifier tag : script:python() { driver.has_form(tag, "statement") };
fresh identifier ARGS = script:python(tag) { driver.variable(tag) };
fresh identifier callee = script:python(tag) { driver.callee(tag) };
expression O, V, B, E, S, D, P;
@@
+ARGS = (struct migrate_vma){
+	.vma		= V,
+	.start		= B,
+	.end		= E,
+	.src		= S,
+	.dst		= D,
+	tag,
+};
-tag(O, V, B, E, S, D, P);
+callee(&ARGS, P);

@depends on tagged@
identifier tag : script:python() { driver.has_form(tag, "declaration") };
fresh identifier ARGS = script:python(tag) { driver.variable(tag) };
fresh identifier callee = script:python(tag) { driver.callee(tag) };
expression O, V, B, E, S, D, P;
identifier x;
type T;
@@
+struct migrate_vma ARGS = {
+	.vma		= V,
+	.start		= B,
+	.end		= E,
+	.src		= S,
+	.dst		= D,
+	tag,
+};
 T x =
-    tag(O, V, B, E, S, D, P)
+    callee(&ARGS, P)
  ;

@depends on tagged@
identifier tag : script:python() { driver.has_form(tag, "expression") };
fresh identifier callee = script:python(tag) { driver.callee(tag) };
expression O, V, B, E, S, D, P;
@@
-tag(O, V, B, E, S, D, P)
+callee(&(struct migrate_vma){
+	.vma		= V,
+	.start		= B,
+	.end		= E,
+	.src		= S,
+	.dst		= D,
+	tag,
+ }, P)

// The struct is declared where it is filled if only declarations are before that, ...
@depends on tagged@
identifier ARGS;
identifier tag : script:python() { driver.is_tag(tag) };
expression V, B, E, S, D;
declaration X;
statement Y;
position p;
@@
 {@p
 ... when != Y
     when any
 X
+struct migrate_vma ARGS = {
+	.vma		= V,
+	.start		= B,
+	.end		= E,
+	.src		= S,
+	.dst		= D,
+	tag,
+};
-ARGS = (struct migrate_vma){ .vma = V, .start = B, .end = E, .src = S, .dst = D, tag };
 ... when any
 }

@depends on tagged disable braces3@
identifier ARGS;
identifier tag : script:python() { driver.is_tag(tag) };
expression V, B, E, S, D;
position p;
@@
 {@p
-ARGS = (struct migrate_vma){ .vma = V, .start = B, .end = E, .src = S, .dst = D, tag };
+struct migrate_vma ARGS = {
+	.vma		= V,
+	.start		= B,
+	.end		= E,
+	.src		= S,
+	.dst		= D,
+	tag,
+};
+
 ... when any
 }

// ... else at the top of the function.
@depends on tagged@
identifier tag : script:python() { driver.is_tag(tag) };
expression A;
position p : script:python(tag) { seen(driver.found_undeclared(tag)) };
@@
 A =@p (struct migrate_vma){ ..., tag }

@depends on tagged@
identifier f : script:python() { driver.lacks_variables(f) };
fresh identifier ARGS = script:python(f) { driver.variables(f) };
declaration X;
statement Y, Z;
position p;
@@
 f(...) {@p
 ... when != Y
     when any
 X
+struct migrate_vma ARGS;
 Z
 ... when any
 }

@depends on tagged disable decl_init@
identifier a;
position p : script:python(a) { seen(driver.found_declared(p[0], a)) };
@@
 struct migrate_vma a@p;

@depends on tagged disable braces3@
identifier f : script:python() { driver.lacks_variables(f) };
fresh identifier ARGS = script:python(f) { driver.variables(f) };
position p;
@@
 f(...) {@p
+struct migrate_vma ARGS;
 ...
 }

// ------------------------------------------------------------- ops objects

@depends on tagged@
identifier o : script:python() { driver.is_replaced(o) };
fresh identifier successor = script:python(o) { driver.helper(o) };
fresh identifier alloc_and_copy = script:python(o) { driver.member(o, 0) };
fresh identifier finalize_and_map = script:python(o) { driver.member(o, 1) };
fresh identifier PRIVATE = script:python(o) { driver.private_name(o) };
initializer list members;
@@
 struct migrate_vma_ops o = { members };
+
+static int successor(struct migrate_vma *args, void *PRIVATE)
+{
+	int ret;
+
+	ret = migrate_vma_setup(args);
+	if (ret || !args->cpages)
+		return ret;
+	alloc_and_copy(args->vma, args->src, args->dst, args->start, args->end, PRIVATE);
+	migrate_vma_pages(args);
+	finalize_and_map(args->vma, args->src, args->dst, args->start, args->end, PRIVATE);
+	migrate_vma_finalize(args);
+	return 0;
+}

@depends on tagged@
identifier f : script:python() { driver.has_object(f) };
fresh identifier successor = script:python(f) { driver.helper(f) };
fresh identifier alloc_and_copy = script:python(f) { driver.member(f, 0) };
fresh identifier finalize_and_map = script:python(f) { driver.member(f, 1) };
fresh identifier PRIVATE = script:python(f) { driver.private_name(f) };
@@
+static int successor(struct migrate_vma *args, void *PRIVATE)
+{
+	int ret;
+
+	ret = migrate_vma_setup(args);
+	if (ret || !args->cpages)
+		return ret;
+	alloc_and_copy(args->vma, args->src, args->dst, args->start, args->end, PRIVATE);
+	migrate_vma_pages(args);
+	finalize_and_map(args->vma, args->src, args->dst, args->start, args->end, PRIVATE);
+	migrate_vma_finalize(args);
+	return 0;
+}
+
 f(...) { ... }

@depends on tagged@
identifier o : script:python() { driver.is_object(o) };
initializer list members;
@@
-struct migrate_vma_ops o = { members };

@depends on tagged disable static_decl_init@
identifier o : script:python() { driver.is_object(o) and not driver.is_replaced(o) };
@@
-static struct migrate_vma_ops o;

// What else knew the object knows the function.
@depends on tagged@
identifier o : script:python() { driver.is_replaced(o) };
fresh identifier successor = script:python(o) { driver.helper(o) };
@@
-&o
+successor

@depends on tagged@
@@
-const struct migrate_vma_ops
+struct migrate_vma_ops

@depends on tagged disable extern_decl_init@
identifier o : script:python() { driver.is_replaced(o) };
fresh identifier successor = script:python(o) { driver.helper(o) };
@@
-extern struct migrate_vma_ops o;
+int successor(struct migrate_vma *args, void *private);

@depends on tagged disable static_decl_init@
identifier o : script:python() { driver.is_replaced(o) };
fresh identifier successor = script:python(o) { driver.helper(o) };
@@
-static struct migrate_vma_ops o;
+static int successor(struct migrate_vma *args, void *private);

@depends on tagged@
identifier f, x;
@@
 f(...,
-  struct migrate_vma_ops *x
+  int (*x)(struct migrate_vma *args, void *private)
   , ...)
 { ... }

@depends on tagged@
identifier f, x;
type T;
@@
 T f(...,
-    struct migrate_vma_ops *x
+    int (*x)(struct migrate_vma *args, void *private)
     , ...);

@depends on tagged@
identifier t, x;
@@
 struct t {
	...
-	struct migrate_vma_ops *x;
+	int (*x)(struct migrate_vma *args, void *private);
	...
 };

@depends on tagged disable decl_init@
identifier x;
@@
(
-struct migrate_vma_ops *x;
+int (*x)(struct migrate_vma *args, void *private);
|
-struct migrate_vma_ops *x
+int (*x)(struct migrate_vma *args, void *private)
  = ...;
)

// What the function is given as private, and whether other files may call it.
@typed@
identifier f : script:python() { driver.has_typed_private(f) };
identifier A, P;
position p;
@@
 f@p(struct migrate_vma *A, void *P) { ... }

@script:python private_type@
f << typed.f;
T;
@@
coccinelle.T = cocci.make_type(driver.helper_named(f).private)

@depends on tagged && private_type@
identifier typed.f;
identifier A, P;
type private_type.T;
@@
 f(struct migrate_vma *A,
-  void *P
+  T P
  ) { ... }

@without_private depends on tagged@
identifier f : script:python() { driver.lacks_private(f) };
identifier A, P;
@@
 f(struct migrate_vma *A
-  , void *P
  ) { ... }

@depends on without_private@
identifier f : script:python() { driver.lacks_private(f) };
expression A, P;
@@
 f(A
-  , P
  )

@depends on tagged@
identifier f : script:python() { driver.is_shared(f) };
identifier A, P;
@@
-static
 int f(struct migrate_vma *A, void *P) { ... }

// ------------------------------------------------------------- callbacks

// spatch changes a prototype like the definition, if it has the same names.
@depends on tagged@
identifier f : script:python() { driver.is_callback(f) };
fresh identifier VMA = script:python(f) { driver.parameter(f, "vma") };
fresh identifier SRC = script:python(f) { driver.parameter(f, "src") };
fresh identifier DST = script:python(f) { driver.parameter(f, "dst") };
fresh identifier START = script:python(f) { driver.parameter(f, "start") };
fresh identifier END = script:python(f) { driver.parameter(f, "end") };
fresh identifier PRIVATE = script:python(f) { driver.parameter(f, "private") };
identifier V, S, D, B, E, P;
type T, T1, T2, T3, T4, T5, T6;
@@
 T f(T1
-    V
+    VMA
     , T2
-    S
+    SRC
     , T3
-    D
+    DST
     , T4
-    B
+    START
     , T5
-    E
+    END
     , T6
-    P
+    PRIVATE
     );

@depends on tagged disable drop_cast exists@
identifier f : script:python() { driver.has_typed_parameter(f) };
identifier P, x;
type T;
@@
 f(...,
-  void *P
+  T x
  ) {
 ... when any
(
-T x = P;
|
-T x = (T)P;
)
 ... when any
 }

@depends on tagged@
identifier f, x;
type T;
parameter list before;
position p : script:python(f, x) { driver.drops_parameter(f, x) };
@@
 f(before
-  , T x@p
  ) { ... }

@depends on tagged@
identifier f, x;
type T;
position p : script:python(f, x) { driver.drops_parameter(f, x) };
@@
 f(...,
-  T x@p,
   ...) { ... }

@depends on tagged@
identifier f : script:python() { driver.is_callback(f) };
@@
 f(
+  void
  ) { ... }

@depends on tagged@
identifier f : script:python() { driver.drops_role(f, "private") };
expression V, S, D, B, E, P;
@@
 f(V, S, D, B, E
-  , P
  )

@depends on tagged@
identifier f;
identifier member : script:python(f) { driver.drops_role(f, member) };
expression A;
@@
 f(...,
-  A.member,
   ...)

@depends on tagged disable ptr_to_array@
identifier f;
identifier member : script:python(f) { driver.drops_role(f, member) };
expression A;
@@
 f(...,
-  A->member,
   ...)

@depends on tagged@
identifier f : script:python() { driver.becomes_static(f) };
type T;
@@
+static
 T f(...) { ... }

@depends on tagged@
symbol migrate_vma_no_callback;
@@
-migrate_vma_no_callback(...);

@depends on tagged@
identifier f : script:python() { driver.is_empty(f) };
type T;
@@
-T f(...) { }

// ------------------------------------------------------------- members of the struct
// Each twice: where the struct is filled, and where it is declared.

@depends on tagged@
identifier tag : script:python() { driver.needs_mask(tag) };
fresh identifier START = script:python(tag) { driver.masked_start(tag) };
expression V, B, E, S, D;
@@
 (struct migrate_vma){
	.vma = V,
-	.start = B,
+	.start = START,
	.end = E,
	.src = S,
	.dst = D,
	tag,
 }

@depends on tagged@
identifier tag : script:python() { driver.needs_mask(tag) };
fresh identifier START = script:python(tag) { driver.masked_start(tag) };
expression V, B, E, S, D;
identifier ARGS;
@@
 struct migrate_vma ARGS = {
	.vma = V,
-	.start = B,
+	.start = START,
	.end = E,
	.src = S,
	.dst = D,
	tag,
 };

@depends on tagged@
identifier tag : script:python() { driver.has_owner(tag) };
fresh identifier MEMBER = script:python(tag) { driver.owner_member(tag) };
fresh identifier OWNER = script:python(tag) { driver.owner(tag) };
initializer list before;
@@
 (struct migrate_vma){
	before,
+	.MEMBER = OWNER,
	tag,
 }

@depends on tagged@
identifier tag : script:python() { driver.has_owner(tag) };
fresh identifier MEMBER = script:python(tag) { driver.owner_member(tag) };
fresh identifier OWNER = script:python(tag) { driver.owner(tag) };
initializer list before;
identifier ARGS;
@@
 struct migrate_vma ARGS = {
	before,
+	.MEMBER = OWNER,
	tag,
 };

@depends on tagged@
identifier tag : script:python() { driver.has_flags(tag) };
fresh identifier FLAGS = script:python(tag) { driver.flags(tag) };
initializer list before;
@@
 (struct migrate_vma){
	before,
+	.flags = FLAGS,
	tag,
 }

@depends on tagged@
identifier tag : script:python() { driver.has_flags(tag) };
fresh identifier FLAGS = script:python(tag) { driver.flags(tag) };
initializer list before;
identifier ARGS;
@@
 struct migrate_vma ARGS = {
	before,
+	.flags = FLAGS,
	tag,
 };

@depends on tagged@
identifier tag : script:python() { driver.has_fault_page(tag) };
fresh identifier PAGE = script:python(tag) { driver.fault_page(tag) };
initializer list before;
@@
 (struct migrate_vma){
	before,
+	.fault_page = PAGE,
	tag,
 }

@depends on tagged@
identifier tag : script:python() { driver.has_fault_page(tag) };
fresh identifier PAGE = script:python(tag) { driver.fault_page(tag) };
initializer list before;
identifier ARGS;
@@
 struct migrate_vma ARGS = {
	before,
+	.fault_page = PAGE,
	tag,
 };

@depends on tagged@
identifier tag : script:python() { driver.is_tag(tag) };
initializer list before;
@@
 (struct migrate_vma){
	before,
-	tag,
 }

@depends on tagged@
identifier tag : script:python() { driver.is_tag(tag) };
initializer list before;
identifier ARGS;
@@
 struct migrate_vma ARGS = {
	before,
-	tag,
 };

// ------------------------------------------------------------- whose memory it is

@depends on tagged@
expression E;
position p : script:python() { driver.is_setup(p[0]) };
fresh identifier OWNER = script:python(p) { driver.new_owner };
@@
(
 E.type@p = MEMORY_DEVICE_PRIVATE;
+E.owner = OWNER;
|
 E->type@p = MEMORY_DEVICE_PRIVATE;
+E->owner = OWNER;
)

// ------------------------------------------------------------- names that are gone

@depends on tagged@
symbol CONFIG_MIGRATE_VMA_HELPER, CONFIG_DEVICE_PRIVATE;
@@
 IS_ENABLED(
-	   CONFIG_MIGRATE_VMA_HELPER
+	   CONFIG_DEVICE_PRIVATE
	   )

@depends on tagged@
symbol MIGRATE_PFN_DEVICE;
expression E;
@@
-E | MIGRATE_PFN_DEVICE
+E

@depends on tagged@
symbol MIGRATE_PFN_DEVICE;
expression E;
@@
-E |= MIGRATE_PFN_DEVICE;

@depends on tagged disable bitand_comm@
symbol MIGRATE_PFN_DEVICE;
expression E;
@@
(
 (
-E & MIGRATE_PFN_DEVICE
+migrate_pfn_to_page(E) && is_device_private_page(migrate_pfn_to_page(E))
 )
|
-E & MIGRATE_PFN_DEVICE
+(migrate_pfn_to_page(E) && is_device_private_page(migrate_pfn_to_page(E)))
)

@depends on tagged@
symbol MIGRATE_PFN_LOCKED;
expression E;
position p : script:python() { not goal.pfn_locked };
@@
-E | MIGRATE_PFN_LOCKED@p
+E

@depends on tagged@
symbol MIGRATE_PFN_LOCKED;
expression E;
position p : script:python() { not goal.pfn_locked };
@@
-E |= MIGRATE_PFN_LOCKED@p;

@depends on tagged@
symbol MIGRATE_PFN_ERROR;
position p;
fresh identifier BIT = script:python(p) { driver.error_bit() };
@@
-MIGRATE_PFN_ERROR@p
+BIT

@depends on tagged@
identifier f : script:python() { driver.is_first_function(f) };
fresh identifier BIT = script:python(f) { driver.error_bit() };
@@
+#define BIT (1UL << (BITS_PER_LONG - 1))
+
 f(...) { ... }

@depends on tagged@
identifier f : script:python() { driver.is_first_for_owner(f) };
fresh identifier TAG = script:python(f) { driver.owner_tag };
@@
+static char TAG;
+
 f(...) { ... }

// ------------------------------------------------------------- what came out

@depends on tagged@
identifier f;
position p : script:python() { seen(driver.found_result(p[0])) };
@@
f@p(...) { ... }

@left_object depends on tagged@
@@
struct migrate_vma_ops

@script:python depends on left_object@
@@
driver.fail("struct migrate_vma_ops")

@script:python depends on tagged@
@@
driver.check_results()
