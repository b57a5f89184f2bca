// SPDX-License-Identifier: GPL-2.0-only
#include "selections.h"

#include "analyse/includes.h"
#include "analyse/preprocess.h"
#include "analyse/symbols.h"
#include "directions.h"
#include "owner.h"

/* A driver that says it anywhere, or does so for some kernels, is of 5.7 or later. */
static bool says_what_it_selects(const struct driver *driver)
{
	static const char *const names[] = {
		"src_owner", "pgmap_owner", "MIGRATE_VMA_SELECT_SYSTEM",
		"MIGRATE_VMA_SELECT_DEVICE_PRIVATE", "MIGRATE_VMA_SELECT_DEVICE_COHERENT",
	};
	const struct program *program = &driver->program;

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		if (name_references(program, names[i]))
			return true;
		for (size_t u = 0; u < program->unit_count; u++)
			if (header_mentioning(program, &program->units[u], names[i]))
				return true;
	}
	return false;
}

/* The call as one that has an owner; of its arguments nothing is asked. */
static struct site *site_of(struct driver *driver, const struct fault_step *step)
{
	struct site *site = arena_alloc(driver->arena, sizeof(*site));
	struct unit *unit = step->function->unit;

	call_parse(&unit->syntax, step->setup, &site->call);
	site->unit = unit;
	site->statement = node_at(&unit->syntax, step->setup);
	site->function = step->function->node;
	site->fault_page = fault_page_of(driver, step->function);
	site->direction = step_direction(driver, site);
	return site;
}

static void find_steps(struct driver *driver, struct site **sites, struct fault_step *steps,
		       size_t *count)
{
	for (size_t i = 0; i < driver->program.function_count; i++) {
		struct fault_step step = { .function = &driver->program.functions[i] };

		if (!step_find(&driver->program, &step) || !step_has_place(&step) ||
		    preprocess_undecided(&step.function->unit->syntax,
					 code_start(&step.function->unit->syntax, step.setup)))
			continue;
		sites[*count] = site_of(driver, &step);
		steps[(*count)++] = step;
	}
}

/* 5.7 and 5.8 collect one kind of memory in one call, and have no flags to say so. */
static bool can_be_said(const struct driver *driver, const struct site *site)
{
	if (driver->target->flags_member)
		return site->owner || !(site->direction & DIRECTION_TO_RAM);
	return site->owner && site->direction == DIRECTION_TO_RAM;
}

static void say_what_is_left(struct driver *driver, const struct site *site)
{
	if (!site->owner)
		driver_warn(driver, site->unit, site->call.name, "owner-unknown",
			    "this migration may take back device memory, and since 5.7 has to name its "
			    "owner: set %s to what the owner of the dev_pagemap is",
			    driver->target->owner_member);
	else
		driver_warn(driver, site->unit, site->call.name, "direction",
			    "this migration may go both ways, and 5.7 and 5.8 collect device memory "
			    "where %s is set, else system memory: set it to %s on the way back only, "
			    "or port to 5.9", driver->target->owner_member, site->owner);
}

void understand_selections(struct driver *driver)
{
	size_t room = driver->program.function_count, count = 0;
	struct site **sites, **own = driver->sites;
	struct fault_step *steps;

	if (!name_references(&driver->program, "migrate_vma_setup") || says_what_it_selects(driver))
		return;
	sites = arena_alloc(driver->arena, (room + 1) * sizeof(*sites));
	steps = arena_alloc(driver->arena, (room + 1) * sizeof(*steps));
	find_steps(driver, sites, steps, &count);
	if (!count)
		return;
	driver->sites = sites;
	driver->site_count = count;
	find_owners(driver);
	driver->sites = own;
	driver->site_count = 0;
	for (size_t i = count; i-- > 0;) {
		struct selection *selection;

		if (!can_be_said(driver, sites[i])) {
			if (sites[i]->direction & DIRECTION_TO_RAM)
				say_what_is_left(driver, sites[i]);
			continue;
		}
		selection = arena_alloc(driver->arena, sizeof(*selection));
		*selection = (struct selection){ steps[i], sites[i]->direction, sites[i]->owner,
						 driver->selections };
		driver->selections = selection;
	}
}
