// SPDX-License-Identifier: GPL-2.0-only
/*
 * The owner of device memory, since 5.7, and what a migration selects, since 5.9.
 */
#include "changes/change.h"

#include "owner.h"

const struct change change_dev_pagemap = {
	.decide = understand_directions,
	.rewrite = plan_owners,
};
