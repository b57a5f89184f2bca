// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the port has to say: the names behind the diagnostics of `migrate-vma port`.
 */
#include "rules.h"

const struct rule port_rules[] = {
	{ .name = NULL },
};
