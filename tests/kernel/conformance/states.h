/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * states.h - the states of a page that a program can bring about.
 */
#ifndef CONFORMANCE_STATES_H
#define CONFORMANCE_STATES_H

#include <stddef.h>

#include "program.h"

/**
 * struct brought_about - a page in its state
 * @program: whose page
 * @device: the program's file of the driver
 * @addr: the page
 * @child: a program that shares the page, or NULL
 */
struct brought_about {
	struct program *program;
	int device;
	unsigned long addr;
	struct program *child;
};

/**
 * struct state - a state, and how to bring it about
 * @name: what it is, to be followed by a comma
 * @bring_about: maps memory, and leaves the page in this state
 * @undo: if not NULL: takes back what keeps the page from being read
 * @since: the first release that has such a state, as MACHINE_RELEASE(), or 0
 */
struct state {
	const char *name;
	void (*bring_about)(struct brought_about *about);
	void (*undo)(struct brought_about *about);
	unsigned int since;
};

extern const struct state states[];
extern const size_t nr_states;

/**
 * bring_to_device() - move one page to a device
 * @program: whose page
 * @device: the program's file of the driver
 * @addr: the page
 * @destination: where to: enum conformance_destination
 */
void bring_to_device(struct program *program, int device, unsigned long addr,
		     unsigned int destination);

#endif /* CONFORMANCE_STATES_H */
