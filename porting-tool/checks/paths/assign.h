/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What it means that something gets a value.
 */
#ifndef MIGRATE_VMA_ASSIGN_H
#define MIGRATE_VMA_ASSIGN_H

#include "explore.h"

/**
 * assign() - a value is kept
 * @explorer: the paths
 * @frame: the function
 * @target: where it is kept
 * @operator: "=", "|=" and so on
 * @value: the value
 * @at: state and trail, with the possible values; both are updated
 *
 * Return: false when this path is not to be followed any further, because the result of the setup
 * is kept where it is out of sight.
 */
bool assign(struct explorer *explorer, struct frame *frame, const struct expression *target,
	    const char *operator, const struct expression *value, struct outcome *at);

/** set_subject() - the struct as a whole, or the pointer to it, gets a value. */
void set_subject(const struct frame *frame, enum role role, const struct expression *value,
		 struct outcome *at);

#endif
