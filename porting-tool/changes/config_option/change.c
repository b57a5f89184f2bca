// SPDX-License-Identifier: GPL-2.0-only
/*
 * CONFIG_MIGRATE_VMA_HELPER, gone in 5.4.
 */
#include "changes/change.h"

#include "changes/migrate_vma/plan.h"

const struct change change_config_option = { .rewrite = plan_guards };
