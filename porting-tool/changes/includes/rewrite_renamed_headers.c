// SPDX-License-Identifier: GPL-2.0-only
/*
 * Headers that have another name.
 */
#include <string.h>

#include "analyse/preprocess.h"
#include "changes/change.h"
#include "edit/edit.h"
#include "renamed_headers.h"

static const struct {
	const char *old, *new;
	int since;
} renamed[] = {
	{ "<asm/unaligned.h>", "<linux/unaligned.h>", SINCE_UNALIGNED_FOR_ALL },
};

/* "#include <asm/name.h>": where the name begins, or NULL. */
static const char *name_in(const struct unit *unit, const struct token *token, const char *name)
{
	const char *at = unit->source->text + token->start + 1;

	at += strspn(at, " \t");
	if (token->kind != TOKEN_DIRECTIVE || strncmp(at, "include", 7))
		return NULL;
	at += 7;
	at += strspn(at, " \t");
	return strncmp(at, name, strlen(name)) ? NULL : at;
}

static void rename_in(const struct unit *unit, const char *old, const char *new)
{
	for (size_t i = 0; i < unit->syntax.all.count; i++) {
		const struct token *token = &unit->syntax.all.list[i];
		const char *name = name_in(unit, token, old);
		uint32_t start;

		if (!name || preprocess_undecided(&unit->syntax, token->start) ||
		    preprocess_left_out(&unit->syntax, token->start))
			continue;
		start = (uint32_t)(name - unit->source->text);
		edit_replace(unit->edits, start, start + (uint32_t)strlen(old), new);
	}
}

void rewrite_renamed_headers(struct driver *driver)
{
	for (size_t r = 0; r < sizeof(renamed) / sizeof(*renamed); r++)
		for (size_t u = 0; driver->target->number >= renamed[r].since &&
				   u < driver->program.unit_count; u++)
			rename_in(&driver->program.units[u], renamed[r].old, renamed[r].new);
}
