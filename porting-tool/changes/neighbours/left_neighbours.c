// SPDX-License-Identifier: GPL-2.0-only
/*
 * Other APIs in the files of a driver that the target no longer has.
 *
 * A driver that calls migrate_vma() is old enough to use more that is gone.  None of that is
 * ported, but none of it is passed over in silence.
 */
#include <limits.h>
#include <string.h>

#include "analyse/preprocess.h"
#include "changes/change.h"
#include "analyse/dated_use.h"
#include "edit/edit.h"

/* A page of the device that the driver takes a reference on: one too many since 5.18. */
static void report_page_setup(struct driver *driver, struct unit *unit, uint32_t at)
{
	const struct syntax *syntax = &unit->syntax;
	const struct release *target = driver->target;
	struct call got, locked;
	struct node *node = node_at(syntax, at);
	struct node *other;

	if (!call_parse(syntax, at, &got) || got.count != 1 || node->kind != NODE_EXPRESSION)
		return;
	for (int side = 0; side < 2; side++) {
		other = side ? node->previous : node->next;
		if (!other || !code_is(syntax, other->first, "lock_page") ||
		    !call_parse(syntax, other->first, &locked) || locked.count != 1 ||
		    strcmp(code_line(syntax, got.arguments[0].first, got.arguments[0].last),
			   code_line(syntax, locked.arguments[0].first, locked.arguments[0].last)))
			continue;
		if (preprocess_left_out(syntax, code_start(syntax, at)))
			return;
		driver_warn(
			driver, unit, at, "neighbour", "if this is a page of the device: %s",
			target->number >= SINCE_PAGE_INIT_PAGEMAP
				? "since 6.1 zone_device_page_init() takes the place of "
				  "get_page() and "
				  "lock_page(), and since 6.19 it is zone_device_page_init(page, "
				  "pgmap, 0)"
			: target->number >= SINCE_PAGE_INIT
				? "since 6.1 zone_device_page_init(page) takes the place of "
				  "get_page() and "
				  "lock_page()"
				: "since 5.18 a free page has a reference already, so get_page() "
				  "goes and "
				  "lock_page() stays");
		return;
	}
}

bool is_neighbour(const struct program *program, const struct unit *unit, uint32_t token)
{
	struct dated_name name;

	return dated_use_at(program, unit, token, INT_MAX - 1, &name) && name.port != PORTED;
}

/* What the target does not have any more, and the port does not take care of. */
static void report_neighbour(struct driver *driver, struct unit *unit, uint32_t token)
{
	struct dated_name name;

	if (!dated_use_at(&driver->program, unit, token, driver->target->number, &name) ||
	    name.port == PORTED ||
	    driver->target->number < name.until ||
	    preprocess_left_out(&unit->syntax, code_start(&unit->syntax, token)) ||
	    (unit->file->result && edits_cover(unit->edits, code_start(&unit->syntax, token))))
		return;
	driver_warn(driver, unit, token, "neighbour", "%s%s is gone since %d.%d and is not ported: %s",
		    name.name, name.form, name.until / 1000, name.until % 1000, name.instead);
}

/* A driver in three steps is not this report's business: `migrate-vma check` looks at it. */
static bool is_callback_driver(const struct driver *driver)
{
	for (size_t u = 0; u < driver->program.unit_count; u++)
		if (driver->program.units[u].file->uses)
			return true;
	return driver->ops_count > 0;
}

/* What was ported is of no use where nobody compiles it. */
static void report_version_guards(struct driver *driver)
{
	const struct token *last = NULL;

	for (size_t i = 0; i < driver->site_count; i++) {
		struct unit *unit = driver->sites[i]->unit;
		const struct token *guard =
			preprocess_left_out(&unit->syntax,
					    code_start(&unit->syntax, driver->sites[i]->call.name));

		if (!guard || guard == last)
			continue;
		last = guard;
		unit->file->left++;
		diagnose(driver->diagnostics, unit->source, guard->start, SEVERITY_WARNING,
			 "version-guard",
			 "this keeps the call of migrate_vma() below it out of %s, so nobody "
			 "compiles what was ported; change or remove the guard",
			 driver->target->name);
	}
}

static void report_neighbours(struct driver *driver)
{
	if (!is_callback_driver(driver))
		return;
	if (!driver->blocked)
		report_version_guards(driver);
	for (size_t u = 0; u < driver->program.unit_count; u++) {
		struct unit *unit = &driver->program.units[u];
		const struct syntax *syntax = &unit->syntax;

		for (uint32_t i = 1; i < syntax->code.count; i++) {
			if (syntax->code.list[i].kind != TOKEN_IDENTIFIER)
				continue;
			if (driver->target->number >= SINCE_PAGE_HAS_REFERENCE &&
			    code_is(syntax, i, "get_page") &&
			    !(unit->file->result && edits_cover(unit->edits, code_start(syntax, i))))
				report_page_setup(driver, unit, i);
			report_neighbour(driver, unit, i);
		}
	}
}

const struct change change_neighbours = { .left = report_neighbours };
