// SPDX-License-Identifier: GPL-2.0-only
/*
 * Flags of src and dst words in the text of the driver's macros.
 *
 * A macro that makes a word, "(migrate_pfn(pfn) | MIGRATE_PFN_LOCKED)", loses the flag as code
 * does.  One that is nothing but flags can lose them only when they are always added to a word:
 * a mask with fewer bits asks something else.
 */
#include <string.h>

#include "changes/migrate_vma/plan.h"
#include "edit/edit.h"

/* A #define: its tokens from "define" on, and the name it defines. */
struct macro {
	struct driver *driver;
	struct unit *unit;
	struct tokens inner;
	char *name;
};

static bool inner_is(const struct macro *macro, size_t at, const char *spelling)
{
	return at < macro->inner.count &&
	       token_is(macro->unit->source->text, &macro->inner.list[at], spelling);
}

static bool goes(const struct macro *macro, size_t at)
{
	static const char *const flags[] = { "MIGRATE_PFN_DEVICE", "MIGRATE_PFN_LOCKED" };

	for (size_t i = 0; i < 2; i++)
		if (inner_is(macro, at, flags[i]))
			return pfn_flag_goes(macro->driver, macro->unit, flags[i]);
	return false;
}

static bool makes_word(const struct macro *macro)
{
	for (size_t i = 2; i < macro->inner.count; i++)
		if (inner_is(macro, i, "migrate_pfn"))
			return true;
	return false;
}

/* Whether every use of the macro adds its bits to a word: "| FLAGS", "|= FLAGS", "FLAGS |". */
static bool only_added(const struct macro *macro)
{
	for (size_t u = 0; u < macro->driver->program.unit_count; u++) {
		const struct unit *unit = &macro->driver->program.units[u];
		const struct syntax *syntax = &unit->syntax;

		for (uint32_t i = 1; i < syntax->code.count; i++)
			if (code_is(syntax, i, macro->name) && !code_is(syntax, i - 1, "|") &&
			    !code_is(syntax, i - 1, "|=") && !code_is(syntax, i + 1, "|"))
				return false;
		for (size_t i = 0; i < syntax->all.count; i++) {
			const struct token *token = &syntax->all.list[i];
			const char *text = unit->source->text + token->start;

			/* In another macro it may be anything; its own definition names it once. */
			if (token->kind == TOKEN_DIRECTIVE &&
			    token->start + 1 != macro->inner.list[0].start &&
			    memmem(text, token->end - token->start, macro->name,
				   strlen(macro->name)))
				return false;
		}
	}
	return true;
}

static void remove_flag(const struct macro *macro, size_t at)
{
	const struct token *list = macro->inner.list;
	struct edits *edits = macro->unit->edits;
	size_t first = at;

	while (inner_is(macro, first - 1, "|") && goes(macro, first - 2))
		first -= 2;
	if (inner_is(macro, first - 1, "|"))
		edit_remove(edits, list[at - 2].end, list[at].end);
	else if (inner_is(macro, at + 1, "|"))
		edit_remove(edits, list[at].start, list[at + 2].start);
	else
		edit_replace(edits, list[at].start, list[at].end, "0");
}

/* A flag between operators other than "|" asks for the bit. */
static bool is_term(const struct macro *macro, size_t at)
{
	return (at < 3 || inner_is(macro, at - 1, "|") || inner_is(macro, at - 1, "(") ||
		macro->inner.list[at - 1].end < macro->inner.list[at].start) &&
	       !inner_is(macro, at - 1, "&") && !inner_is(macro, at - 1, "~") &&
	       !inner_is(macro, at - 1, "==") && !inner_is(macro, at - 1, "!=") &&
	       (at + 1 >= macro->inner.count || inner_is(macro, at + 1, "|") ||
		inner_is(macro, at + 1, ")"));
}

static void refuse(const struct macro *macro, size_t at)
{
	const struct token *token = &macro->inner.list[at];

	diagnose(macro->driver->diagnostics, macro->unit->source, token->start, SEVERITY_ERROR,
		 "pfn-flag",
		 "%.*s is gone in %s, and what %s is for cannot be told; take the flag out, or make "
		 "the macro a function",
		 (int)(token->end - token->start), macro->unit->source->text + token->start,
		 inner_is(macro, at, "MIGRATE_PFN_LOCKED") ? "5.16" : "5.4", macro->name);
	macro->unit->file->left++;
	macro->driver->blocked = true;
}

/* Behind the ")" that belongs to the "(" at @open, or 0. */
static size_t behind_bracket(const struct macro *macro, size_t open)
{
	size_t depth = 0;

	for (size_t i = open; i < macro->inner.count; i++) {
		depth += inner_is(macro, i, "(");
		if (inner_is(macro, i, ")") && !--depth)
			return i + 1;
	}
	return 0;
}

/* "(migrate_pfn(pfn) | FLAG)": the call alone needs no brackets. */
static void remove_brackets(const struct macro *macro)
{
	const struct token *list = macro->inner.list;
	size_t body = 2, last = macro->inner.count - 1, at;

	if (inner_is(macro, 2, "(") && list[1].end == list[2].start)
		body = behind_bracket(macro, 2);
	if (!body || !inner_is(macro, body, "(") || behind_bracket(macro, body) != last + 1 ||
	    !inner_is(macro, body + 1, "migrate_pfn") || !inner_is(macro, body + 2, "("))
		return;
	for (at = behind_bracket(macro, body + 2); at < last; at += 2)
		if (!inner_is(macro, at, "|") || !goes(macro, at + 1))
			return;
	edit_remove(macro->unit->edits, list[body].start, list[body].end);
	edit_remove(macro->unit->edits, list[last].start, list[last].end);
}

void plan_macro_flags(struct driver *driver, struct unit *unit, const struct token *directive)
{
	const char *text = unit->source->text;
	struct macro macro = { .driver = driver, .unit = unit };
	bool removed = false;

	/* "#ifdef FLAG" and "#define FLAG 0" are a driver's own way out. */
	lex(text, directive->start + 1, directive->end, &macro.inner);
	if (inner_is(&macro, 0, "define") && macro.inner.count > 2) {
		macro.name = arena_copy(driver->arena, text + macro.inner.list[1].start,
					macro.inner.list[1].end - macro.inner.list[1].start);
		for (size_t i = 2; i < macro.inner.count; i++) {
			if (!goes(&macro, i))
				continue;
			if (is_term(&macro, i) && (makes_word(&macro) || only_added(&macro)))
				remove_flag(&macro, i);
			else
				refuse(&macro, i);
			removed = true;
		}
		if (removed)
			remove_brackets(&macro);
	}
	tokens_release(&macro.inner);
}
