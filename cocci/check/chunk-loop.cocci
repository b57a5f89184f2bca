// SPDX-License-Identifier: GPL-2.0-only
/// A loop that moves a range chunk by chunk has to compute the end of each chunk from where it
/// starts, not from where the first one did.
///
// Confidence: Moderate
// Options: --no-includes
// Keywords: migrate_vma_setup
// Requires: 1.1.1

virtual context
virtual org
virtual report

@wrong disable fld_to_ptr exists@
identifier a, start;
expression E;
position p;
@@
 struct migrate_vma a = { ..., .start = start, ... };
 ... when != start = ...
     when != start += ...
     when any
 a.end =@p \(start + E\|min(..., start + E)\);
 ... when != start = ...
     when != start += ...
 migrate_vma_setup(&a)
 ... when != start = ...
     when != start += ...
     when any
 a.start = a.end;

@depends on context@
position wrong.p;
expression E;
@@
* E@p

@script:python depends on !org && !context@
p << wrong.p;
@@
coccilib.report.print_report(p[0], "the start of the range moves on, but not what this adds to")

@script:python depends on org@
p << wrong.p;
@@
coccilib.org.print_todo(p[0], "the start of the range moves on, but not what this adds to")
