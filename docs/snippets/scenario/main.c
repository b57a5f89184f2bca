// SPDX-License-Identifier: GPL-2.0-only
/*
 * Runs the snippets of scenarios, so that what the manual pages show works. Prints the first that
 * does not.
 */
#include "scenario.h"

static struct program *program;
static int device;

static int begin(void)
{
	if (machine_boot() || machine_load_driver())
		return 1;
	program = program_start();
	device = program_open(program, "/dev/cpu-fault");
	return device < 0;
}

/* With failures the machine is up already; nothing may be left behind whatever fails. */
static int move_a_page(void)
{
	char byte = 1;
	struct program *here;
	unsigned long memory;
	int fd;

	if (machine_load_driver())
		return machine_shutdown();
	here = program_start();
	fd = program_open(here, "/dev/cpu-fault");
	memory = program_map(here, PROGRAM_PAGE_SIZE, PROGRAM_READ | PROGRAM_WRITE);
	program_write(here, memory, &byte, 1);
	to_device(here, fd, memory, PROGRAM_PAGE_SIZE);
	program_read(here, memory, &byte, 1);
	return machine_shutdown() || machine_violations();
}

#define TRY(call) \
	do { \
		if (call) { \
			printf("wrong: %s\n", #call); \
			return 1; \
		} \
	} while (0)

int main(void)
{
	TRY(load_and_unload());
	TRY(let_time_pass());
	TRY(put_a_device_on_the_bus());
	TRY(put_the_wanted_devices_on_the_bus());
	TRY(fail_one_after_the_other(move_a_page));
	TRY(fail_now_and_then(move_a_page));
	TRY(begin());
	TRY(look_for_mistakes(program, device));
	TRY(share_with_a_child(program));
	TRY(change_mappings(program));
	TRY(move_mappings(program));
	TRY(read_the_file(program));
	TRY(name_a_device(program));
	TRY(map_files(program));
	TRY(map_the_device(program));
	TRY(machine_shutdown() || machine_violations());
	return 0;
}
