// SPDX-License-Identifier: GPL-2.0-only
#include "scenario.h"

/* Parent and child share a page until one of them writes to it. */
int share_with_a_child(struct program *program)
{
	unsigned long memory = program_map(program, PROGRAM_PAGE_SIZE, PROGRAM_READ | PROGRAM_WRITE);
	char byte = 'p', seen = 0;
	struct program *child;

	program_write(program, memory, &byte, 1);
	child = program_fork(program);
	if (!child)
		return 1;
	byte = 'c';
	program_write(child, memory, &byte, 1);
	program_read(program, memory, &seen, 1);
	program_exit(child);
	return seen != 'p';
}

/* What a program does to its memory while a driver works on it. */
int change_mappings(struct program *program)
{
	unsigned long memory = program_map(program, 3 * PROGRAM_PAGE_SIZE,
					   PROGRAM_READ | PROGRAM_WRITE);
	char byte = 1;

	program_write(program, memory, &byte, 1);
	/* Locked in memory it is not swapped out, and unlocked it is. */
	if (program_lock(program, memory, PROGRAM_PAGE_SIZE) ||
	    program_unlock(program, memory, PROGRAM_PAGE_SIZE) ||
	    program_swap_out(program, memory, PROGRAM_PAGE_SIZE) != 1 ||
	    program_page(program, memory).where != PROGRAM_PAGE_SWAPPED)
		return 1;

	/* A page is pinned, as direct I/O does, and let go. */
	if (program_pin(program, memory) || program_unpin(program, memory))
		return 1;

	if (program_protect(program, memory, PROGRAM_PAGE_SIZE, PROGRAM_READ) ||
	    program_write(program, memory, &byte, 1) != SIGSEGV)
		return 1;

	return program_unmap(program, memory, 3 * PROGRAM_PAGE_SIZE);
}

/* Memory that moves, is used again, and is not needed any more. */
int move_mappings(struct program *program)
{
	const unsigned long size = 2 * PROGRAM_PAGE_SIZE;
	unsigned long memory = program_map(program, size, PROGRAM_READ | PROGRAM_WRITE);
	unsigned long room = program_map(program, size, PROGRAM_READ | PROGRAM_WRITE);
	char byte = 1;

	program_write(program, memory, &byte, 1);
	if (program_remap(program, memory, size, size,
			  PROGRAM_REMAP_MAY_MOVE | PROGRAM_REMAP_FIXED, room) != room)
		return 1;

	/* A page that a device reads from for long is pinned, and stays the parent's at fork(2). */
	if (program_pin_longterm(program, room) || program_unpin(program, room))
		return 1;

	/* Where it was there is nothing, and something new can be. */
	if (program_map_at(program, memory, size, PROGRAM_READ) != memory)
		return 1;

	program_advise(program, room, size, PROGRAM_ADVICE_DONTNEED);
	return program_page(program, room).where != PROGRAM_PAGE_NONE;
}
