/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * First steps of a driver in three steps that a fault of device memory gets to.
 */
#ifndef MIGRATE_VMA_THREE_STEPS_H
#define MIGRATE_VMA_THREE_STEPS_H

#include "fault_page.h"

/**
 * struct fault_step - a call that sets up a migration, and is to name the page that faulted
 * @function: the function with the call
 * @args: its struct migrate_vma, or the pointer to it, as the call names it
 * @local: the struct is a variable of its own: "&args"
 * @dot: what stands between @args and a member: "." or "->"
 * @setup: the name of what is called: migrate_vma_setup, or a function that calls it
 * @page: what the page is called there
 * @next: the next of the driver
 */
struct fault_step {
	struct function *function;
	struct span args;
	bool local;
	const char *dot;
	uint32_t setup;
	const char *page;
	struct fault_step *next;
};

/**
 * step_find() - find the one call of a function that sets up a migration
 * @program: the driver
 * @step: with the function; the others are set
 *
 * The call is one of migrate_vma_setup(), or of a function that does nothing to the struct it is
 * given before it calls that.  Where there is none, the place counts where the function fills the
 * only struct migrate_vma that it has: another, which cannot be told, sets it up.
 *
 * Return: false when there are none or several, when the function names fault_page itself, or when
 * what is given is neither "&args", "args" nor members of such: "&job->args".
 */
bool step_find(const struct program *program, struct fault_step *step);

/**
 * step_add_member() - set a member behind the last one that is set before the call
 * @step: the call
 * @member: its name
 * @value: what it is set to
 */
void step_add_member(const struct fault_step *step, const char *member, const char *value);

/** step_has_place() - whether step_add_member() can set a member there. */
bool step_has_place(const struct fault_step *step);

/** step_initialiser() - the "}" of the initialiser of the struct, or 0 when it names no members. */
uint32_t step_initialiser(const struct fault_step *step, uint32_t *last_member);

/** step_assignment() - the last "args.member = value;" before the call in its block, or NULL. */
const struct node *step_assignment(const struct fault_step *step);

#endif
