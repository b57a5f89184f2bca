// SPDX-License-Identifier: GPL-2.0-only
/// memremap_pages() refuses device private memory without an owner since Linux 5.7, commit
/// f894ddd5ff01: the code compiles unchanged, and the driver does not load.  An owner is any
/// pointer; here it is the object at file scope that has the pagemap, which each function of
/// the file can name.
///
// Confidence: High
// Comments: Where the pagemap is allocated, the owner is for a person: something of the device.
// Options: --no-includes --include-headers
// Keywords: MEMORY_DEVICE_PRIVATE
// Requires: 1.1.1

virtual patch
virtual context
virtual org
virtual report

@owned@
struct dev_pagemap P;
expression E, F;
identifier m =~ "p[age]*map$";
@@
 \(P.owner = F\|E.m.owner = F\|E->m.owner = F\)

@owned_too@
identifier p;
expression F;
@@
 struct dev_pagemap p = { ..., .owner = F, ... };

@private depends on !owned && !owned_too@
expression P;
position p;
@@
 P.type@p = MEMORY_DEVICE_PRIVATE

@file_scope disable fld_to_ptr@
global idexpression G;
identifier m, n;
position private.p;
@@
 \(G.type@p\|G.m.type@p\|G.m.n.type@p\) = MEMORY_DEVICE_PRIVATE

@own_object depends on file_scope && !context && !org && !report disable fld_to_ptr@
global idexpression file_scope.G;
identifier m, n;
@@
(
  G.type = MEMORY_DEVICE_PRIVATE;
+ G.owner = &G;
|
  G.m.type = MEMORY_DEVICE_PRIVATE;
+ G.m.owner = &G;
|
  G.m.n.type = MEMORY_DEVICE_PRIVATE;
+ G.m.n.owner = &G;
)

@depends on context@
position private.p;
expression P;
@@
* P.type@p = MEMORY_DEVICE_PRIVATE

@script:python depends on !own_object && !org && !context@
p << private.p;
@@
coccilib.report.print_report(p[0], "this pagemap needs an owner since Linux 5.7")

@script:python depends on org@
p << private.p;
@@
coccilib.org.print_todo(p[0], "this pagemap needs an owner since Linux 5.7")
