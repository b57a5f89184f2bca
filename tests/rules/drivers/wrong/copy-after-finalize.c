// SPDX-License-Identifier: GPL-2.0-only
/* A copy that runs on its own has to be over before the pages are given back. */
/* target: 7.2 */
#include <linux/completion.h>

#include "../drv.h"

void drv_start_dma(struct drv *drv, struct migrate_vma *args, struct completion *done);

int waits_too_late(struct drv *drv, struct migrate_vma *args)
{
	struct completion done;
	int ret = migrate_vma_setup(args);

	if (ret)
		return ret;
	init_completion(&done);
	drv_start_dma(drv, args, &done);
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
	wait_for_completion(&done); /* wrong: copy-after-finalize */
	return 0;
}
