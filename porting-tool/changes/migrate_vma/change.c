// SPDX-License-Identifier: GPL-2.0-only
/*
 * migrate_vma(), its callbacks and its ops objects, gone in 5.4.
 */
#include "changes/change.h"

#include "plan.h"

static void find(struct driver *driver)
{
	understand_ops(driver);
	understand_sites(driver);
	if (driver->blocked)
		return;
	understand_callbacks(driver);
	if (!driver->blocked)
		understand_indirect(driver);
}

static void rewrite(struct driver *driver)
{
	struct layout *layouts =
		arena_alloc(driver->arena, (driver->site_count + 1) * sizeof(*layouts));

	for (size_t i = 0; i < driver->site_count; i++)
		site_layout(driver, driver->sites[i], &layouts[i]);
	share_structs(driver, layouts);
	plan_refusals(driver, layouts);
	plan_names(driver, layouts);
	plan_callbacks(driver);
	plan_ops(driver);
	plan_prototypes(driver);
	plan_indirect(driver);
	plan_unread_arms(driver);
	plan_sites(driver, layouts);
	plan_other_arms(driver);
	plan_own_struct(driver);
}

const struct change change_migrate_vma = { .find = find, .rewrite = rewrite };
