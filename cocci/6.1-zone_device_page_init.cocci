// SPDX-License-Identifier: GPL-2.0-only
/// A free device page has no reference since Linux 6.1, commits ef233450898f and 0dc45ca1ce18:
/// zone_device_page_init() takes it into use, with a reference, locked. lock_page() alone
/// compiles unchanged and is wrong.
///
// Confidence: High
// Comments: After 5.18-get_page.cocci: a get_page() has to be gone.
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
- lock_page(P);
+ zone_device_page_init(P);
|
- lock_page(P);
+ zone_device_page_init(P);
  P->zone_device_data = X;
)

// A function that hands out a page of a free list.
@taken@
identifier f, P;
@@
 f(...) { <+... P->zone_device_data ...+> }

@counted@
identifier taken.f, taken.P;
@@
 f(...) { <+... get_page(P); ...+> }

@depends on !counted && !context && !org && !report@
identifier taken.f, taken.P;
@@
 f(...) {
 <+...
- lock_page(P);
+ zone_device_page_init(P);
  return P;
 ...+>
 }

// What is left, or in the other modes what there is.
@found exists@
expression P, X, E;
position p;
@@
\(P->zone_device_data = X\|X = P->zone_device_data\)
... when != P = E
    when != zone_device_page_init(P, ...)
lock_page@p(P);

@depends on context@
expression P, X, E;
position found.p;
@@
\(P->zone_device_data = X\|X = P->zone_device_data\)
... when != P = E
    when != zone_device_page_init(P, ...)
* lock_page@p(P);

@script:python depends on !org && !context@
p << found.p;
@@
p[0].file = cocci.files()[0]
coccilib.report.print_report(p[0], "zone_device_page_init() takes a free device page into use since Linux 6.1")

@script:python depends on org@
p << found.p;
@@
coccilib.org.print_todo(p[0], "zone_device_page_init() takes a free device page into use since Linux 6.1")
