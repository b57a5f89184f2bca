// SPDX-License-Identifier: GPL-2.0-only
#include "scenario.h"

/* Runs a scenario again and again, each time with another single failure. */
int fail_one_after_the_other(int (*scenario)(void))
{
	enum machine_failure kind;
	unsigned long nth, points;
	int wrong = 0;

	for (kind = 0; kind < MACHINE_FAILURES; kind++) {
		/* How often is it tried at all? */
		machine_boot();
		machine_fail_nth(kind, 0);
		wrong += scenario();
		points = machine_failure_points(kind);
		printf("%s could fail: %lu\n", machine_failure_name(kind), points);

		for (nth = 1; nth <= points; nth++) {
			machine_boot();
			machine_fail_nth(kind, nth);
			wrong += scenario();
		}
	}
	return wrong;
}

/* Runs it with many failures at once, the same for the same seed. */
int fail_now_and_then(int (*scenario)(void))
{
	int wrong;

	machine_boot();
	machine_fail_randomly(7, 20);
	wrong = scenario();
	printf("%lu failures\n", machine_failures());
	return wrong;
}
