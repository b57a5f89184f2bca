// SPDX-License-Identifier: GPL-2.0-only
/// get_dev_pagemap() has no second argument since Linux 6.18, commit dd57f5feb19a.
///
// Confidence: High
// Options: --no-includes --include-headers
// Keywords: get_dev_pagemap
// Requires: 1.1.1

virtual patch
virtual context
virtual org
virtual report

@depends on !context && !org && !report@
expression N;
@@
- get_dev_pagemap(N, NULL)
+ get_dev_pagemap(N)

// What is left, or in the other modes what there is.
@found@
expression N, P;
position p;
@@
get_dev_pagemap@p(N, P)

@depends on context@
expression N, P;
position found.p;
@@
* get_dev_pagemap@p(N, P)

@script:python depends on !org && !context@
p << found.p;
@@
p[0].file = cocci.files()[0]
coccilib.report.print_report(p[0], "get_dev_pagemap() has one argument since Linux 6.18; it does not put another pagemap")

@script:python depends on org@
p << found.p;
@@
coccilib.org.print_todo(p[0], "get_dev_pagemap() has one argument since Linux 6.18; it does not put another pagemap")
