// SPDX-License-Identifier: GPL-2.0-only
/*
 * The page that faulted, which a migration in a fault handler names since 6.1.
 */
#include "changes/change.h"

#include "fault_page.h"

static void decide(struct driver *driver)
{
	understand_faults(driver);
	understand_three_step_faults(driver);
}

static void rewrite(struct driver *driver)
{
	plan_fault_pages(driver);
	rewrite_three_step_faults(driver);
	rewrite_fault_locks(driver);
}

const struct change change_vm_fault = {
	.decide = decide,
	.rewrite = rewrite,
};
