// SPDX-License-Identifier: GPL-2.0-only
/// struct dev_pagemap has struct range range and nr_range instead of struct resource res since
/// Linux 5.10, commit a4574f63edc6.
///
// Confidence: High
// Options: --no-includes --include-headers
// Keywords: pagemap, pgmap, dev_pagemap
// Requires: 1.1.1

virtual patch
virtual context
virtual org
virtual report

// The type tells, or the name that such a member has as a rule.
@pagemap@
struct dev_pagemap P;
struct dev_pagemap *Q;
identifier m =~ "p[age]*map$", n =~ "p[age]*map$";
expression E;
position q;
@@
(
 P.res@q
|
 Q->res@q
|
 E.m.res@q
|
 E->m.res@q
|
 n.res@q
|
 n->res@q
)

@depends on !context && !org && !report@
position pagemap.q;
expression P, R;
@@
(
- P.res@q = *R;
+ P.range.start = R->start;
+ P.range.end = R->end;
+ P.nr_range = 1;
|
- P->res@q = *R;
+ P->range.start = R->start;
+ P->range.end = R->end;
+ P->nr_range = 1;
)

@depends on !context && !org && !report@
expression P;
identifier m =~ "p[age]*map$";
@@
(
- resource_size(&m.res)
+ range_len(&m.range)
|
- resource_size(&m->res)
+ range_len(&m->range)
|
- resource_size(&P.m.res)
+ range_len(&P.m.range)
|
- resource_size(&P->m.res)
+ range_len(&P->m.range)
)

@depends on !context && !org && !report@
expression P;
identifier m =~ "p[age]*map$";
identifier b = {start, end};
@@
(
  m.
- res
+ range
  .b
|
  m->
- res
+ range
  .b
|
  P.m.
- res
+ range
  .b
|
  P->m.
- res
+ range
  .b
)

// What is left, or in the other modes what there is.
@found@
expression P;
identifier m =~ "p[age]*map$";
position p;
@@
\(m.res@p\|m->res@p\|P.m.res@p\|P->m.res@p\)

@depends on context@
expression P;
identifier m =~ "p[age]*map$";
position found.p;
@@
* \(m.res@p\|m->res@p\|P.m.res@p\|P->m.res@p\)

@script:python depends on !org && !context@
p << found.p;
@@
p[0].file = cocci.files()[0]
coccilib.report.print_report(p[0], "the range of struct dev_pagemap is in range and nr_range since Linux 5.10")

@script:python depends on org@
p << found.p;
@@
coccilib.org.print_todo(p[0], "the range of struct dev_pagemap is in range and nr_range since Linux 5.10")
