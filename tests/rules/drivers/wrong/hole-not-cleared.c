// SPDX-License-Identifier: GPL-2.0-only
/* Where nothing was mapped there is nothing to copy: the new page has to be cleared. */
/* target: 7.2 */
#include "../drv.h"

int old_data_reach_the_program(struct drv *drv, struct migrate_vma *args)
{
	unsigned long i;
	int ret = migrate_vma_setup(args);

	if (ret)
		return ret;
	for (i = 0; i < args->npages; i++) {
		struct page *spage, *dpage;

		if (!(args->src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		spage = migrate_pfn_to_page(args->src[i]);
		dpage = alloc_page(GFP_HIGHUSER);
		if (!dpage)
			continue;
		lock_page(dpage);
		if (spage) /* wrong: hole-not-cleared */
			copy_highpage(dpage, spage);
		args->dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
	return 0;
}
