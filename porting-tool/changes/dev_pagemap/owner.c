// SPDX-License-Identifier: GPL-2.0-only
#include "owner.h"

#include <string.h>

#include "analyse/symbols.h"
#include "setup.h"

const char *site_comment(const struct site *site)
{
	const struct syntax *syntax = &site->unit->syntax;
	const struct source *source = site->unit->source;
	uint32_t end = code_end(syntax, site->call.close);
	uint32_t start = code_start(syntax, site->statement->first);
	char *text = NULL;

	for (size_t i = tokens_behind(&syntax->all, end); i-- > 0;) {
		const struct token *token = &syntax->all.list[i];

		if (token->kind != TOKEN_COMMENT && token->end <= start)
			break;
		if (token->kind != TOKEN_COMMENT)
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

/* What is known about one part of a driver, whose files share their dev_pagemaps. */
struct part {
	const struct setup *first;
	const struct site *other_file;
	size_t setup_count;
	size_t unknown_count;
	size_t index;
};

/* Whether a call is about the dev_pagemaps of a part: one of another has none of its own. */
static bool is_of_part(const struct driver *driver, const struct site *site,
		       const struct part *part)
{
	const struct setups *setups = driver->owners->setups;
	size_t own = setup_part(driver, setups, site->unit);

	if (own == part->index)
		return true;
	for (size_t i = 0; i < setups->count; i++)
		if (setups->list[i].part != part->index)
			return false;
	return true;
}

/* An object at file scope that the only dev_pagemap is part of: its address is an owner. */
static const char *object_owner(const struct driver *driver, const struct part *part)
{
	const struct setup *setup = part->first;
	const struct syntax *syntax = &setup->unit->syntax;

	if (part->setup_count != 1 || part->unknown_count || setup->form != SETUP_STATEMENT ||
	    !code_identifier(syntax, setup->base) || !code_is(syntax, setup->base + 1, "."))
		return NULL;
	for (size_t i = 0; i < driver->site_count; i++)
		if (is_of_part(driver, driver->sites[i], part) &&
		    !owner_nameable(driver, setup->unit, setup->base, driver->sites[i]))
			return NULL;
	return arena_printf(driver->arena, "&%s", code_text(syntax, setup->base, setup->base));
}

static bool tag_name_taken(const struct driver *driver, const char *name)
{
	for (size_t i = 0; i < driver->owners->tag_count; i++)
		if (!strcmp(driver->owners->tags[i].name, name))
			return true;
	return driver_name_taken(driver, name);
}

static struct unit *header_with_code(const struct driver *driver)
{
	for (size_t u = 0; u < driver->program.unit_count; u++) {
		struct unit *unit = &driver->program.units[u];

		if (source_is_header(unit->source) && unit->syntax.file->child)
			return unit;
	}
	return NULL;
}

bool has_header(const struct driver *driver)
{
	return header_with_code(driver);
}

/* In front of the first function, and of the first dev_pagemap that is initialised. */
static const struct node *tag_place(const struct driver *driver, const struct unit *unit)
{
	const struct setups *setups = driver->owners->setups;
	const struct node *node = unit->syntax.file->child;

	while (node && node->kind != NODE_FUNCTION)
		node = node->next;
	for (size_t i = 0; i < setups->count; i++) {
		const struct setup *setup = &setups->list[i];

		if (setup->unit == unit && setup->form == SETUP_DESIGNATED &&
		    !node_function(setup->statement) &&
		    (!node || setup->statement->first < node->first))
			node = setup->statement;
	}
	return node;
}

/* A new object whose address is the owner. */
static const char *tag_owner(struct driver *driver, struct unit *unit, bool exported)
{
	struct owners *owners = driver->owners;
	struct owner_tag *tag = &owners->tags[owners->tag_count];
	const char *stem = driver_stem(driver, unit);

	tag->before = tag_place(driver, unit);
	if (!tag->before)
		return NULL;
	tag->name = arena_printf(driver->arena, "%s_pgmap_owner", stem);
	for (int number = 2; tag_name_taken(driver, tag->name); number++)
		tag->name = arena_printf(driver->arena, "%s_pgmap_owner%d", stem, number);
	tag->unit = unit;
	tag->exported = exported;
	owners->tag_count++;
	return arena_printf(driver->arena, "&%s", tag->name);
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

/* A call that takes device memory back. */
static struct site *takes_back(const struct driver *driver)
{
	for (size_t i = 0; i < driver->site_count; i++)
		if (driver->sites[i]->direction & DIRECTION_TO_RAM)
			return driver->sites[i];
	return NULL;
}

/* One that has nowhere else to learn the owner from. */
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

/* No file given sets up a dev_pagemap: the owner of one elsewhere is asked for. */
static void ask_for_pagemap(struct driver *driver)
{
	struct site *site = needs_owner(driver);
	const char *owner = NULL;

	for (size_t i = 0; site && i < driver->site_count; i++)
		if (driver->sites[i]->unit != site->unit)
			return;
	if (site)
		owner = tag_owner(driver, site->unit, true);
	if (!site)
		site = takes_back(driver);
	/* Named, but only where nothing is read: in an arm of an #if, for example. */
	if (!site && symbol_find(&driver->program, "MEMORY_DEVICE_PRIVATE"))
		site = driver->sites[0];
	if (owner)
		driver_warn(driver, site->unit, site->call.name, "owner-unknown",
			    "no dev_pagemap was found in the files given: where yours is set up, set "
			    "its owner to %s, which this call names", owner);
	else if (site && !comment_word(site, "owner=") &&
		 !symbol_find(&driver->program, "hmm_devmem_add"))
		driver_warn(driver, site->unit, site->call.name, "owner-unknown",
			    "no dev_pagemap was found in what is read of the files given: since 5.7 "
			    "it needs an owner, so set one where yours is set up, and name it in a "
			    "comment above this call: /* migrate-vma: owner=NAME */");
	for (size_t i = 0; owner && i < driver->site_count; i++)
		driver->sites[i]->owner = owner;
}

static void report_unplaced(struct driver *driver, const struct setup *setup, const char *owner)
{
	const char *how = "in a way that is not understood";

	if (setup->macro)
		how = arena_printf(driver->arena, "in the text of the macro %s", setup->macro);
	driver_warn(driver, setup->unit, setup->type, "owner-unknown",
		    "the type of a dev_pagemap is set here %s: since 5.7 its owner has to be set as "
		    "well, to %s, which the calls name", how, owner);
}

/* Chooses an owner for the dev_pagemaps of a part, and names it in the calls that can. */
static void choose_owner(struct driver *driver, struct part *part)
{
	struct owners *owners = driver->owners;
	struct unit *unit = part->first->unit, *where = NULL;
	const char *owner = object_owner(driver, part);
	bool one_file = true;

	for (size_t i = 0; i < owners->setups->count; i++)
		if (owners->setups->list[i].part == part->index)
			one_file = one_file && owners->setups->list[i].unit == unit;
	for (size_t i = 0; i < driver->site_count; i++)
		if (is_of_part(driver, driver->sites[i], part))
			one_file = one_file && driver->sites[i]->unit == unit &&
				   objects_in_file(driver, driver->sites[i]);
	if (!owner) {
		struct unit *header = one_file ? NULL : header_with_code(driver);

		owner = tag_owner(driver, unit, header);
		if (owner && header)
			owners->tags[owners->tag_count - 1].header = header;
		else if (!one_file)
			where = unit;
	}
	for (size_t i = 0; owner && i < owners->setups->count; i++) {
		struct setup *setup = &owners->setups->list[i];

		if (setup->part != part->index || (where && setup->unit != where))
			continue;
		setup->owner = owner;
		if (setup->form == SETUP_UNKNOWN)
			report_unplaced(driver, setup, owner);
	}
	for (size_t i = 0; owner && i < driver->site_count; i++)
		if (is_of_part(driver, driver->sites[i], part) &&
		    (!where || driver->sites[i]->unit == where))
			driver->sites[i]->owner = owner;
}

static void choose_owners(struct driver *driver)
{
	const struct setups *setups = driver->owners->setups;

	for (size_t u = 0; u < driver->program.unit_count; u++) {
		struct part part = { .index = u };

		for (size_t i = 0; i < setups->count; i++) {
			if (setups->list[i].part != u)
				continue;
			if (!part.first)
				part.first = &setups->list[i];
			part.setup_count++;
			part.unknown_count += setups->list[i].form == SETUP_UNKNOWN;
		}
		if (part.first && !part_has_owner(driver, setups, u))
			choose_owner(driver, &part);
	}
	if (!setups->count && !has_owner(driver))
		ask_for_pagemap(driver);
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

void find_owners(struct driver *driver)
{
	struct owners *owners = arena_alloc(driver->arena, sizeof(*owners));

	driver->owners = owners;
	owners->setups = setups_find(driver);
	owners->tags = arena_alloc(driver->arena, (driver->program.unit_count + 1) *
				   sizeof(*owners->tags));
	choose_owners(driver);
	for (size_t i = 0; i < driver->site_count; i++) {
		struct site *site = driver->sites[i];
		const char *chosen = site->owner;

		site->owner = NULL;
		if (driver->target->owner_only_to_ram && site->direction == DIRECTION_TO_DEVICE)
			continue;
		site->owner = comment_word(site, "owner=");
		if (!site->owner)
			site->owner = chosen ? chosen : existing_owner(driver, site);
		if (!site->owner)
			site->owner = fault_owner(driver, site);
		if (!site->owner)
			site->owner = owner_of_type(driver, site);
	}
}

void understand_owners(struct driver *driver)
{
	bool said = false;

	find_owners(driver);
	for (size_t i = 0; i < driver->site_count; i++) {
		struct site *site = driver->sites[i];

		if (driver->target->owner_only_to_ram && site->direction == DIRECTION_TO_DEVICE)
			continue;
		if (!site->owner)
			report_unknown(driver, site, &said);
		if (driver->target->owner_only_to_ram && site->direction == (DIRECTION_TO_DEVICE | DIRECTION_TO_RAM) &&
		    !owner_by_object(driver, site))
			driver_block(driver, site->unit, site->call.name, "direction",
				     "5.7 and 5.8 collect system memory or device memory, not both "
				     "in one call; say which: /* migrate-vma: to-device */ or "
				     "/* migrate-vma: to-ram */ above the call, or port to 5.9");
	}
}
