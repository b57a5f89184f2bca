// SPDX-License-Identifier: GPL-2.0-only
/*
 * Moves pages with the device's own engine.  An earlier version called migrate_vma(&ops, ...) and
 * had a struct migrate_vma_ops; see the history.
 */
#include <linux/kernel.h>
#include <linux/printk.h>

// migrate_vma(NULL, NULL, 0, 0, NULL, NULL, NULL) returned -EINVAL

int hcard_explain(int verbose);

int hcard_explain(int verbose)
{
	if (verbose)
		pr_info("hcard: migrate_vma() is not used, nor MIGRATE_PFN_ERROR\n");
	else
		pr_info("hcard: \"migrate_vma(\" %s\n", "CONFIG_MIGRATE_VMA_HELPER");
	return 'm'; /* for migrate_vma(void) */
}
