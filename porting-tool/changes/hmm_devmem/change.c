// SPDX-License-Identifier: GPL-2.0-only
/*
 * Device memory by the hmm_devmem API, which is gone since 5.3.
 */
#include "changes/change.h"

#include "devmem.h"

static void rewrite(struct driver *driver)
{
	if (driver->devmem->whole) {
		devmem_rewrite_operations(driver);
		devmem_rewrite_calls(driver);
	}
	devmem_rewrite_pages(driver);
}

static void left(struct driver *driver)
{
	const struct devmem *devmem = driver->devmem;

	if (devmem && devmem->obstacle.unit)
		driver_warn(driver, (struct unit *)devmem->obstacle.unit, devmem->obstacle.token,
			    "neighbour", "the hmm_devmem API is gone since 5.3, and its uses stay as "
			    "they are, because %s", devmem->why);
}

const struct change change_hmm_devmem = { .find = devmem_find, .rewrite = rewrite, .left = left };
