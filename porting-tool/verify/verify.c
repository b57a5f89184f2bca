// SPDX-License-Identifier: GPL-2.0-only
#include "edit/edit.h"
#include "verify.h"
#include "expansion.h"
#include "nesting.h"
#include "changes/migrate_vma/two_apis.h"

#include <string.h>

static bool fail(struct driver *driver, const struct unit *unit, const char *what)
{
	diagnose_file(
		driver->diagnostics, unit->source->path, SEVERITY_ERROR, "self-check",
		"the port did not pass the tool's check of its own work (%s), so the files stay "
		"as they are; this is a defect of migrate-vma, please report it",
		what);
	return false;
}

/* Names that no ported file has in its code any more. */
static bool no_old_names(struct driver *driver, const struct unit *unit,
			 const struct syntax *result)
{
	static const char *const names[] = { "migrate_vma_ops", "MIGRATE_PFN_ERROR",
					     "MIGRATE_PFN_DEVICE", "CONFIG_MIGRATE_VMA_HELPER" };
	bool local = program_function(&driver->program, unit, "migrate_vma") != NULL;

	for (uint32_t i = 1; i < result->code.count; i++) {
		if (!local && code_is(result, i, "migrate_vma") && code_is(result, i + 1, "(") &&
		    !is_member_name(result, i) && node_function(node_at(result, i)))
			return fail(driver, unit, "migrate_vma() is still called");
		for (size_t n = 0; n < sizeof(names) / sizeof(*names); n++)
			if (code_is(result, i, names[n]))
				return fail(driver, unit,
					    arena_printf(driver->arena, "%s is left", names[n]));
		if (!driver->target->pfn_locked && code_is(result, i, "MIGRATE_PFN_LOCKED"))
			return fail(driver, unit, "MIGRATE_PFN_LOCKED is left");
	}
	return true;
}

/* The same for the arms of #if that are not read, but for those that no compiler sees. */
static bool no_old_ops_unread(struct driver *driver, const struct unit *unit,
			      const struct syntax *result)
{
	for (size_t g = 0; g < result->conditional_count; g++)
		for (size_t a = 0; a < result->conditionals[g].arm_count; a++) {
			const struct conditional_arm *arm = &result->conditionals[g].arms[a];

			for (size_t i = arm->first; i < arm->last && !arm->zero; i++)
				if (token_is(result->source->text, &result->all.list[i],
					     "migrate_vma_ops"))
					return fail(driver, unit,
						    "migrate_vma_ops is left under an #if");
		}
	return true;
}

static size_t unknown(const struct syntax *syntax)
{
	size_t count = 0;

	for (struct node *node = syntax->file; node; node = node_after(node, syntax->file))
		count += node->kind == NODE_UNKNOWN;
	return count;
}

/* Every byte that no change covers stands in the new text, in its order. */
static bool rest_is_untouched(const struct unit *unit)
{
	const struct edits *edits = unit->edits;
	const char *old = unit->source->text, *new = unit->file->result;
	size_t at = 0, seen = 0;

	for (size_t i = 0; i <= edits->count; i++) {
		size_t until = i < edits->count ? edits->list[i].start : unit->source->size;
		size_t length = until - at;
		const char *found;

		if (length) {
			found = memmem(new + seen, unit->file->result_size - seen, old + at,
				       length);
			if (!found)
				return false;
			seen = found - new + length;
		}
		if (i < edits->count)
			at = edits->list[i].end;
	}
	return true;
}

/* Blanks before a line's end that the old text did not have there. */
static bool no_new_trailing_space(const struct unit *unit)
{
	const struct edits *edits = unit->edits;

	for (size_t i = 0; i < edits->count; i++)
		for (const char *c = edits->list[i].text; *c; c++)
			if ((*c == ' ' || *c == '\t') && c[1] == '\n')
				return false;
	return true;
}

void parse_result(const struct driver *driver, struct syntax *syntax, const struct source *source)
{
	syntax_lex(syntax, source, driver->arena);
	two_apis_choose(driver->program.preprocess, syntax, false);
	syntax_build(syntax);
}

static bool verify_unit(struct driver *driver, struct unit *unit, const struct clang_setup *setup)
{
	struct source source;
	struct syntax syntax;
	bool good;

	if (source_set(&source, unit->source->path, unit->file->result, unit->file->result_size) !=
	    SOURCE_OK)
		return fail(driver, unit, "the result is not text");
	parse_result(driver, &syntax, &source);
	good = no_old_names(driver, unit, &syntax) && no_old_ops_unread(driver, unit, &syntax);
	if (good && unmatched_bracket(&syntax) < syntax.code.count)
		good = fail(driver, unit, "a bracket has lost its partner");
	if (good && unknown(&syntax) > unknown(&unit->syntax))
		good = fail(driver, unit, "a statement is not understood any more");
	if (good && !rest_is_untouched(unit))
		good = fail(driver, unit, "text outside the changes differs");
	if (good && !no_new_trailing_space(unit))
		good = fail(driver, unit, "white space at the end of a line");
	if (good)
		good = verify_compile(driver, unit, &syntax, setup);
	syntax_release(&syntax);
	source_release(&source);
	return good;
}

static bool cannot_be_read(struct driver *driver, struct place place, const char *what)
{
	diagnose(driver->diagnostics, place.unit->source,
		 code_start(&place.unit->syntax, place.token), SEVERITY_ERROR, "not-understood",
		 "%s, so the result cannot be checked and the files stay as they are", what);
	return false;
}

bool verify(struct driver *driver, const struct clang_setup *setup)
{
	struct place place;

	if (too_long_use(&driver->program, &place))
		return cannot_be_read(driver, place, "the macros here stand for millions of words, "
				      "which no compiler should be given");
	if (too_deep(&driver->program, &place))
		return cannot_be_read(driver, place, "this statement nests too deep for libclang");
	for (size_t i = 0; i < driver->program.unit_count; i++)
		if (driver->program.units[i].file->result && !verify_unit(driver, &driver->program.units[i], setup))
			return false;
	return true;
}
