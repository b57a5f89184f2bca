// SPDX-License-Identifier: GPL-2.0-only
/* Findings that a person has looked at: a comment keeps them back. */
/* target: 7.2 */
#include "../drv.h"

void on_the_line(struct drv *drv, struct migrate_vma *args)
{
	migrate_vma_setup(args); /* cannot fail here. migrate-vma: allow setup-result */
	drv_copy_in(drv, args);
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
}

void on_the_line_above(struct drv *drv, struct migrate_vma *args)
{
	/*
	 * The caller checked the range.
	 * migrate-vma: allow chunk-loop, setup-result
	 */
	migrate_vma_setup(args);
	drv_copy_in(drv, args);
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
}
