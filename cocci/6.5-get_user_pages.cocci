// SPDX-License-Identifier: GPL-2.0-only
/// get_user_pages(), pin_user_pages() and their _remote forms have no argument for VMAs since
/// Linux 6.5, commits 54d020692b34 and ca5e863233e8.
///
// Confidence: High
// Options: --no-includes --include-headers
// Keywords: get_user_pages, pin_user_pages, get_user_pages_remote, pin_user_pages_remote
// Requires: 1.1.1

virtual patch
virtual context
virtual org
virtual report

@depends on !context && !org && !report@
expression A, N, F, P, M, L;
@@
(
- get_user_pages(A, N, F, P, NULL)
+ get_user_pages(A, N, F, P)
|
- pin_user_pages(A, N, F, P, NULL)
+ pin_user_pages(A, N, F, P)
|
- get_user_pages_remote(M, A, N, F, P, NULL, L)
+ get_user_pages_remote(M, A, N, F, P, L)
|
- pin_user_pages_remote(M, A, N, F, P, NULL, L)
+ pin_user_pages_remote(M, A, N, F, P, L)
)

// What is left, or in the other modes what there is.
@found@
expression A, N, F, P, V, M, L;
position p;
@@
(
 get_user_pages@p(A, N, F, P, V)
|
 pin_user_pages@p(A, N, F, P, V)
|
 get_user_pages_remote@p(M, A, N, F, P, V, L)
|
 pin_user_pages_remote@p(M, A, N, F, P, V, L)
)

@depends on context@
expression A, N, F, P, V, M, L;
position found.p;
@@
(
* get_user_pages@p(A, N, F, P, V)
|
* pin_user_pages@p(A, N, F, P, V)
|
* get_user_pages_remote@p(M, A, N, F, P, V, L)
|
* pin_user_pages_remote@p(M, A, N, F, P, V, L)
)

@script:python depends on !org && !context@
p << found.p;
@@
p[0].file = cocci.files()[0]
coccilib.report.print_report(p[0], "there is no argument for VMAs since Linux 6.5: vma_lookup() for each page")

@script:python depends on org@
p << found.p;
@@
coccilib.org.print_todo(p[0], "there is no argument for VMAs since Linux 6.5: vma_lookup() for each page")
