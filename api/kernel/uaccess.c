// SPDX-License-Identifier: GPL-2.0-only
/*
 * uaccess.c - the kernel copies from and to the program that called
 *
 * A scenario plays the program. What it passes by address is either memory of the program, inside
 * one of its mappings, or its own, like the argument of an ioctl: that is copied directly.
 */
#include <linux/uaccess.h>

#include "core/verify.h"
#include "kernel/failure.h"

/* What no host has in use is the program's too, so that a bad pointer is an error and no crash. */
static bool is_program_memory(const void *addr)
{
	unsigned long start = (unsigned long)addr;

	return start < 0x10000 || (start >= PROGRAM_FIRST_ADDRESS && start < PROGRAM_END_ADDRESS);
}

unsigned long copy_from_user(void *to, const void __user *from, unsigned long size)
{
	unsigned long left;

	might_sleep();
	if (failure_strikes(MACHINE_FAIL_COPY)) {
		memset(to, 0, size);
		return size;
	}
	if (!is_program_memory(from)) {
		memcpy(to, from, size);
		return 0;
	}
	if (!current->mm)
		return size;
	verify_user_access((unsigned long)from);
	access_memory(current->mm, (unsigned long)from, to, size, false, &left);
	memset((char *)to + size - left, 0, left);
	return left;
}

unsigned long copy_to_user(void __user *to, const void *from, unsigned long size)
{
	unsigned long left;

	might_sleep();
	if (failure_strikes(MACHINE_FAIL_COPY))
		return size;
	if (!is_program_memory(to)) {
		memcpy(to, from, size);
		return 0;
	}
	if (!current->mm)
		return size;
	verify_user_access((unsigned long)to);
	access_memory(current->mm, (unsigned long)to, (void *)from, size, true, &left);
	return left;
}

unsigned long clear_user(void __user *to, unsigned long size)
{
	static const char zeroes[PAGE_SIZE];

	while (size) {
		unsigned long part = min(size, PAGE_SIZE);
		unsigned long left = copy_to_user(to, zeroes, part);

		if (left)
			return size - part + left;
		to = (char *)to + part;
		size -= part;
	}
	return 0;
}
