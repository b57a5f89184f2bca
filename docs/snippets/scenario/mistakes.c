// SPDX-License-Identifier: GPL-2.0-only
#include "scenario.h"

/* Between two steps of a scenario: has anything gone wrong, and is all of it back? */
int look_for_mistakes(struct program *program, int device)
{
	unsigned long memory = program_map(program, 4 * PROGRAM_PAGE_SIZE,
					   PROGRAM_READ | PROGRAM_WRITE);
	struct machine_counts before = machine_count(), after;

	to_device(program, device, memory, 4 * PROGRAM_PAGE_SIZE);
	program_unmap(program, memory, 4 * PROGRAM_PAGE_SIZE);
	after = machine_count();

	if (machine_violations())
		printf("%lu rules broken, the last was %s\n", machine_violations(),
		       machine_last_violation());
	return after.device_pages != before.device_pages || after.locked_pages ||
	       machine_violations_of("fault-loop") || machine_check();
}
