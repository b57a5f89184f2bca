// SPDX-License-Identifier: GPL-2.0-only
/// page_free() of struct dev_pagemap_ops is folio_free() since Linux 6.19, commit
/// 3a5a06554566.  A driver without large folios gets a folio of one page each time.
///
// Confidence: High
// Options: --no-includes --include-headers
// Keywords: page_free
// Requires: 1.1.1

virtual patch
virtual context
virtual org
virtual report

@ops@
identifier o, f;
position p;
@@
 struct dev_pagemap_ops o = { ..., .page_free@p = f, ... };

// The function has to be here, and static, so that all its callers are.
@here@
identifier ops.f, p;
@@
 static void f(struct page *p) { ... }

@declared@
identifier ops.f, p;
@@
 static void f(struct page *p);

@depends on here && !context && !org && !report@
identifier ops.o, ops.f;
@@
 struct dev_pagemap_ops o = {
	...,
	.
-	page_free
+	folio_free
	= f,
	...
 };

@depends on here && !context && !org && !report@
identifier ops.f, p;
@@
- static void f(struct page *p)
+ static void f(struct folio *folio)
 {
+	struct page *p = &folio->page;
 ...
 }

@depends on here && !context && !org && !report@
identifier p;
symbol folio;
statement S;
@@
 struct page *p = &folio->page;
+
 S

@depends on declared && here && !context && !org && !report@
identifier ops.f, p;
@@
- static void f(struct page *p);
+ static void f(struct folio *folio);

@depends on here && !context && !org && !report@
identifier ops.f;
expression P;
@@
- f(P)
+ f(page_folio(P))

@depends on context@
identifier o, f;
@@
 struct dev_pagemap_ops o = { ...,
*	.page_free = f,
 ... };

@script:python depends on (!here || report) && !org && !context@
p << ops.p;
@@
coccilib.report.print_report(p[0], "page_free() is folio_free() since Linux 6.19")

@script:python depends on org@
p << ops.p;
@@
coccilib.org.print_todo(p[0], "page_free() is folio_free() since Linux 6.19")
