/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What is known of functions by their names alone.
 */
#ifndef MIGRATE_VMA_CALLS_H
#define MIGRATE_VMA_CALLS_H

#include <stdbool.h>

#include "syntax/expression.h"

/**
 * enum step - the calls a migration is made of
 * @STEP_NONE: another call
 * @STEP_SETUP: migrate_vma_setup()
 * @STEP_PAGES: migrate_vma_pages()
 * @STEP_FINALIZE: migrate_vma_finalize()
 * @STEP_DEVICE_SETUP: migrate_device_range() or migrate_device_pfns()
 * @STEP_DEVICE_PAGES: migrate_device_pages()
 * @STEP_DEVICE_FINALIZE: migrate_device_finalize()
 */
enum step {
	STEP_NONE, STEP_SETUP, STEP_PAGES, STEP_FINALIZE, STEP_DEVICE_SETUP, STEP_DEVICE_PAGES,
	STEP_DEVICE_FINALIZE,
};

/** step_of_call() - which of them a call is. */
enum step step_of_call(const struct expression *call);

/** step_is_device() - whether a step works on arrays, without a struct migrate_vma. */
bool step_is_device(enum step step);

/**
 * enum call_effect - what a function does, as far as a migration is concerned
 * @CALL_UNKNOWN: nobody knows
 * @CALL_HARMLESS: neither locks nor keeps a page that it is given, and writes to no word
 * @CALL_CONDITION: its value is true when its first argument is, as that of unlikely()
 * @CALL_LOCK_PAGE: locks the page
 * @CALL_DROP_PAGE: gives a page up: unlocks or frees it
 * @CALL_GET_PAGE: takes one more reference to a page
 * @CALL_ALLOCATE_PAGE: returns a page that is not locked
 * @CALL_ZERO: memset(): sets bytes
 * @CALL_COPY: writes to its first argument
 * @CALL_UNLOCK_MMAP: lets go of the lock of the address space
 * @CALL_USER_ACCESS: copies from or to user memory, and may fault
 * @CALL_NO_RETURN: ends this path
 * @CALL_ASSERT: ends this path when its argument is true
 */
enum call_effect {
	CALL_UNKNOWN, CALL_HARMLESS, CALL_CONDITION, CALL_LOCK_PAGE, CALL_DROP_PAGE, CALL_GET_PAGE,
	CALL_ALLOCATE_PAGE, CALL_ZERO, CALL_COPY, CALL_UNLOCK_MMAP, CALL_USER_ACCESS,
	CALL_NO_RETURN, CALL_ASSERT,
};

/** call_effect() - what a call of a function called @name does; @name may be NULL. */
enum call_effect call_effect(const char *name);

#endif
