// SPDX-License-Identifier: GPL-2.0-only
/*
 * Part of every driver that is a shared object: a linker makes the names of a section's ends only
 * where something uses them, and the player looks for them.
 */
int unsetenv(const char *name);

/* What the player starts, to find a line's number, is not to have the driver as well. */
__attribute__((constructor)) static void forget(void)
{
	unsetenv("LD_PRELOAD");
}

#define ENDS(section) \
	extern const char __start_##section[] __attribute__((weak)); \
	extern const char __stop_##section[] __attribute__((weak)); \
	const void *const driver_##section[] = { __start_##section, __stop_##section }

ENDS(module_functions);
ENDS(module_parameters);
