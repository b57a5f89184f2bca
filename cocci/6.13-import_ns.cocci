// SPDX-License-Identifier: GPL-2.0-only
/// MODULE_IMPORT_NS() takes a string since Linux 6.13, commit cdd30ebb1b9f.  Before, a string
/// compiles as well, and names a namespace that is not there.
///
// Confidence: High
// Options: --no-includes --include-headers
// Keywords: MODULE_IMPORT_NS
// Requires: 1.1.1

virtual patch
virtual context
virtual org
virtual report

@bare@
declarer name MODULE_IMPORT_NS;
identifier N;
position p;
@@
MODULE_IMPORT_NS@p(N);

@script:python text@
N << bare.N;
S;
@@
coccinelle.S = cocci.make_expr('"%s"' % N)

@depends on !context && !org && !report@
declarer name MODULE_IMPORT_NS;
identifier bare.N;
expression text.S;
position bare.p;
@@
- MODULE_IMPORT_NS@p(N);
+ MODULE_IMPORT_NS(S);

@depends on context@
declarer name MODULE_IMPORT_NS;
identifier bare.N;
position bare.p;
@@
* MODULE_IMPORT_NS@p(N);

@script:python depends on report@
p << bare.p;
@@
coccilib.report.print_report(p[0], "MODULE_IMPORT_NS() takes a string since Linux 6.13")

@script:python depends on org@
p << bare.p;
@@
coccilib.org.print_todo(p[0], "MODULE_IMPORT_NS() takes a string since Linux 6.13")
