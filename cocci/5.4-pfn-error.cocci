// SPDX-License-Identifier: GPL-2.0-only
/// MIGRATE_PFN_ERROR is gone since Linux 5.4 ("mm: remove the unused MIGRATE_PFN_ERROR
/// flag").  The core never looked at
/// it: it was a message of alloc_and_copy() to the rest of the driver, and goes on as a bit
/// of the driver's own, which no release gave another meaning so far.
///
// Confidence: High
// Comments: Give the bit a better name, or use a variable where one page is moved.
// Options: --no-includes --include-headers
// Keywords: MIGRATE_PFN_ERROR
// Gone: MIGRATE_PFN_ERROR
// Requires: 1.1.1

virtual patch
virtual context
virtual org
virtual report

@used@
position p;
@@
 MIGRATE_PFN_ERROR@p

@included@
@@
 #include <linux/migrate.h>

@renamed depends on included && !context && !org && !report@
@@
- MIGRATE_PFN_ERROR
+ DRIVER_PFN_ERROR

@depends on renamed@
@@
 #include <linux/migrate.h>
+
+/* In dst: a page that could not be moved.  The core does not look at this bit. */
+#define DRIVER_PFN_ERROR	(1UL << 5)

@depends on context@
position used.p;
@@
* MIGRATE_PFN_ERROR@p

@script:python depends on (!included || report) && !org && !context@
p << used.p;
@@
coccilib.report.print_report(p[0], "left: MIGRATE_PFN_ERROR is gone since Linux 5.4")

@script:python depends on org@
p << used.p;
@@
coccilib.org.print_todo(p[0], "MIGRATE_PFN_ERROR is gone since Linux 5.4")
