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

/* The states of each kind of page, in a file of its own. */
extern const struct state memory_states[], mlock_states[], device_states[], swap_states[], huge_states[],
	file_states[];
extern const size_t nr_memory_states, nr_mlock_states, nr_device_states, nr_swap_states,
	nr_huge_states, nr_file_states;

/**
 * struct state_group - the states of one kind of page
 * @states: they
 * @nr_states: their number
 */
struct state_group {
	const struct state *states;
	const size_t *nr_states;
};

extern const struct state_group state_groups[];
extern const size_t nr_state_groups;

/* For program_map() and program_protect(). */
#define BOTH	(PROGRAM_READ | PROGRAM_WRITE)

/* Bytes in a huge page. */
#define HUGE	(2UL << 20)

/**
 * bring_to_device() - move one page to a device
 * @program: whose page
 * @device: the program's file of the driver
 * @addr: the page
 * @destination: where to: enum conformance_destination
 */
void bring_to_device(struct program *program, int device, unsigned long addr,
		     unsigned int destination);

/*
 * What several states begin with: a page that is mapped, but not there; the zero page; a page; one
 * that is read-only now.
 */
void untouched(struct brought_about *about);
void zero(struct brought_about *about);
void written(struct brought_about *about);
void written_read_only(struct brought_about *about);

/* The same for 2 MiB that may be a huge page; and for a file of one page. */
void huge_untouched(struct brought_about *about);
void huge_written(struct brought_about *about);
void map_file(struct brought_about *about, int prot, int shared);

/* What happens to it then: mprotect(), the end of the child, a lock of the page by the driver. */
void protect(struct brought_about *about, int prot);
void end_child(struct brought_about *about);
void lock(struct brought_about *about);

/* For undo: drops the reference that program_pin() took, and the lock. */
void unpin(struct brought_about *about);
void unlock(struct brought_about *about);

#endif /* CONFORMANCE_STATES_H */
