// SPDX-License-Identifier: GPL-2.0-only
/* Up to Linux 5.15 a word of dst says that its page is locked. */
/* target: 5.9 */
#include "../drv.h"

int flag_is_left_out(struct drv *drv, struct migrate_vma *args)
{
	struct page *page;
	int ret = migrate_vma_setup(args);

	if (ret)
		return ret;
	page = drv_get_locked_page(drv);
	args->dst[0] = migrate_pfn(page_to_pfn(page)); /* wrong: locked-flag-missing */
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
	return 0;
}
