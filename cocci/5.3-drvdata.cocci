// SPDX-License-Identifier: GPL-2.0-only
/// hmm_devmem_page_set_drvdata() and hmm_devmem_page_get_drvdata() are gone since Linux 5.3,
/// commit 8a164fef9c4c: the value is page->zone_device_data, a pointer.
///
// Confidence: High
// Options: --no-includes --include-headers
// Keywords: hmm_devmem_page_set_drvdata, hmm_devmem_page_get_drvdata
// Gone: hmm_devmem_page_set_drvdata hmm_devmem_page_get_drvdata
// Requires: 1.1.1

virtual patch
virtual context
virtual org
virtual report

@depends on !context && !org && !report disable drop_cast@
expression P, V;
identifier i;
type T;
@@
(
- hmm_devmem_page_set_drvdata(P, i);
+ P->zone_device_data = (void *)i;
|
- hmm_devmem_page_set_drvdata(P, (T)V);
+ P->zone_device_data = (void *)(T)V;
|
- hmm_devmem_page_set_drvdata(P, V);
+ P->zone_device_data = (void *)(V);
)

@depends on !context && !org && !report disable drop_cast@
expression P;
type T;
@@
(
- (T *)hmm_devmem_page_get_drvdata(P)
+ P->zone_device_data
|
- hmm_devmem_page_get_drvdata(P)
+ (unsigned long)P->zone_device_data
)

// What is left, or in the other modes what there is.
@found@
identifier f = {hmm_devmem_page_set_drvdata, hmm_devmem_page_get_drvdata};
position p;
@@
f@p(...)

@depends on context@
identifier f = {hmm_devmem_page_set_drvdata, hmm_devmem_page_get_drvdata};
position found.p;
@@
* f@p(...)

@script:python depends on !org && !context@
p << found.p;
@@
p[0].file = cocci.files()[0]
coccilib.report.print_report(p[0], "the value of a device page is in page->zone_device_data since Linux 5.3")

@script:python depends on org@
p << found.p;
@@
coccilib.org.print_todo(p[0], "the value of a device page is in page->zone_device_data since Linux 5.3")
