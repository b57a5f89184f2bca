/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * First steps of a driver in three steps that a fault of device memory gets to.
 */
#ifndef MIGRATE_VMA_THREE_STEPS_H
#define MIGRATE_VMA_THREE_STEPS_H

#include "fault_page.h"

/**
 * struct fault_step - a call of migrate_vma_setup() that is to name the page that faulted
 * @function: the function with the call
 * @args: its struct migrate_vma, a variable of the function
 * @setup: the name in the call
 * @page: what the page is called there
 * @next: the next of the driver
 */
struct fault_step {
	struct function *function;
	const char *args;
	uint32_t setup;
	const char *page;
	struct fault_step *next;
};

/** step_initialiser() - the "," that ends the initialiser of the struct, or 0 when it is no list. */
uint32_t step_initialiser(const struct fault_step *step, uint32_t *last_member);

/** step_assignment() - the last "args.member = value;" before the call, or NULL. */
const struct node *step_assignment(const struct fault_step *step);

#endif
