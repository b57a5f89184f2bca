// SPDX-License-Identifier: GPL-2.0-only
#include <linux/module.h>

#include "orfe.h"

struct card orfe;

static const struct dev_pagemap_ops orfe_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init orfe_init(void)
{
	orfe.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	orfe.memory.pagemap.ops = &orfe_pagemap_ops;
	return card_register(&orfe, orfe_move);
}

card_module(orfe, orfe_init);
