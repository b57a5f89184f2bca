// SPDX-License-Identifier: GPL-2.0-only
/// MIGRATE_PFN_DEVICE is gone since Linux 5.4.  In dst it had no effect; whether a word of
/// src is of a device page, is_device_private_page() tells.
///
// Confidence: High
// Options: --no-includes --include-headers
// Keywords: MIGRATE_PFN_DEVICE
// Gone: MIGRATE_PFN_DEVICE
// Requires: 1.1.1

virtual patch
virtual context
virtual org
virtual report

@stored@
expression D, E, F;
position p;
@@
 D = \(MIGRATE_PFN_DEVICE@p | E\|E | MIGRATE_PFN_DEVICE@p\|E | MIGRATE_PFN_DEVICE@p | F\)

// Where only the truth of the value counts.
@tested@
expression E, X;
position p;
@@
(
 !(E & MIGRATE_PFN_DEVICE@p)
|
 X && (E & MIGRATE_PFN_DEVICE@p)
|
 (E & MIGRATE_PFN_DEVICE@p) && X
|
 X || (E & MIGRATE_PFN_DEVICE@p)
|
 (E & MIGRATE_PFN_DEVICE@p) || X
)

@branch@
expression E;
statement S1, S2;
position p;
@@
 if (E & MIGRATE_PFN_DEVICE@p) S1 else S2

@left@
position p != {stored.p, tested.p, branch.p};
@@
 MIGRATE_PFN_DEVICE@p

@script:python depends on !report && !org && !context@
p << left.p;
@@
coccilib.report.print_report(p[0], "left: this use of MIGRATE_PFN_DEVICE")

@used depends on context || org || report@
position p;
@@
 MIGRATE_PFN_DEVICE@p

@depends on context@
position used.p;
@@
* MIGRATE_PFN_DEVICE@p

@script:python depends on report@
p << used.p;
@@
coccilib.report.print_report(p[0], "MIGRATE_PFN_DEVICE is gone since Linux 5.4")

@script:python depends on org@
p << used.p;
@@
coccilib.org.print_todo(p[0], "MIGRATE_PFN_DEVICE is gone since Linux 5.4")

@depends on !context && !org && !report && !left@
position stored.p;
expression E;
@@
(
- E | MIGRATE_PFN_DEVICE@p
+ E
|
- MIGRATE_PFN_DEVICE@p | E
+ E
)

@depends on !context && !org && !report && !left@
idexpression W, I;
@@
(
- *W & MIGRATE_PFN_DEVICE
+ migrate_pfn_to_page(*W) && is_device_private_page(migrate_pfn_to_page(*W))
|
- W[I] & MIGRATE_PFN_DEVICE
+ migrate_pfn_to_page(W[I]) && is_device_private_page(migrate_pfn_to_page(W[I]))
)
