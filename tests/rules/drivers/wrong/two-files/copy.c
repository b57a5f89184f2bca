// SPDX-License-Identifier: GPL-2.0-only
/* The helper of move.c: it gives up between the calls. */
#include "../../drv.h"
#include "copy.h"

int drv_copy_and_finish(struct drv *drv, struct migrate_vma *args)
{
	if (drv_start_copy(drv))
		return -EIO; /* wrong: return-inside */
	drv_copy_in(drv, args);
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
	return 0;
}
