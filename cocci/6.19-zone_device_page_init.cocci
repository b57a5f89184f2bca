// SPDX-License-Identifier: GPL-2.0-only
/// zone_device_page_init() takes the pagemap and the order of the page since Linux 6.19,
/// commits d245f9b4ab80 and 9387a71ec62c.
///
// Confidence: High
// Comments: Name the pagemap where it is in sight: page_pgmap() is right as long as no page of
// Comments: it was ever part of a large folio.
// Options: --no-includes --include-headers
// Keywords: zone_device_page_init
// Requires: 1.1.1

virtual patch
virtual context
virtual org
virtual report

@depends on !context && !org && !report@
expression P;
@@
- zone_device_page_init(P)
+ zone_device_page_init(P, page_pgmap(P), 0)

// What is left, or in the other modes what there is.
@found@
expression P;
position p;
@@
zone_device_page_init@p(P)

@depends on context@
expression P;
position found.p;
@@
* zone_device_page_init@p(P)

@script:python depends on !org && !context@
p << found.p;
@@
p[0].file = cocci.files()[0]
coccilib.report.print_report(p[0], "zone_device_page_init() has three arguments since Linux 6.19")

@script:python depends on org@
p << found.p;
@@
coccilib.org.print_todo(p[0], "zone_device_page_init() has three arguments since Linux 6.19")
