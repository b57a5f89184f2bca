// SPDX-License-Identifier: GPL-2.0-only
/*
 * A bit of the driver's own in the place of MIGRATE_PFN_ERROR.
 */
#include <ctype.h>
#include <string.h>

#include "analyse/includes.h"
#include "analyse/symbols.h"
#include "edit/lines.h"
#include "changes/migrate_vma/plan.h"

#define FLAG "MIGRATE_PFN_ERROR"

static const char bit_alone[] =
	"\n/*\n * Marks a dst entry whose page was lost.  The core takes the entry as empty, because\n"
	" * MIGRATE_PFN_VALID is not set.\n */\n"
	"#define %s\t(1UL << (BITS_PER_LONG - 1))\n";

static const char bit_beside[] =
	"\n/*\n * Marks a dst entry, also one with a page: it is the bit below the page's number, which\n"
	" * the core does not read.\n */\n"
	"#define %s\t(1UL << (MIGRATE_PFN_SHIFT - 1))\n";

bool error_in_macros(const struct driver *driver)
{
	const struct reference *use = name_references(&driver->program, FLAG);

	while (use && use->kind != REFERENCE_MACRO)
		use = use->next;
	return use;
}

/* FOO_PFN_ERROR for foo.c */
static const char *bit_name(const struct driver *driver, const struct unit *unit)
{
	char *stem = driver_stem(driver, unit);
	const char *name;

	for (char *c = stem; *c; c++)
		*c = toupper((unsigned char)*c);
	name = arena_printf(driver->arena, "%s_PFN_ERROR", stem);
	/* migrate.c does not make it a flag of the kernel's. */
	if (!strcmp(name, FLAG))
		stem = "DRIVER", name = "DRIVER_PFN_ERROR";
	for (int i = 2; driver_name_taken(driver, name); i++)
		name = arena_printf(driver->arena, "%s_PFN_ERROR%d", stem, i);
	return name;
}

/* Behind the #define that follows the #ifndef of an include guard. */
static uint32_t second_line(const struct unit *unit, size_t directive)
{
	const struct tokens *all = &unit->syntax.all;

	while (++directive < all->count)
		if (all->list[directive].kind == TOKEN_DIRECTIVE)
			return source_line_next(unit->source,
						source_line(unit->source,
							    all->list[directive].end));
	return 0;
}

/* Behind the last #include, else at the top of the file's code. */
static uint32_t definitions_place(const struct unit *unit)
{
	uint32_t at = behind_includes(unit->source, &unit->syntax.all);

	/* A header without an #include: behind the two lines of its guard. */
	for (size_t i = 0; !at && i < unit->syntax.conditional_count; i++)
		if (unit->syntax.conditionals[i].guard)
			at = second_line(unit, unit->syntax.conditionals[i].arms[0].directive);
	return at;
}

/* Whether a file names the flag, in code or in the text of a macro. */
static bool needs_bit(const struct driver *driver, const struct unit *unit)
{
	const struct reference *use = name_references(&driver->program, FLAG);

	while (use && (use->unit != unit || use->kind > REFERENCE_MACRO))
		use = use->next;
	return use;
}

/* The header that all files which name the flag include, when there are several; else @unit. */
static struct unit *defining_unit(const struct driver *driver, struct unit *unit)
{
	for (size_t h = 0; h < driver->program.unit_count; h++) {
		struct unit *header = &driver->program.units[h];
		size_t users = 0;
		bool all = true;

		if (!source_is_header(header->source))
			continue;
		for (size_t u = 0; u < driver->program.unit_count; u++) {
			if (!needs_bit(driver, &driver->program.units[u]))
				continue;
			users++;
			all = all && (u == h || unit_includes(&driver->program.units[u], header));
		}
		if (all && users > 1)
			return header;
	}
	return unit;
}

/* The flag is added to what a word holds: not stored alone, and no mask that is asked for. */
static bool joins_word(const struct syntax *syntax, uint32_t at)
{
	uint32_t open = at;

	if (!code_is(syntax, at - 1, "|") && !code_is(syntax, at - 1, "|=") &&
	    !code_is(syntax, at + 1, "|"))
		return false;
	while (open-- > 0 && !code_is(syntax, open, ";") && !code_is(syntax, open, "{")) {
		if (syntax->match[open] < open)
			open = syntax->match[open];
		else if (code_is(syntax, open, "("))
			return !code_is(syntax, open - 1, "&") && !code_is(syntax, open - 1, "~");
	}
	return true;
}

/* The same for the text of a macro, around an offset. */
static bool joins_in_macro(const struct unit *unit, uint32_t offset)
{
	const char *text = unit->source->text;
	uint32_t behind = offset + strlen(FLAG), before = offset;

	while (before && strchr(" \t\\\n", text[before - 1]))
		before--;
	behind += strspn(text + behind, " \t\\\n");
	return (before && text[before - 1] == '|') || text[behind] == '|';
}

/* Whether the flag is added to a word that may name a page, whose number has to stay. */
static bool joins_some_word(const struct driver *driver)
{
	const struct reference *use = name_references(&driver->program, FLAG);

	for (; use; use = use->next)
		if (use->kind == REFERENCE_MACRO ? joins_in_macro(use->unit, use->offset) :
		    use->kind < REFERENCE_MACRO && joins_word(&use->unit->syntax, use->token))
			return true;
	return false;
}

/* The bit of a file, defined where it is first needed, or for all of them in their header. */
static const char *define_bit(struct driver *driver, struct unit *unit, const char **names)
{
	const char *name;

	unit = defining_unit(driver, unit);
	if (names[unit - driver->program.units])
		return names[unit - driver->program.units];
	name = names[unit - driver->program.units] = bit_name(driver, unit);
	edit_insert(unit->edits, definitions_place(unit),
		    arena_printf(driver->arena, joins_some_word(driver) ? bit_beside : bit_alone,
				 name));
	return name;
}

/* In the text of a macro the bit can stand for what it stands for in the code. */
void error_bit_macros(struct driver *driver, const char **names)
{
	const struct reference *use = name_references(&driver->program, FLAG);

	for (; use; use = use->next) {
		const char **name = &names[use->unit - driver->program.units];

		if (use->kind != REFERENCE_MACRO)
			continue;
		if (!*name)
			*name = define_bit(driver, use->unit, names);
		edit_replace(use->unit->edits, use->offset, use->offset + strlen(FLAG), *name);
	}
}

void error_bit(struct driver *driver, const struct error_part *part, const char **names)
{
	error_tell_nothing(driver, part);
	for (size_t u = 0; u < driver->program.unit_count; u++) {
		struct unit *unit = &driver->program.units[u];

		for (uint32_t i = 0; i < unit->syntax.code.count; i++) {
			if (!error_flag_at(driver, part, unit, i))
				continue;
			if (!names[u])
				names[u] = define_bit(driver, unit, names);
			edit_replace(unit->edits, code_start(&unit->syntax, i),
				     code_end(&unit->syntax, i), names[u]);
		}
	}
}
