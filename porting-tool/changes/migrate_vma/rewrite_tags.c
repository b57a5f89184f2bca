// SPDX-License-Identifier: GPL-2.0-only
/*
 * "struct job;" above a prototype that names the struct before the file declares it: it would be
 * another type in each parameter list.
 */
#include <string.h>

#include "edit/edit.h"
#include "edit/lines.h"
#include "plan.h"

/* Where a file says "struct tag" or "union tag" outside of functions and parameter lists. */
static bool declared_at(const struct syntax *syntax, uint32_t at, const char *tag)
{
	if (!code_is(syntax, at, tag) ||
	    (!code_is(syntax, at - 1, "struct") && !code_is(syntax, at - 1, "union")) ||
	    node_function(node_at(syntax, at)))
		return false;
	for (uint32_t i = node_at(syntax, at)->first; i < at; i++)
		if (code_is(syntax, i, "(") && syntax->match[i] > at)
			return false;
	return true;
}

/* Whether the file declares the struct below a place only; a header may do so out of sight. */
static bool declared_too_late(const struct driver *driver, const struct callback *callback,
			      const struct unit *unit, uint32_t place, const char *tag)
{
	const struct syntax *syntax = &unit->syntax;
	bool late = unit != callback->unit;

	for (uint32_t i = 1; i < syntax->code.count; i++) {
		if (!declared_at(syntax, i, tag))
			continue;
		if (i < place)
			return false;
		late = true;
	}
	for (size_t u = 0; u < driver->program.unit_count; u++) {
		const struct syntax *other = &driver->program.units[u].syntax;

		if (&driver->program.units[u] == unit || !source_is_header(other->source))
			continue;
		for (uint32_t i = 1; i < other->code.count && unit == callback->unit; i++)
			if (declared_at(other, i, tag))
				return false;
	}
	return late;
}

/* What stands after a keyword in the text of a type, or NULL. */
static const char *tag_in(const char *type, const char *keyword)
{
	size_t length = strlen(keyword);

	for (const char *at = type; (at = strstr(at, keyword)); at++)
		if ((at == type || at[-1] == ' ') && at[length] == ' ')
			return at + length + 1;
	return NULL;
}

void want_tag(struct driver *driver, const struct callback *callback, struct unit *unit,
	      uint32_t place)
{
	const char *type = callback->private_type;
	const char *keyword = "struct", *tag;
	struct wanted_tag *list;

	if (callback->form == PRIVATE_VOID || callback->form == PRIVATE_UNUSED)
		return;
	tag = tag_in(type, keyword);
	if (!tag) {
		keyword = "union";
		tag = tag_in(type, keyword);
	}
	if (!tag)
		return;
	tag = arena_printf(driver->arena, "%.*s", (int)strcspn(tag, " *"), tag);
	if (!declared_too_late(driver, callback, unit, place, tag))
		return;
	for (size_t i = 0; i < driver->tag_count; i++)
		if (driver->tags[i].unit == unit && !strcmp(driver->tags[i].tag, tag)) {
			if (place < driver->tags[i].place)
				driver->tags[i].place = place;
			return;
		}
	list = arena_alloc(driver->arena, (driver->tag_count + 1) * sizeof(*list));
	if (driver->tag_count)
		memcpy(list, driver->tags, driver->tag_count * sizeof(*list));
	list[driver->tag_count++] = (struct wanted_tag){ unit, keyword, tag, place };
	driver->tags = list;
}

void plan_tags(struct driver *driver)
{
	for (size_t i = 0; i < driver->tag_count; i++) {
		const struct wanted_tag *wanted = &driver->tags[i];
		const struct syntax *syntax = &wanted->unit->syntax;

		edit_insert(wanted->unit->edits,
			    top_with_comment(syntax, code_start(syntax, wanted->place)),
			    arena_printf(driver->arena, "%s %s;\n\n", wanted->keyword,
					 wanted->tag));
	}
}
