// SPDX-License-Identifier: GPL-2.0-only
/// Each member of struct migrate_vma that a driver does not set has to be 0: since Linux 6.1
/// one of them is fault_page, which garbage is not good for.
///
// Confidence: High
// Options: --no-includes --include-headers
// Keywords: migrate_vma_setup
// Requires: 1.1.1

virtual patch
virtual context
virtual org
virtual report

@depends on !context && !org && !report disable decl_init@
identifier a;
@@
- struct migrate_vma a;
+ struct migrate_vma a = {};

// What is left, or in the other modes what there is.
@found disable decl_init exists@
identifier a;
position p;
@@
struct migrate_vma a;
... when != a = ...
    when != memset(&a, ...)
migrate_vma_setup@p(&a)

@depends on context@
identifier a;
position found.p;
@@
struct migrate_vma a;
... when != a = ...
    when != memset(&a, ...)
* migrate_vma_setup@p(&a)

@script:python depends on !org && !context@
p << found.p;
@@
p[0].file = cocci.files()[0]
coccilib.report.print_report(p[0], "members that are not set hold garbage, and one is fault_page since Linux 6.1")

@script:python depends on org@
p << found.p;
@@
coccilib.org.print_todo(p[0], "members that are not set hold garbage, and one is fault_page since Linux 6.1")
