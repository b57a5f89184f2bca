// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>

#include "vimba.h"

void vimba_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
			  unsigned long *dst, unsigned long start, unsigned long end,
			  void *private)
{
	unsigned long i;

	for (i = 0; i < (end - start) >> PAGE_SHIFT; i++) {
		struct page *dpage = NULL;

		if (src[i] & MIGRATE_PFN_MIGRATE)
			dpage = card_alloc(&vimba);
		if (!dpage)
			continue;
		card_copy(&vimba, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

void vimba_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
			    const unsigned long *dst, unsigned long start,
			    unsigned long end, void *private)
{
	struct vimba_move *move = private;

	move->pages += (end - start) >> PAGE_SHIFT;
	card_note(&vimba, "moved", !!(src[0] & MIGRATE_PFN_MIGRATE));
}
