// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

struct ocelot {
	unsigned long pages[4];
};

void ocelot_fill(struct ocelot *ocelot, const unsigned long *src, unsigned long *dst);

/* Was migrate_vma() with a struct of callbacks once. */
static int ocelot_move(struct ocelot *ocelot, struct vm_area_struct *vma, unsigned long start)
{
	unsigned long src[4], dst[4];
	struct migrate_vma args = {
		.vma		= vma,
		.start		= start,
		.end		= start + 4 * PAGE_SIZE,
		.src		= src,
		.dst		= dst,
		.pgmap_owner	= ocelot,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};
	int ret;

	ret = migrate_vma_setup(&args);
	if (ret || !args.cpages)
		return ret;
	ocelot_fill(ocelot, args.src, args.dst);
	migrate_vma_pages(&args);
	migrate_vma_finalize(&args);
	return 0;
}

int (*ocelot_mover)(struct ocelot *ocelot, struct vm_area_struct *vma,
		    unsigned long start) = ocelot_move;
