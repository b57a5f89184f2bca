// SPDX-License-Identifier: GPL-2.0-only
/* A comment keeps back what it names, where it stands, and nothing else. */
/* target: 7.2 */
#include "../drv.h"

void another_rule_is_named(struct drv *drv, struct migrate_vma *args)
{
	/* migrate-vma: allow setup-results, result, setup */
	migrate_vma_setup(args); /* wrong: setup-result */
	drv_copy_in(drv, args);
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
}

void comment_is_too_far_away(struct drv *drv, struct migrate_vma *args)
{
	/* migrate-vma: allow setup-result */

	migrate_vma_setup(args); /* wrong: setup-result */
	drv_copy_in(drv, args);
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
}
