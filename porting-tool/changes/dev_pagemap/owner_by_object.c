// SPDX-License-Identifier: GPL-2.0-only
/*
 * Calls through a pointer that go both ways, for the releases that take one way at a time.
 */
#include <string.h>

#include "directions.h"
#include "owner.h"

/* Whether "&name" or "&name.member" means the same where the function for an object stands. */
static bool known_at(const struct driver *driver, const struct ops_object *ops,
		     const struct unit *unit, const char *owner)
{
	const struct syntax *syntax = &ops->unit->syntax;
	struct declarator declarator;
	struct node *declaration;
	const char *name;

	if (owner[0] != '&')
		return false;
	name = arena_copy(driver->arena, owner + 1, strcspn(owner + 1, ".[-( "));
	/* A new name is declared in front of all functions. */
	if (!driver_name_taken(driver, name))
		return ops->unit == unit || has_header(driver);
	return strcspn(owner + 1, "-[(") == strlen(owner + 1) &&
	       local_find(syntax, ops->declaration->first, name, &declarator, &declaration) &&
	       !node_function(declaration);
}

bool objects_in_file(const struct driver *driver, const struct site *site)
{
	if (!driver->target->owner_only_to_ram || site->ops ||
	    site->direction != (DIRECTION_TO_DEVICE | DIRECTION_TO_RAM))
		return true;
	for (size_t i = 0; i < driver->ops_count; i++)
		if (driver->ops[i]->unit != site->unit && site_may_use(site, driver->ops[i]))
			return false;
	return true;
}

bool owner_by_object(struct driver *driver, struct site *site)
{
	if (site->ops || !site->owner)
		return false;
	for (size_t i = 0; i < driver->ops_count; i++) {
		const struct ops_object *ops = driver->ops[i];

		if (!site_may_use(site, ops))
			continue;
		switch (object_direction(driver, ops)) {
		case DIRECTION_TO_DEVICE:
			break;
		case DIRECTION_TO_RAM:
			if (known_at(driver, ops, site->unit, site->owner))
				break;
			return false;
		default:
			return false;
		}
	}
	for (size_t i = 0; i < driver->ops_count; i++)
		if (site_may_use(site, driver->ops[i]) &&
		    object_direction(driver, driver->ops[i]) == DIRECTION_TO_RAM)
			driver->ops[i]->owner = site->owner;
	site->direction = DIRECTION_TO_DEVICE;
	site->owner = NULL;
	return true;
}
