// SPDX-License-Identifier: GPL-2.0-only
#include <linux/module.h>

#include "hazel.h"

struct card hazel;

static const struct dev_pagemap_ops hazel_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init hazel_init(void)
{
	hazel.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	hazel.memory.pagemap.owner = &hazel;
	hazel.memory.pagemap.ops = &hazel_pagemap_ops;
	return card_register(&hazel, hazel_move);
}

card_module(hazel, hazel_init);
