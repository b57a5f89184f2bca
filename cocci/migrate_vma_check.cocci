// SPDX-License-Identifier: GPL-2.0-only
/// Look for mistakes in a driver that calls migrate_vma_setup(), migrate_vma_pages() and
/// migrate_vma_finalize(): pages that stay locked, steps out of order, members that are
/// not set, names that the kernel does not have.
///
// Confidence: Moderate
// Comments: The rules have the names of migrate-vma check, which explains them:
// Comments: migrate-vma explain return-inside.  It follows helper functions as well, and knows
// Comments: more rules; these are the ones that a semantic patch expresses well.
// Comments: -D target=6.1 looks at a driver for that release and not for the newest one.
// Comments: A comment "migrate-vma: allow RULE" on the line or above it silences one.
// Comments: The folder migrate_vma has to be beside this file.
// Options: --no-includes
// Keywords: migrate_vma_setup, migrate_vma_pages, migrate_vma_finalize, migrate_device_range
// Requires: 1.1.1

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
from migrate_vma.findings import Findings

goal, mode, findings = release.NEWEST, "report", None


@script:python@
wanted << virtual.target;
@@
goal = release.find(wanted)
if goal is None:
	cocci.exit()

@script:python depends on org@
@@
mode = "org"

@script:python depends on context@
@@
mode = "context"

@script:python@
@@
findings = Findings(goal, mode)
if not findings.has_work(cocci.files()):
	cocci.exit()

// ------------------------------------------------------------- the result of the setup

@thrown_away disable drop_cast@
expression A;
position p;
@@
(
migrate_vma_setup@p(A);
|
 (void)migrate_vma_setup@p(A);
)

@script:python@
p << thrown_away.p;
@@
findings.found("setup-result", p[0], "the result of migrate_vma_setup() is not tested")

// A result that is kept, whichever way; the rules below start from here.
@kept@
expression A;
identifier x;
type T;
position p;
@@
(
x = migrate_vma_setup@p(A);
|
T x = migrate_vma_setup@p(A);
)

@untested exists@
expression kept.A;
identifier kept.x;
position kept.p, q;
@@
migrate_vma_setup@p@q(A)
... when != x
\(migrate_vma_pages(A)\|migrate_vma_finalize(A)\)

@script:python@
q << untested.q;
@@
findings.found("setup-result", q[0], "the result of migrate_vma_setup() is not tested")

@overwritten exists@
expression kept.A, E;
identifier kept.x;
position kept.p, q;
@@
migrate_vma_setup@p@q(A)
... when != x
x = E
... when any
migrate_vma_finalize(A);

@script:python@
q << overwritten.q;
@@
findings.found("setup-result", q[0], "the result of migrate_vma_setup() is overwritten untested")

// ------------------------------------------------------------- after a failed setup

// An error path that jumps in front of one of the other two calls.
@error_label exists@
expression kept.A;
identifier kept.x, l;
position kept.p;
@@
migrate_vma_setup@p(A)
... when != x = ...
if (\(unlikely(x)\|unlikely(x < 0)\|unlikely(x != 0)\))
(
 goto l;
|
 { ... goto l; }
)

@behind_label forall@
expression kept.A;
identifier error_label.l;
position q;
@@
l:
... when != migrate_vma_setup(A)
\(migrate_vma_pages@q(A)\|migrate_vma_finalize@q(A)\);

@script:python@
q << behind_label.q;
@@
findings.found("after-failed-setup", q[0], "the error path of migrate_vma_setup() gets here")

@wrong_way_round exists@
expression kept.A;
identifier kept.x, l;
position kept.p, q;
@@
migrate_vma_setup@p(A)
... when != x
if (!x)
(
 return ...;
|
 goto l;
|
 { ... return ...; }
)
... when != migrate_vma_setup(A)
    when any
\(migrate_vma_pages@q(A)\|migrate_vma_finalize@q(A)\);

@script:python@
q << wrong_way_round.q;
@@
findings.found("after-failed-setup", q[0], "this is called when migrate_vma_setup() has failed")

@only_logged exists@
expression kept.A, E;
identifier kept.x;
position kept.p, q;
@@
migrate_vma_setup@p(A)
... when != x
if (\(unlikely(x)\|unlikely(x < 0)\|unlikely(x != 0)\))
	E;
... when != x
    when != migrate_vma_setup(A)
    when any
\(migrate_vma_pages@q(A)\|migrate_vma_finalize@q(A)\);

@script:python@
q << only_logged.q;
@@
findings.found("after-failed-setup", q[0], "this is called when migrate_vma_setup() has failed")

// ------------------------------------------------------------- paths that do not finalize

@opened@
expression A;
position p;
@@
migrate_vma_setup@p(A)

@@
expression A;
position p : script:python(A) { findings.note(findings.finalized, p[0], A) };
@@
migrate_vma_finalize@p(A)

// A function that is given the struct may have finalized the migration itself.
@given@
expression opened.A;
identifier g;
position h;
@@
g@h(..., A, ...)

// A loop without a condition is left with break, and finalizes behind it.
@endless@
position b;
@@
(
while (1) { <+... break@b; ...+> }
|
for (;;) { <+... break@b; ...+> }
)

// A variable that got its value since, or a call, decides to leave.
@leaves exists@
expression opened.A;
identifier v, l;
identifier g != {migrate_vma_setup, migrate_vma_pages, WARN_ON, WARN_ON_ONCE, likely, unlikely};
position opened.p, q != endless.b, h != given.h;
@@
migrate_vma_setup@p(A)
... when != migrate_vma_finalize(A)
    when any
(
v = g@h(...);
... when != migrate_vma_finalize(A)
    when != v = ...
if (\(unlikely(v)\|unlikely(v < 0)\|unlikely(!v)\))
(
 return@q ...;
|
 break@q;
|
 continue@q;
|
 goto@q l;
|
 { ... when != migrate_vma_finalize(A)
       when != g(..., A, ...)
(
 return@q ...;
|
 break@q;
|
 continue@q;
|
 goto@q l;
)
 }
)
|
if (\(unlikely(g@h(...))\|unlikely(!g@h(...))\|unlikely(g@h(...) < 0)\))
(
 return@q ...;
|
 break@q;
|
 continue@q;
|
 goto@q l;
|
 { ... when != migrate_vma_finalize(A)
       when != g(..., A, ...)
(
 return@q ...;
|
 break@q;
|
 continue@q;
|
 goto@q l;
)
 }
)
)

@past_finalize forall@
expression opened.A;
identifier l;
position leaves.q, r;
@@
(
return@q@r ...;
|
\(break@q@r;\|goto@q@r l;\)
 ... when != migrate_vma_finalize(A)
|
continue@q@r;
 ... when != migrate_vma_finalize(A)
     when any
 migrate_vma_setup(A)
)

@script:python@
A << opened.A;
r << past_finalize.r;
@@
if (r[0].file, r[0].current_element, A) in findings.finalized:
	findings.found("return-inside", r[0], "this leaves with a migration that is not finalized")

@unfinished exists@
identifier a;
position p;
@@
struct migrate_vma a;
... when any
migrate_vma_setup@p(&a)
... when != migrate_vma_finalize(&a)
migrate_vma_pages(&a)
... when != migrate_vma_finalize(&a)

@script:python@
p << unfinished.p;
a << unfinished.a;
@@
if (p[0].file, p[0].current_element, "& " + a) not in findings.finalized:
	findings.found("finalize-missing", p[0], "this migration is never finalized")

// ------------------------------------------------------------- the order of the steps

@out_of_order exists@
expression A;
position p;
@@
(
 migrate_vma_finalize(A);
 ... when != migrate_vma_setup(A)
\(migrate_vma_pages@p(A)\|migrate_vma_finalize@p(A)\);
|
 migrate_vma_pages(A);
 ... when != migrate_vma_setup(A)
     when != migrate_vma_finalize(A)
migrate_vma_pages@p(A);
)

@script:python@
p << out_of_order.p;
@@
findings.found("step-order", p[0], "this step has been made already, or comes too late")

@cpages exists@
expression A;
identifier a;
position p : script:python() { goal.number < (5, 10) };
@@
(
 migrate_vma_finalize(&a);
 ... when != migrate_vma_setup(&a)
 a.cpages@p
|
 migrate_vma_finalize(A);
 ... when != migrate_vma_setup(A)
 A->cpages@p
)

@script:python@
p << cpages.p;
@@
findings.found("cpages-after-finalize", p[0], "migrate_vma_finalize() has counted cpages down")

// ------------------------------------------------------------- while a migration is open

@unlocked exists@
expression A, L;
position p;
@@
migrate_vma_setup(A)
... when != migrate_vma_finalize(A)
\(mmap_read_unlock@p(L)\|mmap_write_unlock@p(L)\|up_read@p(&L->mmap_lock)\|
   up_write@p(&L->mmap_lock)\|up_read@p(&L->mmap_sem)\|up_write@p(&L->mmap_sem)\);
... when != migrate_vma_setup(A)
    when any
migrate_vma_finalize(A);

@script:python@
p << unlocked.p;
@@
findings.found("mmap-lock-dropped", p[0], "the lock is dropped while a migration is open")

@accessed exists@
expression A;
identifier access = {copy_to_user, copy_from_user, get_user, put_user, clear_user,
		     __copy_to_user, __copy_from_user, strncpy_from_user};
position p;
@@
migrate_vma_setup(A)
... when != migrate_vma_finalize(A)
access@p(...)
... when != migrate_vma_setup(A)
    when any
migrate_vma_finalize(A);

@script:python@
p << accessed.p;
access << accessed.access;
@@
findings.found("user-access-inside", p[0], "%s() may fault on a page that is being moved" % access)

// ------------------------------------------------------------- src and dst

// src[i] &= ~MIGRATE_PFN_MIGRATE leaves a page out, and is allowed.
@src_written exists@
expression A, X, E, I;
position p;
assignment operator op = {=, |=, ^=, +=};
@@
migrate_vma_setup(A)
... when != migrate_vma_finalize(A)
(
X.src[I] op@p E
|
X->src[I] op@p E
|
memset@p(\(X.src\|X->src\), ...)
)
... when any
    when != migrate_vma_setup(A)
migrate_vma_finalize(A);

@script:python@
p << src_written.p;
@@
findings.found("src-written", p[0], "src is written to while the core reads it")

@src_array exists@
expression E, I;
identifier a, s;
position p;
assignment operator op = {=, |=, ^=, +=};
@@
struct migrate_vma a = { ..., .src = \(s\|&s\), ... };
... when any
migrate_vma_setup(&a)
... when != migrate_vma_finalize(&a)
(
s[I] op@p E
|
s op@p E
|
memset@p(s, ...)
)
... when any
    when != migrate_vma_setup(&a)
migrate_vma_finalize(&a);

@script:python@
p << src_array.p;
@@
findings.found("src-written", p[0], "src is written to while the core reads it")

@dst_written exists@
expression A, X, E, I;
position p;
assignment operator op;
@@
migrate_vma_pages(A);
... when != migrate_vma_finalize(A)
(
X.dst[I] op@p E
|
X->dst[I] op@p E
|
memset@p(\(X.dst\|X->dst\), ...)
)
... when any
    when != migrate_vma_setup(A)
migrate_vma_finalize(A);

@script:python@
p << dst_written.p;
@@
findings.found("dst-written-late", p[0], "the pages have moved: dst is read-only until the end")

@freed exists@
expression D, P, F;
position p;
@@
D = \(migrate_pfn(page_to_pfn(P))\|migrate_pfn(page_to_pfn(P)) | F\);
... when != D = ...
    when != P = ...
    when != migrate_vma_finalize(...)
\(unlock_page@p(P)\|put_page@p(P)\|__free_page@p(P)\);
... when != D = ...
(
 migrate_vma_pages(...);
|
 migrate_vma_finalize(...);
|
 return ...;
)

@script:python@
p << freed.p;
@@
findings.found("dst-freed", p[0], "the core gives this page back: it is in dst")

@prefilled exists@
identifier a, d;
expression P, F, I;
position p;
@@
struct migrate_vma a = { ..., .dst = \(&d\|d\), ... };
... when any
    when != migrate_vma_setup(&a)
\(d =@p migrate_pfn(P)\|d[I] =@p migrate_pfn(P)\|d =@p migrate_pfn(P) | F\|
  d[I] =@p migrate_pfn(P) | F\);
... when any
migrate_vma_setup(&a)

@script:python@
p << prefilled.p;
@@
findings.found("dst-prefilled", p[0], "migrate_vma_setup() clears dst: this page is lost")

@@
position p : script:python() { findings.note(findings.lockers, p[0]) };
@@
\(lock_page@p(...)\|trylock_page@p(...)\)

@not_locked exists@
expression A, D, P, F;
identifier alloc = {alloc_page, alloc_pages, alloc_page_vma, alloc_pages_node};
identifier g != {copy_highpage, clear_highpage, page_to_pfn, page_address, copy_page};
position p;
@@
migrate_vma_setup(A)
... when any
P = alloc(...)
... when != P = ...
    when != g(..., P, ...)
D =@p \(migrate_pfn(page_to_pfn(P))\|migrate_pfn(page_to_pfn(P)) | F\)
... when != g(..., P, ...)
migrate_vma_pages(A)

@script:python@
p << not_locked.p;
@@
if (p[0].file, p[0].current_element) not in findings.lockers:
	findings.found("dst-unlocked", p[0], "this page was allocated and not locked")

@no_flag exists@
expression D, P;
position p : script:python() { goal.pfn_locked };
@@
D =@p migrate_pfn(page_to_pfn(P));
... when != D |= ...

@script:python@
p << no_flag.p;
D << no_flag.D;
@@
if "dst" in str(D):
	findings.found("locked-flag-missing", p[0], "this word of dst lacks MIGRATE_PFN_LOCKED")

// ------------------------------------------------------------- members

@@
identifier a;
initializer list I;
position p : script:python(a, I) { findings.sets_all(p[0], a, str(I)) };
@@
struct migrate_vma a@p = { I };

@@
identifier a, m;
expression E;
position p : script:python(a, m, E) { findings.sets(p[0], a, m, E) };
@@
a.m@p = E

// What another function does to the struct is out of sight.
@handed_on exists@
identifier a;
identifier g != {migrate_vma_setup, migrate_vma_pages, migrate_vma_finalize, memset};
position p;
@@
g(..., &a, ...)
... when any
migrate_vma_setup@p(&a)

@script:python@
p << handed_on.p;
@@
findings.handed_on.add((p[0].file, p[0].line, p[0].column))

@@
identifier f, vmf;
position p : script:python(f) { findings.note(findings.faults, p[0]) };
@@
f@p(..., struct vm_fault *vmf, ...) { ... }

@declared exists@
identifier a;
position p;
@@
struct migrate_vma a = { ... };
... when any
migrate_vma_setup@p(&a)

@script:python@
p << declared.p;
a << declared.a;
@@
for name in findings.missing(p[0], a):
	findings.found("member-missing", p[0], "%s is not set" % name)

@garbage disable decl_init exists@
identifier a;
position p;
@@
struct migrate_vma a;
... when != a = ...
    when != memset(&a, ...)
migrate_vma_setup@p(&a)

@script:python@
p << garbage.p;
a << garbage.a;
@@
if findings.garbage(p[0], a):
	findings.found("not-zeroed", p[0], "members that are not set hold garbage")

// A chunk ends behind where it starts, and the start moves on.
@chunk disable fld_to_ptr exists@
identifier a, start;
expression E;
position p;
@@
 struct migrate_vma a = { ..., .start = start, ... };
 ... when != start = ...
     when != start += ...
     when any
a.end =@p \(start + E\|min(..., start + E)\);
 ... when != start = ...
     when != start += ...
 migrate_vma_setup(&a)
 ... when != start = ...
     when != start += ...
     when any
 a.start = a.end;

@script:python@
p << chunk.p;
@@
findings.found("chunk-loop", p[0], "the start of the range moves on, but not what this adds to")

// ------------------------------------------------------------- names
// The table of migrate-vma says which release has which: these rules never match.

@@
identifier f;
position p : script:python() { findings.name(p[0]) };
@@
f@p(...)

@@
expression E;
identifier m;
position p : script:python() { findings.name(p[0]) };
@@
E.m@p

@disable ptr_to_array@
expression E;
identifier m;
position p : script:python() { findings.name(p[0]) };
@@
E->m@p

@@
identifier s, a, m;
expression E;
position p : script:python() { findings.name(p[0]) };
@@
struct s a = { ..., .m@p = E, ... };

@@
identifier x;
position p : script:python() { findings.name(p[0]) };
@@
x@p

@@
identifier s;
position p : script:python() { findings.name(p[0]) };
@@
struct s@p

// ------------------------------------------------------------- device pages

@device_page@
expression P, X;
position p : script:python() { goal.number >= (5, 18) };
@@
X = P->zone_device_data;
...
get_page@p(P);
lock_page(P);

@script:python@
p << device_page.p;
@@
findings.found("device-page-init", p[0], "a free device page has a reference already")

@locked_only@
expression P, X;
position p : script:python() { goal.number >= (6, 1) };
@@
X = P->zone_device_data;
... when != zone_device_page_init(P, ...)
    when != get_page(P)
lock_page@p(P);

@script:python@
p << locked_only.p;
@@
findings.found("device-page-init", p[0], "zone_device_page_init() takes a free device page into use")

// ------------------------------------------------------------- the same places, in context

@depends on context@
expression E;
position p : script:python() { findings.is_said(p[0]) };
@@
*E@p

@depends on context@
identifier l;
position p : script:python() { findings.is_said(p[0]) };
@@
(
*return@p ...;
|
*goto@p l;
|
*break@p;
|
*continue@p;
)
