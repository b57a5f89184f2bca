// SPDX-License-Identifier: GPL-2.0-only
/*
 * Headers that others no longer bring in, since 5.18.
 */
#include "changes/change.h"

#include "changes/migrate_vma/plan.h"

const struct change change_includes = { .rewrite = plan_includes };
