// SPDX-License-Identifier: GPL-2.0-only
/// <linux/hmm.h>, and for some releases <linux/mm.h>, do not include <linux/memremap.h>,
/// <linux/migrate.h> and <linux/mmu_notifier.h> any more since Linux 5.18.  A file that uses
/// their names includes them itself, which is right for every release.
///
// Confidence: High
// Options: --no-includes --include-headers
// Keywords: dev_pagemap, dev_pagemap_ops, migrate_vma, mmu_interval_notifier, mmu_notifier_range, mmu_notifier_ops
// Requires: 1.1.1

virtual patch
virtual context
virtual org
virtual report

@memremap@
@@
 #include <linux/memremap.h>

@migrate@
@@
 #include <linux/migrate.h>

@notifier@
@@
 #include <linux/mmu_notifier.h>

@hmm@
@@
 #include <linux/hmm.h>

@uses_migrate depends on !migrate@
identifier s = {migrate_vma};
position p;
@@
 struct s@p

@uses_memremap depends on !memremap@
identifier s = {dev_pagemap, dev_pagemap_ops};
position p;
@@
 struct s@p

@uses_notifier depends on !notifier@
identifier s = {mmu_interval_notifier, mmu_notifier_range, mmu_notifier_ops};
position p;
@@
 struct s@p

@depends on hmm && uses_migrate && !context && !org && !report@
@@
 #include <linux/hmm.h>
+#include <linux/migrate.h>

@depends on !hmm && uses_migrate && !context && !org && !report@
@@
 #include <linux/mm.h>
+#include <linux/migrate.h>

@depends on uses_memremap && !context && !org && !report@
@@
+#include <linux/memremap.h>
 #include <linux/migrate.h>

@depends on hmm && uses_notifier && !context && !org && !report@
@@
 #include <linux/hmm.h>
+#include <linux/mmu_notifier.h>

@script:python depends on report@
p << uses_migrate.p;
@@
coccilib.report.print_report(p[0], "<linux/migrate.h> has to be included since Linux 5.18")

@script:python depends on (hmm || migrate) && report@
p << uses_memremap.p;
@@
coccilib.report.print_report(p[0], "<linux/memremap.h> has to be included since Linux 5.18")

@script:python depends on hmm && report@
p << uses_notifier.p;
@@
coccilib.report.print_report(p[0], "<linux/mmu_notifier.h> has to be included since Linux 5.18")

@depends on (uses_migrate || uses_memremap || uses_notifier) && context@
identifier s = {migrate_vma, dev_pagemap, dev_pagemap_ops, mmu_interval_notifier, mmu_notifier_range, mmu_notifier_ops};
@@
* struct s

@script:python depends on org@
p << uses_migrate.p;
@@
coccilib.org.print_todo(p[0], "<linux/migrate.h> has to be included since Linux 5.18")
