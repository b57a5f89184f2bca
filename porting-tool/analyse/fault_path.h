/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Functions that a CPU fault on device memory may get to.
 */
#ifndef MIGRATE_VMA_FAULT_PATH_H
#define MIGRATE_VMA_FAULT_PATH_H

#include "callers.h"

/**
 * fault_path_reach() - mark what the handlers of device memory get to
 * @program: the driver
 * @reached: for each node of its call graph, functions first: set for what is stored in a
 *	migrate_to_ram and all that this calls, directly or not; others stay as they are
 */
void fault_path_reach(struct program *program, bool *reached);

#endif
