// SPDX-License-Identifier: GPL-2.0-only
/// MIGRATE_PFN_LOCKED is gone since Linux 5.16, commit ab09243aa95a. A destination page has to
/// be locked all the same.
///
// Confidence: High
// Options: --no-includes --include-headers
// Keywords: MIGRATE_PFN_LOCKED
// Gone: MIGRATE_PFN_LOCKED
// Requires: 1.1.1

virtual patch
virtual context
virtual org
virtual report

@depends on !context && !org && !report@
expression E;
@@
(
- E | MIGRATE_PFN_LOCKED
+ E
|
- MIGRATE_PFN_LOCKED | E
+ E
)

@depends on !context && !org && !report disable neg_if, drop_else@
expression C, E;
statement S;
@@
 if (C) S
- else
-	E |= MIGRATE_PFN_LOCKED;

@depends on !context && !org && !report@
expression E;
@@
- E |= MIGRATE_PFN_LOCKED;

// What is left, or in the other modes what there is.
@found@
position p;
@@
MIGRATE_PFN_LOCKED@p

@depends on context@
position found.p;
@@
* MIGRATE_PFN_LOCKED@p

@script:python depends on !org && !context@
p << found.p;
@@
p[0].file = cocci.files()[0]
coccilib.report.print_report(p[0], "MIGRATE_PFN_LOCKED is gone since Linux 5.16")

@script:python depends on org@
p << found.p;
@@
coccilib.org.print_todo(p[0], "MIGRATE_PFN_LOCKED is gone since Linux 5.16")
