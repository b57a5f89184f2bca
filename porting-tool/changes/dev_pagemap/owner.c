// SPDX-License-Identifier: GPL-2.0-only
#include "owner.h"

#include <string.h>

#include "edit/lines.h"

/* Where a pagemap becomes one of device private memory. */
struct setup {
	struct unit *unit;
	struct node *statement;
	uint32_t type;
	uint32_t base;
};

const char *site_comment(const struct site *site)
{
	const struct syntax *syntax = &site->unit->syntax;
	const struct source *source = site->unit->source;
	uint32_t end = code_end(syntax, site->call.close);
	uint32_t start = code_start(syntax, site->statement->first);
	char *text = NULL;

	for (size_t i = syntax->all.count; i-- > 0;) {
		const struct token *token = &syntax->all.list[i];

		if (token->start >= end || token->kind != TOKEN_COMMENT)
			continue;
		/* Above the statement only when nothing but white space is between. */
		if (token->end <= start) {
			if (strspn(source->text + token->end, " \t\r\n") < start - token->end)
				break;
			start = token->start;
		}
		text = arena_printf(syntax->arena, "%.*s %s", (int)(token->end - token->start),
				    source->text + token->start, text ? text : "");
	}
	return text;
}

const char *comment_word(const struct site *site, const char *key)
{
	const char *comment = site_comment(site);
	const char *word = comment ? strstr(comment, key) : NULL;

	if (!word || !strstr(comment, "migrate-vma:"))
		return NULL;
	word += strlen(key);
	return arena_copy(site->unit->syntax.arena, word, strcspn(word, " \t\r\n,*"));
}

/* Whether a dot begins a member of an initialiser: { .type = x, ... } */
static bool is_initialiser(const struct syntax *syntax, uint32_t dot)
{
	return node_at(syntax, dot)->kind == NODE_DECLARATION && code_is(syntax, dot, ".") &&
	       (code_is(syntax, dot - 1, "{") || code_is(syntax, dot - 1, ","));
}

/* "X.type = MEMORY_DEVICE_PRIVATE;" or the same as a member of an initialiser. */
static size_t find_setups(struct driver *driver, struct setup *setups, size_t room)
{
	size_t count = 0;

	for (size_t u = 0; u < driver->program.unit_count; u++) {
		struct unit *unit = &driver->program.units[u];
		const struct syntax *syntax = &unit->syntax;

		for (uint32_t i = 3; i < syntax->code.count && count < room; i++) {
			struct node *node;

			if (!code_is(syntax, i, "MEMORY_DEVICE_PRIVATE") ||
			    !code_is(syntax, i - 1, "=") || !code_is(syntax, i - 2, "type") ||
			    !is_member_name(syntax, i - 2))
				continue;
			node = node_at(syntax, i);
			if (node->kind == NODE_EXPRESSION || is_initialiser(syntax, i - 3))
				setups[count++] = (struct setup){ unit, node, i, node->first };
		}
	}
	return count;
}

static bool begins_line(const struct syntax *syntax, uint32_t token)
{
	return token == 0 ||
	       source_line(syntax->source, code_start(syntax, token)) !=
		       source_line(syntax->source, code_end(syntax, token - 1));
}

/* Sets the owner beside the type, in the form the type is set in. */
static void set_owner(const struct setup *setup, const char *owner)
{
	const struct syntax *syntax = &setup->unit->syntax;
	uint32_t type = setup->type - 2;
	const char *indent = indent_at(
		syntax,
		code_start(syntax, setup->statement->kind == NODE_EXPRESSION ? setup->base : type));
	uint32_t after = setup->type;

	if (setup->statement->kind == NODE_EXPRESSION) {
		const char *base = code_line(syntax, setup->base, type - 1);

		edit_insert(setup->unit->edits, code_end(syntax, setup->statement->last),
			    arena_printf(syntax->arena, "\n%s%sowner = %s;", indent, base, owner));
		return;
	}
	if (!begins_line(syntax, type - 1)) {
		/* { .type = x } on one line. */
		edit_insert(setup->unit->edits, code_end(syntax, after),
			    arena_printf(syntax->arena, ", .owner = %s", owner));
		return;
	}
	if (code_is(syntax, after + 1, ",")) {
		const char *text = syntax->source->text;
		uint32_t name_end = code_end(syntax, type), equals = code_start(syntax, type + 1);
		const char *gap = arena_copy(syntax->arena, text + name_end, equals - name_end);

		edit_insert(setup->unit->edits, code_end(syntax, after + 1),
			    arena_printf(syntax->arena, "\n%s.owner%s= %s,", indent, gap, owner));
	} else {
		edit_insert(setup->unit->edits, code_end(syntax, after),
			    arena_printf(syntax->arena, ",\n%s.owner = %s", indent, owner));
	}
}

/* An object at file scope that the pagemap is part of: its address is an owner. */
static const char *object_owner(const struct driver *driver, const struct setup *setup)
{
	const struct syntax *syntax = &setup->unit->syntax;
	const char *name = code_text(syntax, setup->base, setup->base);

	if (setup->statement->kind != NODE_EXPRESSION || !code_is(syntax, setup->base + 1, "."))
		return NULL;
	for (size_t i = 0; i < driver->site_count; i++) {
		if (!owner_nameable(driver, setup->unit, setup->base, driver->sites[i]))
			return NULL;
	}
	return arena_printf(driver->arena, "&%s", name);
}

/* A new object whose address is the owner, before the first function. */
static const char *tag_owner(struct driver *driver, struct unit *unit, bool shared)
{
	const struct syntax *syntax = &unit->syntax;
	const char *name;
	struct node *node = syntax->file->child;
	uint32_t at;

	name = arena_printf(driver->arena, "%s_pgmap_owner", driver_stem(driver, unit));
	for (int number = 2; driver_name_taken(driver, name); number++)
		name = arena_printf(driver->arena, "%s_pgmap_owner%d", driver_stem(driver, unit),
				    number);
	while (node && node->kind != NODE_FUNCTION)
		node = node->next;
	if (!node)
		return NULL;
	at = top_with_comment(syntax, code_start(syntax, node->first));
	edit_insert(
		unit->edits, at,
		arena_printf(
			driver->arena,
			"/* Only its address counts: it marks the device memory as this driver's. "
			"*/\n"
			"%schar %s;\n\n",
			shared ? "" : "static ", name));
	return arena_printf(driver->arena, "&%s", name);
}

static bool all_sites_in(const struct driver *driver, const struct unit *unit)
{
	for (size_t i = 0; i < driver->site_count; i++)
		if (driver->sites[i]->unit != unit)
			return false;
	return true;
}

/* The owner of the page that faulted is the right one by definition. */
static const char *fault_owner(const struct driver *driver, const struct site *site)
{
	/* A parameter of that name is NULL where no fault is handled. */
	if (!site->fault_page || !(site->direction & DIRECTION_TO_RAM) ||
	    !strcmp(site->fault_page, "fault_page"))
		return NULL;
	if (driver->target->number >= SINCE_PAGE_PGMAP)
		return arena_printf(driver->arena, "page_pgmap(%s)->owner", site->fault_page);
	if (site->fault_page[0] == '(')
		return arena_printf(driver->arena, "%s->pgmap->owner",
				    strchr(site->fault_page, ')') + 1);
	return arena_printf(driver->arena, "%s->pgmap->owner", site->fault_page);
}

/* A call that takes device memory back and has nowhere else to learn the owner from. */
static struct site *needs_owner(const struct driver *driver)
{
	for (size_t i = 0; i < driver->site_count; i++) {
		struct site *site = driver->sites[i];

		if ((site->direction & DIRECTION_TO_RAM) && !fault_owner(driver, site) &&
		    !comment_word(site, "owner="))
			return site;
	}
	return NULL;
}

/* The #endif of the include guard around a header, or NULL. */
static const struct token *guard_end(const struct unit *unit)
{
	for (size_t i = 0; i < unit->syntax.conditional_count; i++)
		if (unit->syntax.conditionals[i].guard)
			return &unit->syntax.all.list[unit->syntax.conditionals[i].endif];
	return NULL;
}

/* Declares the new object for the other files of the driver, at the end of a header. */
static bool declare_tag(struct driver *driver, const char *owner)
{
	for (size_t u = 0; u < driver->program.unit_count; u++) {
		struct unit *unit = &driver->program.units[u];
		const struct token *end = source_is_header(unit->source) ? guard_end(unit) : NULL;
		struct node *last = unit->syntax.file->child;

		if (!source_is_header(unit->source) || !last)
			continue;
		while (last->next)
			last = last->next;
		if (end) {
			uint32_t top = line_top(unit->source, end->start);
			size_t line = source_line(unit->source, top);
			bool blank = line > 0 && line_is_blank(unit->source, line - 1);

			edit_insert(unit->edits, top,
				    arena_printf(driver->arena, "%sextern char %s;\n\n",
						 blank ? "" : "\n", owner + 1));
		} else {
			edit_insert(unit->edits, end_of_statement(&unit->syntax, last->last),
				    arena_printf(driver->arena, "\n\nextern char %s;", owner + 1));
		}
		return true;
	}
	return false;
}

bool has_header(const struct driver *driver)
{
	for (size_t u = 0; u < driver->program.unit_count; u++)
		if (source_is_header(driver->program.units[u].source) && driver->program.units[u].syntax.file->child)
			return true;
	return false;
}

/*
 * Chooses an owner for a driver that has none yet.  Sets *where to the only file that can name it,
 * or to NULL when all can.  Returns NULL when no pagemap is in sight and no call needs one.
 */
static const char *new_owner(struct driver *driver, struct unit **where)
{
	struct setup setups[16];
	size_t count = find_setups(driver, setups, sizeof(setups) / sizeof(*setups));
	struct site *needy = needs_owner(driver);
	const char *owner = NULL;
	bool one_file;

	*where = NULL;
	if (!count) {
		if (!needy || !all_sites_in(driver, needy->unit))
			return NULL;
		owner = tag_owner(driver, needy->unit, true);
		if (owner)
			driver_warn(
				driver, needy->unit, needy->call.name, "owner-unknown",
				"no dev_pagemap was found in the files given: where yours is set "
				"up, set its owner to %s, which this call names",
				owner);
		return owner;
	}
	one_file = all_sites_in(driver, setups[0].unit);
	for (size_t i = 0; i < count; i++)
		one_file = one_file && setups[i].unit == setups[0].unit;
	if (count == 1)
		owner = object_owner(driver, &setups[0]);
	if (!owner) {
		bool shared = !one_file && has_header(driver);

		owner = tag_owner(driver, setups[0].unit, shared);
		if (owner && shared)
			declare_tag(driver, owner);
		else if (!one_file)
			*where = setups[0].unit;
	}
	for (size_t i = 0; owner && i < count; i++)
		if (!*where || setups[i].unit == *where)
			set_owner(&setups[i], owner);
	return owner;
}

static void report_unknown(struct driver *driver, struct site *site, bool *said)
{
	bool several = several_owners(driver);

	if (site->direction & DIRECTION_TO_RAM)
		driver_block(driver, site->unit, site->call.name, "owner-unknown",
			     "this call takes back device memory, and since 5.7 has to name its "
			     "owner: %s, in a comment above: /* migrate-vma: owner=NAME */",
			     several ? "the driver sets several, so say which this one is"
			     : has_owner(driver) ? "say what the dev_pagemap's owner is called here"
						 : "give the file that sets up the dev_pagemap as "
						   "well, or say it");
	else if (several || !*said)
		diagnose(driver->diagnostics, site->unit->source,
			 code_start(&site->unit->syntax, site->call.name), SEVERITY_NOTE,
			 "owner-unknown",
			 "%s is not set, because %s; with the owner of the driver's dev_pagemap "
			 "its own mmu notifier can tell this migration from others: "
			 "/* migrate-vma: owner=NAME */ above the call",
			 driver->target->owner_member,
			 several ? "the driver sets several owners"
				 : "no dev_pagemap was found in the files given");
	*said = true;
}

void understand_owners(struct driver *driver)
{
	struct unit *where = NULL;
	const char *created = has_owner(driver) ? NULL : new_owner(driver, &where);
	bool said = false;

	for (size_t i = 0; i < driver->site_count; i++) {
		struct site *site = driver->sites[i];

		if (driver->target->owner_only_to_ram && site->direction == DIRECTION_TO_DEVICE)
			continue;
		site->owner = comment_word(site, "owner=");
		if (!site->owner)
			site->owner = created && (!where || site->unit == where)
					      ? created
					      : existing_owner(driver, site);
		if (!site->owner)
			site->owner = fault_owner(driver, site);
		if (!site->owner)
			site->owner = owner_of_type(driver, site);
		if (!site->owner)
			report_unknown(driver, site, &said);
		if (driver->target->owner_only_to_ram &&
		    site->direction == (DIRECTION_TO_DEVICE | DIRECTION_TO_RAM) &&
		    !owner_by_object(driver, site))
			driver_block(driver, site->unit, site->call.name, "direction",
				     "5.7 and 5.8 collect system memory or device memory, not both "
				     "in one call; say which: /* migrate-vma: to-device */ or "
				     "/* migrate-vma: to-ram */ above the call, or port to 5.9");
	}
}
