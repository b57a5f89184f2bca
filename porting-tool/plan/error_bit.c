// SPDX-License-Identifier: GPL-2.0-only
/*
 * A bit of the driver's own in the place of MIGRATE_PFN_ERROR.
 */
#include <ctype.h>
#include <string.h>

#include "../edit/lines.h"
#include "plan.h"

#define FLAG "MIGRATE_PFN_ERROR"

bool error_in_macros(const struct driver *driver)
{
	for (size_t u = 0; u < driver->unit_count; u++) {
		uint32_t offset = 0;

		if (macro_next(&driver->units[u], FLAG, &offset))
			return true;
	}
	return false;
}

/* FOO_PFN_ERROR for foo.c */
static const char *bit_name(const struct driver *driver, const struct unit *unit)
{
	char *stem = driver_stem(driver, unit);
	const char *name;

	for (char *c = stem; *c; c++)
		*c = toupper((unsigned char)*c);
	name = arena_printf(driver->arena, "%s_PFN_ERROR", stem);
	for (int i = 2; driver_name_taken(driver, name); i++)
		name = arena_printf(driver->arena, "%s_PFN_ERROR%d", stem, i);
	return name;
}

/* Behind the last #include, else at the top of the file's code. */
static uint32_t definitions_place(const struct unit *unit)
{
	const struct syntax *syntax = &unit->syntax;
	const struct source *source = unit->source;
	uint32_t at = 0;

	for (size_t i = 0; i < syntax->all.count; i++) {
		const struct token *token = &syntax->all.list[i];
		const char *text = source->text + token->start + 1;

		if (token->kind == TOKEN_DIRECTIVE &&
		    !strncmp(text + strspn(text, " \t"), "include", 7))
			at = source_line_next(source, source_line(source, token->end));
	}
	/* Not in the middle of an #if around includes: behind its #endif. */
	for (size_t i = 0; i < unit->conditional_count; i++) {
		const struct conditional *group = &unit->conditionals[i];
		const struct token *all = syntax->all.list;

		if (group->guard || group->endif >= syntax->all.count || group->parent >= 0)
			continue;
		if (all[group->arms[0].directive].start < at && all[group->endif].start >= at &&
		    source_line(source, all[group->endif].start) - source_line(source, at) < 3)
			at = source_line_next(source, source_line(source, all[group->endif].end));
	}
	return at;
}

/* The bit of a file, defined where it is first needed. */
static const char *define_bit(struct driver *driver, struct unit *unit)
{
	const char *name = bit_name(driver, unit);

	edit_insert(&unit->edits, definitions_place(unit),
		    arena_printf(driver->arena,
				 "\n/*\n * Marks a dst entry whose page was lost.  The core takes the "
				 "entry as empty, because\n * MIGRATE_PFN_VALID is not set.\n */\n"
				 "#define %s\t(1UL << (BITS_PER_LONG - 1))\n",
				 name));
	return name;
}

/* In the text of a macro the bit can stand for what it stands for in the code. */
void error_bit_macros(struct driver *driver, const char **names)
{
	for (size_t u = 0; u < driver->unit_count; u++) {
		struct unit *unit = &driver->units[u];
		uint32_t offset = 0;

		for (; macro_next(unit, FLAG, &offset); offset += strlen(FLAG)) {
			if (!names[u])
				names[u] = define_bit(driver, unit);
			edit_replace(&unit->edits, offset, offset + strlen(FLAG), names[u]);
		}
	}
}

void error_bit(struct driver *driver, const struct error_part *part, const char **names)
{
	error_tell_nothing(driver, part);
	for (size_t u = 0; u < driver->unit_count; u++) {
		struct unit *unit = &driver->units[u];

		for (uint32_t i = 0; i < unit->syntax.code.count; i++) {
			if (!error_flag_at(driver, part, unit, i))
				continue;
			if (!names[u])
				names[u] = define_bit(driver, unit);
			edit_replace(&unit->edits, code_start(&unit->syntax, i),
				     code_end(&unit->syntax, i), names[u]);
		}
	}
}
