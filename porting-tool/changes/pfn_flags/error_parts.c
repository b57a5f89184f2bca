// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which ops objects have to treat MIGRATE_PFN_ERROR alike.
 *
 * The way to the device and the way back are often two worlds in one file: what one of them needs
 * should not decide how the other is written.
 */
#include "changes/migrate_vma/plan.h"

static bool within(const struct node *function, uint32_t at)
{
	return function && at >= function->first && at <= function->last;
}

/* Whether a token is in a callback of an object or in a function that calls with it. */
static bool object_has_token(const struct driver *driver, const struct ops_object *ops,
			     const struct unit *unit, uint32_t at)
{
	for (size_t which = 0; which < 2; which++) {
		const struct callback *callback = ops->callbacks[which];

		if (callback && callback->unit == unit && within(callback->function, at))
			return true;
	}
	for (size_t i = 0; i < driver->site_count; i++) {
		const struct site *site = driver->sites[i];

		if ((site->ops == ops || !site->ops) && site->unit == unit &&
		    within(site->function, at))
			return true;
	}
	return false;
}

static void join(size_t *of, size_t count, size_t left, size_t right)
{
	size_t from = of[left], to = of[right];

	for (size_t i = 0; i < count; i++)
		if (of[i] == from)
			of[i] = to;
}

/* A token joins the objects it has to do with; all of them when there is none. */
static void join_by_token(const struct driver *driver, size_t *of, const struct unit *unit,
			  uint32_t at)
{
	size_t count = driver->ops_count, first = count;

	for (size_t i = 0; i < count; i++) {
		if (!object_has_token(driver, driver->ops[i], unit, at))
			continue;
		if (first < count)
			join(of, count, i, first);
		first = i;
	}
	for (size_t i = 1; first == count && i < count; i++)
		join(of, count, i, 0);
}

static bool share_callback(const struct ops_object *left, const struct ops_object *right)
{
	for (size_t i = 0; i < 2; i++)
		for (size_t j = 0; j < 2; j++)
			if (left->callbacks[i] && left->callbacks[i] == right->callbacks[j])
				return true;
	return false;
}

const size_t *error_parts(const struct driver *driver, const char *flag)
{
	size_t count = driver->ops_count;
	size_t *of = arena_alloc(driver->arena, (count + 1) * sizeof(*of));

	for (size_t i = 0; i < count; i++)
		of[i] = i;
	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < i; j++)
			if (share_callback(driver->ops[i], driver->ops[j]))
				join(of, count, i, j);
	for (size_t u = 0; u < driver->program.unit_count; u++)
		for (uint32_t at = 0; at < driver->program.units[u].syntax.code.count; at++)
			if (code_is(&driver->program.units[u].syntax, at, flag))
				join_by_token(driver, of, &driver->program.units[u], at);
	return of;
}

bool part_has_object(const struct driver *driver, const struct error_part *part,
		     const struct ops_object *ops)
{
	for (size_t i = 0; i < driver->ops_count; i++)
		if (driver->ops[i] == ops)
			return part->of[i] == part->part;
	return true;
}

bool part_has_token(const struct driver *driver, const struct error_part *part,
		    const struct unit *unit, uint32_t at)
{
	bool any = false;

	for (size_t i = 0; i < driver->ops_count; i++) {
		if (!object_has_token(driver, driver->ops[i], unit, at))
			continue;
		if (part->of[i] == part->part)
			return true;
		any = true;
	}
	return !any;
}
