// SPDX-License-Identifier: GPL-2.0-only
/*
 * Flags of src and dst words that the target does not have.
 *
 * MIGRATE_PFN_DEVICE told that a page is device memory, which the page itself tells as well.
 * MIGRATE_PFN_LOCKED told what the core required anyway.
 */
#include <string.h>

#include "analyse/includes.h"
#include "analyse/preprocess.h"
#include "analyse/values.h"
#include "edit/lines.h"
#include "changes/migrate_vma/plan.h"

bool pfn_flag_goes(const struct driver *driver, const struct unit *unit, const char *name)
{
	return (!strcmp(name, "MIGRATE_PFN_DEVICE") ||
		(!strcmp(name, "MIGRATE_PFN_LOCKED") && !driver->target->pfn_locked)) &&
	       !brings_itself(&driver->program, unit, name);
}

static bool goes(const struct driver *driver, const struct unit *unit, uint32_t at)
{
	return (code_is(&unit->syntax, at, "MIGRATE_PFN_DEVICE") ||
		code_is(&unit->syntax, at, "MIGRATE_PFN_LOCKED")) &&
	       pfn_flag_goes(driver, unit, code_text(&unit->syntax, at, at));
}

/* "| FLAG" goes with the "|" in front of it, or behind it when nothing that stays is in front. */
static bool remove_from_chain(const struct driver *driver, struct unit *unit, uint32_t at)
{
	const struct syntax *syntax = &unit->syntax;
	uint32_t first = at;

	while (code_is(syntax, first - 1, "|") && goes(driver, unit, first - 2))
		first -= 2;
	if (code_is(syntax, first - 1, "|")) {
		edit_remove(unit->edits, code_end(syntax, at - 2), code_end(syntax, at));
		return true;
	}
	if (code_is(syntax, at + 1, "|")) {
		edit_remove(unit->edits, code_start(syntax, at), code_start(syntax, at + 2));
		return true;
	}
	/* The last of a chain of which nothing stays. */
	if (first != at) {
		edit_replace(unit->edits, code_start(syntax, at), code_end(syntax, at), "0");
		return true;
	}
	return false;
}

/* What the flag was or'ed into counts something up, or calls something. */
static bool has_side_effect(const struct syntax *syntax, uint32_t first, uint32_t last)
{
	for (uint32_t i = first; i <= last; i++)
		if (code_is(syntax, i, "++") || code_is(syntax, i, "--") ||
		    (code_identifier(syntax, i) && code_is(syntax, i + 1, "(")))
			return true;
	return false;
}

/*
 * "if (condition)" around a statement, braces or not, that is in nothing else than it: it goes with the
 * statement, where the condition does nothing but ask.
 */
static const struct node *only_reason(const struct driver *driver, const struct unit *unit,
				      const struct node *statement)
{
	const struct node *only = statement, *node = statement->parent;
	struct span condition;

	if (node->kind == NODE_COMPOUND && node->child == only && !only->next && node->parent &&
	    node->parent->kind == NODE_IF) {
		only = node;
		node = node->parent;
	}
	if (node->kind != NODE_IF || node->child != only || only->next || !node->parent ||
	    node->parent->kind != NODE_COMPOUND)
		return NULL;
	condition = (struct span){ node->head_open + 1, node->head_close - 1 };
	return has_effect(body_of(&driver->program, unit, node_function(node)),
			  expression_parse(&unit->syntax, condition)) ? NULL : node;
}

/* "x |= FLAG;" goes as a whole, with an else in front of it, or an if that has nothing else. */
static bool remove_statement(const struct driver *driver, struct unit *unit, uint32_t at)
{
	const struct syntax *syntax = &unit->syntax;
	struct node *node = node_at(syntax, at);
	const struct node *reason;
	uint32_t start, end;

	if (!code_is(syntax, at - 1, "|=") || node->kind != NODE_EXPRESSION || node->last != at + 1)
		return false;
	start = code_start(syntax, node->first);
	end = code_end(syntax, node->last);
	reason = only_reason(driver, unit, node);
	if (has_side_effect(syntax, node->first, at - 2))
		edit_replace(unit->edits, code_start(syntax, at), code_end(syntax, at), "0");
	else if (reason)
		remove_lines(unit->edits, syntax, code_start(syntax, reason->first),
			     code_end(syntax, reason->last));
	else if (node->parent->kind == NODE_COMPOUND)
		remove_lines(unit->edits, syntax, start, end);
	else if (node->parent->kind == NODE_IF && node->previous)
		edit_remove(unit->edits, code_end(syntax, node->previous->last), end);
	else
		edit_replace(unit->edits, start, end, ";");
	return true;
}

/* First token of the operand that ends at @last: *src, src[i], args->src[i], (x) */
static uint32_t operand_first(const struct syntax *syntax, uint32_t last)
{
	uint32_t at = last;

	for (;;) {
		if (syntax->match[at] < at)
			at = syntax->match[at];
		if (code_is(syntax, at - 1, "->") || code_is(syntax, at - 1, ".")) {
			at -= 2;
			continue;
		}
		if ((code_is(syntax, at, "[") || code_is(syntax, at, "(")) &&
		    (code_identifier(syntax, at - 1) || syntax->match[at - 1] < at - 1)) {
			at -= 1;
			continue;
		}
		break;
	}
	while (code_is(syntax, at - 1, "*") && !code_identifier(syntax, at - 2) &&
	       !code_is(syntax, at - 2, ")") && !code_is(syntax, at - 2, "]") &&
	       syntax->code.list[at - 2].kind != TOKEN_NUMBER)
		at--;
	return at;
}

/* Whether a name of a word like "src[i]" gets another value among some tokens. */
static bool word_changes(const struct syntax *syntax, struct span word, struct span between)
{
	for (uint32_t i = word.first; i <= word.last; i++) {
		const char *name = code_text(syntax, i, i);

		if (!code_identifier(syntax, i))
			continue;
		for (uint32_t at = between.first; at <= between.last; at++)
			if (code_is(syntax, at, name) &&
			    (code_is(syntax, at + 1, "=") || code_is(syntax, at + 1, "++") ||
			     code_is(syntax, at + 1, "+=") || code_is(syntax, at - 1, "++")))
				return true;
	}
	return false;
}

/* The variable that holds migrate_pfn_to_page(@word) at the word already, or NULL. */
static const char *page_of_word(const struct syntax *syntax, struct span word)
{
	const struct node *function = node_function(node_at(syntax, word.first));
	const char *text = code_line(syntax, word.first, word.last);

	for (uint32_t i = word.first; function && i-- > function->first + 2;) {
		struct declarator declarator;
		struct node *declaration;
		uint32_t close = syntax->match[i + 1];
		const char *name;

		if (!code_is(syntax, i, "migrate_pfn_to_page") || !code_is(syntax, i - 1, "=") ||
		    !code_identifier(syntax, i - 2) || is_member_name(syntax, i - 2) ||
		    close <= i + 2 || strcmp(code_line(syntax, i + 2, close - 1), text))
			continue;
		name = code_text(syntax, i - 2, i - 2);
		if (!local_find(syntax, word.first, name, &declarator, &declaration) ||
		    declarator.name > i ||
		    word_changes(syntax, word, (struct span){ close, word.first - 1 }) ||
		    word_changes(syntax, (struct span){ i - 2, i - 2 },
				 (struct span){ close, word.first - 1 }))
			return NULL;
		return name;
	}
	return NULL;
}

/* Whether the condition around a place has "name &&" in front of it. */
static bool tested_before(const struct syntax *syntax, uint32_t at, const char *name)
{
	for (uint32_t i = at; i-- > node_at(syntax, at)->first;) {
		if (code_is(syntax, i, "||") || code_is(syntax, i, ";"))
			return false;
		if (code_is(syntax, i, name) && code_is(syntax, i + 1, "&&") &&
		    !code_is(syntax, i - 1, "!"))
			return true;
	}
	return false;
}

/* "src & MIGRATE_PFN_DEVICE" asks the page instead; a hole has none. */
static bool ask_page(struct driver *driver, struct unit *unit, uint32_t at)
{
	const struct syntax *syntax = &unit->syntax;
	uint32_t first;
	const char *word, *text;
	unsigned int column;
	uint32_t top;
	bool bare;

	if (!code_is(syntax, at - 1, "&") || code_is(syntax, at + 1, "=="))
		return false;
	first = operand_first(syntax, at - 2);
	bare = code_is(syntax, first - 1, "(") && syntax->match[first - 1] == at + 1;
	word = code_line(syntax, first, at - 2);
	text = page_of_word(syntax, (struct span){ first, at - 2 });
	if (text) {
		bool tested = tested_before(syntax, first, text);
		bool brackets = !bare && !tested;
		/* Brackets around the mask have nothing to hold together any more. */
		bool loose = bare && tested &&
			     syntax->code.list[first - 2].kind == TOKEN_PUNCTUATOR;

		text = arena_printf(driver->arena, "%s%s%sis_device_private_page(%s)%s",
				    brackets ? "(" : "", tested ? "" : text, tested ? "" : " && ",
				    text, brackets ? ")" : "");
		edit_supersede(unit->edits, code_start(syntax, first - loose),
			       code_end(syntax, at + loose), text);
		return true;
	}
	top = unit->source->lines[source_line(unit->source, code_start(syntax, first))];
	column = text_columns(arena_copy(driver->arena, unit->source->text + top,
					 code_start(syntax, first) - top),
			      0);
	text = arena_printf(driver->arena,
			    "migrate_pfn_to_page(%s) &&\n%sis_device_private_page("
			    "migrate_pfn_to_page(%s))",
			    word, indent_to(driver->arena, unit->style, column + !bare), word);
	if (!bare)
		text = arena_printf(driver->arena, "(%s)", text);
	edit_supersede(unit->edits, code_start(syntax, first), code_end(syntax, at), text);
	return true;
}

/* "| FLAG;" on a line of its own: the comment behind it was about the flag. */
static void remove_comment(const struct driver *driver, struct unit *unit, uint32_t at)
{
	const struct syntax *syntax = &unit->syntax;
	const struct source *source = unit->source;
	size_t line = source_line(source, code_start(syntax, at));
	uint32_t end, before;
	const char *above = "";

	if (!code_is(syntax, at - 1, "|") || !code_is(syntax, at + 1, ";") ||
	    source_line(source, code_start(syntax, at - 2)) == line ||
	    source_line(source, code_start(syntax, at + 1)) != line)
		return;
	end = end_of_statement(syntax, at + 1);
	if (end <= code_end(syntax, at + 1) || end != source_line_end(source, line))
		return;
	/* The one on the line above belongs to what is last now. */
	before = code_end(syntax, at - 2);
	if (!goes(driver, unit, at - 2))
		above = arena_copy(driver->arena, source->text + before,
				   source_line_end(source, source_line(source, before)) - before);
	edit_replace(unit->edits, code_end(syntax, at + 1), end,
		     strchr(above, '/') ? above : "");
}

static void plan_flag(struct driver *driver, struct unit *unit, uint32_t at)
{
	const struct syntax *syntax = &unit->syntax;
	const char *name = code_text(syntax, at, at);
	bool device = !strcmp(name, "MIGRATE_PFN_DEVICE");

	/* x & (FLAG | OTHER), ~FLAG and comparisons mean more than one thing. */
	if (code_is(syntax, at - 1, "~") ||
	    (code_is(syntax, at - 1, "(") && code_is(syntax, at - 2, "&")) ||
	    (code_is(syntax, at - 1, "|") && code_is(syntax, at - 3, "(") &&
	     code_is(syntax, at - 4, "&"))) {
		driver_block(
			driver, unit, at, "pfn-flag",
			"%s is gone in %s and this mask cannot be rewritten mechanically; take "
			"it out by hand",
			name, device ? "5.4" : "5.16");
		return;
	}
	if (remove_from_chain(driver, unit, at)) {
		remove_comment(driver, unit, at);
		return;
	}
	if (remove_statement(driver, unit, at))
		return;
	if (device && ask_page(driver, unit, at))
		return;
	driver_block(driver, unit, at, "pfn-flag",
		     "%s is gone in %s, and what this use is for cannot be told; %s", name,
		     device ? "5.4" : "5.16",
		     device ? "ask is_device_private_page() instead"
			    : "the core requires every page in dst to be locked, so leave it out");
}

/* A flag in an arm of #if that is not read: "| FLAG" goes as it does elsewhere, and the rest is for a person. */
static void plan_unread_flag(struct driver *driver, struct unit *unit, size_t at)
{
	const char *text = unit->source->text;
	const struct token *all = unit->syntax.all.list;
	bool device = token_is(text, &all[at], "MIGRATE_PFN_DEVICE");
	bool locked = token_is(text, &all[at], "MIGRATE_PFN_LOCKED");

	if ((!device && !locked && !token_is(text, &all[at], "MIGRATE_PFN_ERROR")) ||
	    (locked && driver->target->pfn_locked) || at < 2 || !token_unread(unit, at) ||
	    preprocess_left_out(&unit->syntax, all[at].start) ||
	    brings_itself(&driver->program, unit, arena_copy(driver->arena, text + all[at].start,
							     all[at].end - all[at].start)))
		return;
	if ((device || locked) && token_is(text, &all[at - 1], "|") &&
	    !token_is(text, &all[at - 2], "(") && !token_is(text, &all[at + 1], ")")) {
		edit_remove(unit->edits, all[at - 2].end, all[at].end);
		return;
	}
	unit->file->left++;
	diagnose(driver->diagnostics, unit->source, all[at].start, SEVERITY_WARNING, "pfn-flag",
		 "%.*s is gone in %s, and stays in this arm of an #if, which is not read; take it "
		 "out by hand",
		 (int)(all[at].end - all[at].start), text + all[at].start,
		 locked ? "5.16" : "5.4");
}

void plan_pfn_flags(struct driver *driver)
{
	for (size_t u = 0; u < driver->program.unit_count; u++) {
		struct unit *unit = &driver->program.units[u];

		for (uint32_t i = 4; i < unit->syntax.code.count; i++)
			if (goes(driver, unit, i))
				plan_flag(driver, unit, i);
		for (size_t i = 0; i < unit->syntax.all.count; i++)
			if (unit->syntax.all.list[i].kind == TOKEN_DIRECTIVE)
				plan_macro_flags(driver, unit, &unit->syntax.all.list[i]);
			else
				plan_unread_flag(driver, unit, i);
	}
}
