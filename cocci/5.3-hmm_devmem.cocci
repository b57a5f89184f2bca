// SPDX-License-Identifier: GPL-2.0-only
/// struct hmm_devmem, its ops and hmm_devmem_add() are gone since Linux 5.3, merge cc5dfd59e375
/// ('hmm-devmem-cleanup.4'): a driver fills a struct dev_pagemap with the range of
/// devm_request_free_mem_region(), and calls devm_memremap_pages(). Where that struct lives,
/// and how a page leads to the driver, is for a person.
///
// Confidence: High
// Options: --no-includes --include-headers
// Keywords: hmm_devmem, hmm_devmem_ops, hmm_devmem_add, hmm_devmem_add_resource, MEMORY_DEVICE_PUBLIC
// Gone: hmm_devmem hmm_devmem_ops hmm_devmem_add hmm_devmem_add_resource MEMORY_DEVICE_PUBLIC is_device_public_page
// Requires: 1.1.1

virtual context
virtual org
virtual report

@found@
identifier s = {hmm_devmem, hmm_devmem_ops};
position p;
@@
struct s@p

@depends on context@
identifier s = {hmm_devmem, hmm_devmem_ops};
position found.p;
@@
* struct s@p

@script:python depends on !org && !context@
p << found.p;
@@
p[0].file = cocci.files()[0]
coccilib.report.print_report(p[0], "struct dev_pagemap takes the place of hmm_devmem since Linux 5.3")

@script:python depends on org@
p << found.p;
@@
coccilib.org.print_todo(p[0], "struct dev_pagemap takes the place of hmm_devmem since Linux 5.3")
