/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a caller knows of variables that the function it calls reaches through its parameters.
 */
#ifndef MIGRATE_VMA_SHARED_H
#define MIGRATE_VMA_SHARED_H

#include "explore.h"

/**
 * struct shared - facts that are the same thing under two names
 * @outside: indices of facts of the caller
 * @inside: for each of them, the index of the fact of the function that is called
 * @count: how many
 */
struct shared {
	int outside[FACTS_MAX];
	int inside[FACTS_MAX];
	size_t count;
};

/** fact_reached() - whether a function that is given @argument can reach a variable. */
bool fact_reached(const char *fact, const struct expression *argument);

/**
 * shared_facts() - find what is known on both sides of a call
 * @explorer: the paths
 * @frame: the caller
 * @inside: the function that is called; it follows what it did not follow so far
 * @call: the call
 *
 * Given &x, the function knows x as *parameter; given job or &job, it knows the member m of it as
 * parameter->m.
 *
 * Return: the facts.
 */
struct shared shared_facts(const struct explorer *explorer, const struct frame *frame,
			   struct frame *inside, const struct expression *call);

/** shared_enter() - give @entry, of the function, the values that @before, of the caller, has. */
void shared_enter(const struct shared *shared, const struct state *before, struct state *entry);

/** shared_leave() - give @after, of the caller, the values that @exit, of the function, has. */
void shared_leave(const struct shared *shared, const struct state *exit, struct state *after);

#endif
