// SPDX-License-Identifier: GPL-2.0-only
/*
 * What programs can do to the driver in examples/evict.
 *
 * Linked with one form of the driver and one release of the machine; see trace.h for the output.
 *
 * A form that knows its programs brings the pages of each back when it closes the device, and one
 * that goes by device pages only when the last one does: nothing here closes the device with pages
 * on it while others have it open.
 */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>

#include "trace.h"
#include "../../examples/evict/evict-ioctl.h"

#define DEVICE_PAGES	64	/* of the driver */
#define PAGE		PROGRAM_PAGE_SIZE

struct user {
	struct program *program;
	int device;
	unsigned long memory;
};

static unsigned long page(const struct user *user, unsigned long number)
{
	return user->memory + number * PAGE;
}

/* A program that has opened the device and has 40 pages, of which it has written the first. */
static struct user start_user(unsigned long written, unsigned int seed)
{
	struct user user = { .program = program_start() };

	if (!user.program)
		exit(1);
	user.device = program_open(user.program, "/dev/evict");
	expect_number(HERE, "file descriptor", 0, user.device);
	user.memory = program_map(user.program, 40 * PAGE, PROGRAM_READ | PROGRAM_WRITE);
	if (written)
		expect_result(HERE, "wrote", 0, fill_pages(user.program, user.memory, written, seed));
	return user;
}

#define to_device(user, first, npages, result, moved)	\
	to_device_at(__LINE__, user, page(user, first), (npages) * PAGE, result, moved)

static void to_device_at(int line, const struct user *user, unsigned long start,
			 unsigned long length, long result, unsigned long moved)
{
	struct evict_range range = { .start = start, .length = length };
	long ret = program_ioctl(user->program, user->device, EVICT_TO_DEVICE, &range);

	expect_move(__FILE__, line, result, moved, ret, (unsigned long)range.moved);
}

#define evict_all(user, moved, left)	evict_all_at(__LINE__, user, moved, left)

static void evict_all_at(int line, const struct user *user, unsigned long moved, long left)
{
	struct evict_result result = { 0 };
	long ret = program_ioctl(user->program, user->device, EVICT_ALL, &result);

	expect_move(__FILE__, line, 0, moved, ret, (unsigned long)result.moved);
	expect_number(__FILE__, line, "left", left, (long)result.left);
}

static void one_program(const struct user *user)
{
	trace_step("33 of 40 pages go to the device, in three chunks");
	to_device(user, 0, 33, 0, 33);
	expect_pages(HERE, user->program, user->memory,
		     "DDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDSSSSSS.");
	expect_counts(HERE, 6, 33);

	trace_step("the device is emptied");
	evict_all(user, 33, 0);
	expect_pages(HERE, user->program, user->memory,
		     "SSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSS.");
	expect_bytes(HERE, user->program, user->memory, 39, 100);
	expect_counts(HERE, 39, 0);

	trace_step("an empty device is emptied");
	evict_all(user, 0, 0);
	expect_counts(HERE, 39, 0);

	trace_step("pages never touched come back as zeroes");
	to_device(user, 36, 4, 0, 4);
	evict_all(user, 4, 0);
	expect_pages(HERE, user->program, page(user, 36), "SSSS");
	expect_bytes(HERE, user->program, page(user, 36), 3, 136);
	expect_bytes(HERE, user->program, page(user, 39), 1, 0);

	trace_step("a load brings one page, the driver the others");
	to_device(user, 0, 5, 0, 5);
	expect_bytes(HERE, user->program, page(user, 2), 1, 102);
	evict_all(user, 4, 0);
	expect_bytes(HERE, user->program, user->memory, 5, 100);

	trace_step("a range with a gap");
	to_device(user, 0, 20, 0, 20);
	expect_result(HERE, "unmapped", 0, program_unmap(user->program, page(user, 6), 3 * PAGE));
	expect_result(HERE, "protected", 0,
		      program_protect(user->program, page(user, 12), 4 * PAGE, PROGRAM_READ));
	evict_all(user, 17, 0);
	expect_pages(HERE, user->program, user->memory, "SSSSSS...SSSssssSSSS");
	expect_bytes(HERE, user->program, page(user, 9), 11, 109);
	expect_counts(HERE, 37, 0);

	trace_step("what cannot go to the device");
	to_device(user, 36, 8, -EINVAL, 0);
	to_device(user, 6, 1, -EINVAL, 0);
	to_device(user, 0, 0, -EINVAL, 0);
	to_device_at(__LINE__, user, user->memory + 1, PAGE, -EINVAL, 0);
}

static void a_device_that_is_closed(struct user *user)
{
	trace_step("the device is closed: its pages come back");
	to_device(user, 0, 5, 0, 5);
	to_device(user, 16, 20, 0, 20);
	expect_result(HERE, "closed", 0, program_close(user->program, user->device));
	expect_pages(HERE, user->program, user->memory, "SSSSSS...SSSssssSSSSSSSSSSSSSSSSSSSSSSSS");
	expect_bytes(HERE, user->program, page(user, 9), 27, 109);
	expect_counts(HERE, 37, 0);

	trace_step("it is opened again");
	user->device = program_open(user->program, "/dev/evict");
	expect_number(HERE, "file descriptor", 0, user->device);
	to_device(user, 16, 20, 0, 20);
	evict_all(user, 20, 0);
	expect_counts(HERE, 37, 0);
}

static void two_programs(const struct user *first)
{
	struct user second;

	trace_step("a second program empties the device of both");
	second = start_user(30, 500);
	to_device(first, 20, 16, 0, 16);
	to_device(&second, 0, 30, 0, 30);
	expect_counts(HERE, 21, 46);
	evict_all(&second, 46, 0);
	expect_counts(HERE, 67, 0);
	expect_bytes(HERE, first->program, page(first, 20), 16, 120);
	expect_bytes(HERE, second.program, second.memory, 30, 500);

	trace_step("one of them ends with pages on the device");
	to_device(first, 20, 16, 0, 16);
	to_device(&second, 0, 30, 0, 30);
	program_exit(second.program);
	expect_counts(HERE, 21, 16);
	evict_all(first, 16, 0);
	expect_bytes(HERE, first->program, page(first, 20), 16, 120);
	expect_counts(HERE, 37, 0);
}

static void a_child(const struct user *user)
{
	struct program *child;

	trace_step("what a child shares comes back for both");
	to_device(user, 20, 8, 0, 8);
	child = program_fork(user->program);
	evict_all(user, 8, 0);
	expect_pages(HERE, user->program, page(user, 20), "ssssssss");
	expect_pages(HERE, child, page(user, 20), "ssssssss");
	expect_bytes(HERE, child, page(user, 20), 8, 120);
	expect_result(HERE, "wrote", 0, fill_pages(user->program, page(user, 20), 1, 900));
	expect_bytes(HERE, child, page(user, 20), 1, 120);
	program_exit(child);
	expect_counts(HERE, 37, 0);
}

static void the_end(const struct user *user)
{
	struct user next;

	trace_step("the device is full, and empty again");
	program_unmap(user->program, user->memory, 40 * PAGE);
	next = start_user(40, 700);
	to_device(&next, 0, 40, 0, 40);
	next.memory = program_map(next.program, 40 * PAGE, PROGRAM_READ | PROGRAM_WRITE);
	to_device(&next, 0, 40, 0, DEVICE_PAGES - 40);
	expect_counts(HERE, 0, DEVICE_PAGES);
	evict_all(user, DEVICE_PAGES, 0);
	expect_counts(HERE, DEVICE_PAGES, 0);
	program_exit(next.program);

	trace_step("the program ends with pages on the device");
	next = start_user(8, 800);
	to_device(&next, 0, 8, 0, 8);
	program_exit(next.program);
	expect_counts(HERE, 0, 0);

	trace_step("a request the driver does not know");
	expect_result(HERE, "returned", -ENOTTY,
		      program_ioctl(user->program, user->device, 0, NULL));
	program_exit(user->program);
}

int main(void)
{
	struct user user;

	trace_begin("evict");
	trace_step("a program writes 39 of 40 pages");
	user = start_user(39, 100);
	expect_counts(HERE, 39, 0);

	one_program(&user);
	a_device_that_is_closed(&user);
	two_programs(&user);
	a_child(&user);
	the_end(&user);

	return trace_end();
}
