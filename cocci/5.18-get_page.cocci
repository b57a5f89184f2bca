// SPDX-License-Identifier: GPL-2.0-only
/// A free device page has a reference already since Linux 5.18, commit 27674ef6c73f: with one
/// more, it is never freed. The code compiles unchanged.
///
// Confidence: High
// Options: --no-includes --include-headers
// Keywords: zone_device_data
// Requires: 1.1.1

virtual patch
virtual context
virtual org
virtual report

@depends on !context && !org && !report@
expression P, X;
@@
(
  P->zone_device_data = X;
- get_page(P);
  lock_page(P);
|
- get_page(P);
  P->zone_device_data = X;
  lock_page(P);
|
- get_page(P);
  lock_page(P);
  P->zone_device_data = X;
)

// A function that hands out a page of a free list.
@taken@
identifier f, P;
@@
 f(...) { <+... P->zone_device_data ...+> }

@depends on !context && !org && !report@
identifier taken.f, taken.P;
@@
 f(...) {
 <+...
- get_page(P);
  lock_page(P);
  return P;
 ...+>
 }

// What is left, or in the other modes what there is.
@found exists@
expression P, X;
position p;
@@
\(P->zone_device_data = X\|X = P->zone_device_data\)
... when != P = ...
get_page@p(P);

@depends on context@
expression P, X;
position found.p;
@@
\(P->zone_device_data = X\|X = P->zone_device_data\)
... when != P = ...
* get_page@p(P);

@script:python depends on !org && !context@
p << found.p;
@@
p[0].file = cocci.files()[0]
coccilib.report.print_report(p[0], "a free device page has a reference already since Linux 5.18")

@script:python depends on org@
p << found.p;
@@
coccilib.org.print_todo(p[0], "a free device page has a reference already since Linux 5.18")
