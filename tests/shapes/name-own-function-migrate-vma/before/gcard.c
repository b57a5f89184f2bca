// SPDX-License-Identifier: GPL-2.0-only
/*
 * This driver does not migrate anything: it has a function of its own that is called as the kernel's.
 */
#include <linux/kernel.h>
#include <linux/mm_types.h>

struct gcard_plan {
	unsigned long addr;
	unsigned int steps;
};

static int migrate_vma(struct gcard_plan *plan, unsigned long addr)
{
	plan->addr = addr;
	plan->steps++;
	return 0;
}

int gcard_plan(struct gcard_plan *plan, unsigned long addr);

int gcard_plan(struct gcard_plan *plan, unsigned long addr)
{
	int ret;

	ret = migrate_vma(plan, addr);
	if (ret)
		return ret;
	return migrate_vma(plan, addr + PAGE_SIZE);
}
