/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef MIGRATE_VMA_KNOWN_CALLS_H
#define MIGRATE_VMA_KNOWN_CALLS_H

/**
 * enum call_effect - what is known of a function or macro of the kernel
 * @CALL_UNKNOWN: nothing
 * @CALL_ARITHMETIC: it calculates from its arguments and does nothing else
 * @CALL_PURE: it changes nothing, but may look at memory or stop the kernel
 * @CALL_KEEPS_ARGUMENTS: it may change memory, but no variable whose value it is given
 * @CALL_WRITES_ARGUMENTS: a macro that may write the variables it is given
 */
enum call_effect {
	CALL_UNKNOWN,
	CALL_ARITHMETIC,
	CALL_PURE,
	CALL_KEEPS_ARGUMENTS,
	CALL_WRITES_ARGUMENTS
};

/** known_call() - what is known of the function or macro of that name. */
enum call_effect known_call(const char *name);

#endif
