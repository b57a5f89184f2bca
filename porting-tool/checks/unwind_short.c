// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "check.h"
#include "fixes.h"

/* "--i > 0" and "i > 0" with "i--" or "--i" behind: the counter, whose value 0 is left out. */
static const char *counter_of(const struct syntax *syntax, const struct node *loop)
{
	uint32_t at = loop->head_open + 1;
	const char *name;

	if (loop->kind == NODE_WHILE) {
		if (code_is(syntax, at, "--") && code_identifier(syntax, at + 1) &&
		    (at + 2 == loop->head_close ||
		     (code_is(syntax, at + 2, ">") && code_is(syntax, at + 3, "0") &&
		      at + 4 == loop->head_close)))
			return code_text(syntax, at + 1, at + 1);
		return NULL;
	}
	while (at < loop->head_close && !code_is(syntax, at, ";"))
		at++;
	if (!code_identifier(syntax, at + 1) || !code_is(syntax, at + 2, ">") ||
	    !code_is(syntax, at + 3, "0") || !code_is(syntax, at + 4, ";"))
		return NULL;
	name = code_text(syntax, at + 1, at + 1);
	if ((code_is(syntax, at + 5, name) && code_is(syntax, at + 6, "--")) ||
	    (code_is(syntax, at + 5, "--") && code_is(syntax, at + 6, name)))
		return name;
	return NULL;
}

/* Whether the body gives back what is at that place: dst[i] = 0, put_page(pages[i]). */
static bool gives_back(const struct syntax *syntax, const struct node *loop, const char *counter)
{
	static const char *const pieces[] = { "put", "free", "unlock", "release", "drop" };
	bool indexed = false, given = false;

	for (uint32_t i = loop->head_close + 1; i <= loop->last; i++) {
		const char *name;

		if (code_is(syntax, i, "[") && code_is(syntax, i + 2, "]")) {
			/* i - 1 is the place before: then 0 is reached. */
			if (!code_is(syntax, i + 1, counter))
				return false;
			indexed = true;
			given |= code_is(syntax, i + 3, "=") && code_is(syntax, i + 4, "0");
		} else if (code_is(syntax, i, "[")) {
			return false;
		}
		if (!code_identifier(syntax, i) || !code_is(syntax, i + 1, "("))
			continue;
		name = code_text(syntax, i, i);
		for (size_t n = 0; n < sizeof(pieces) / sizeof(*pieces); n++)
			given |= strstr(name, pieces[n]) != NULL;
	}
	return indexed && given;
}

/* A function that has to do with words of a migration. */
static bool has_words(const struct function *function)
{
	return function_mentions(function, "dst") || function_mentions(function, "migrate_pfn") ||
	       function_mentions(function, "migrate_pfn_to_page");
}

/* "while (--i > 0)" becomes "while (i-- > 0)"; of a for the counter's type would have to be known. */
static void fix_while(struct checker *checker, struct finding *finding, const struct node *loop)
{
	if (loop->kind != NODE_WHILE || !finding)
		return;
	fix_token(checker, finding, loop->head_open + 1,
		  code_text(&finding->spot.unit->syntax, loop->head_open + 2, loop->head_open + 2));
	fix_token(checker, finding, loop->head_open + 2, "--");
}

static void look_at_functions(struct checker *checker)
{
	for (size_t i = 0; i < checker->program.function_count; i++) {
		const struct function *function = &checker->program.functions[i];
		const struct syntax *syntax = &function->unit->syntax;

		if (!has_words(function))
			continue;
		for (const struct node *node = function->node; node;
		     node = node_after(node, function->node)) {
			const char *counter = NULL;

			if (node->kind == NODE_WHILE || node->kind == NODE_FOR)
				counter = counter_of(syntax, node);
			if (counter && gives_back(syntax, node, counter))
				fix_while(checker,
					  add_finding(checker, "unwind-short",
						      (struct place){ function->unit, node->first },
						      "going back ends at %s = 1: what was taken "
						      "first stays", counter), node);
		}
	}
}

const struct check check_unwind_short = {
	.rule = {
		.name = "unwind-short",
		.summary = "giving back pages leaves out the first one",
		.severity = SEVERITY_ERROR,
		.since = "5.4",
		.explanation =
"A loop that goes back over the words that were filled before something failed has\n"
"to reach the word with index 0. \"while (--i > 0)\" ends before it: the first page\n"
"stays locked, or stays in dst. Write \"while (i-- > 0)\".",
		.code =
" static void drv_give_back(struct drv *drv, unsigned long *dst, unsigned long i)\n"
" {\n"
"-\twhile (--i > 0) {\n"
"+\twhile (i-- > 0) {\n"
" \t\tdrv_forget(drv, dst[i]);\n"
" \t\tdst[i] = 0;\n"
" \t}\n"
" }\n",
	},
	.program = look_at_functions,
};
