// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>

#include "scenario.h"

/* Two programs map a file, and one sees what the other writes. */
int map_files(struct program *program)
{
	struct program_file *file = program_create_file(2 * PROGRAM_PAGE_SIZE);
	struct program *other = program_start();
	unsigned long here, there;
	char byte = 'x', seen = 0;

	if (!file || !other)
		return 1;
	here = program_map_file(program, file, PROGRAM_READ | PROGRAM_WRITE, 1);
	there = program_map_file(other, file, PROGRAM_READ, 1);
	program_write(program, here, &byte, 1);
	program_read(other, there, &seen, 1);
	program_exit(other);
	return seen != 'x';
}

/* Maps memory of the device, if its driver lets programs do so. */
int map_the_device(struct program *program)
{
	int device = program_open(program, "/dev/cpu-fault");
	unsigned long memory;

	if (device < 0)
		return 1;
	memory = program_map_device(program, device, PROGRAM_PAGE_SIZE, PROGRAM_READ);
	if (!memory)
		printf("the driver has no mmap()\n");
	return program_close(program, device);
}

/* What a program has written to a mapped file is in the file. */
int read_the_file(struct program *program)
{
	struct program_file *file = program_create_file(PROGRAM_PAGE_SIZE);
	unsigned long memory;
	char seen = 0;

	if (!file || program_write_file(file, 0, "ab", 2))
		return 1;
	memory = program_map_file(program, file, PROGRAM_READ | PROGRAM_WRITE, 1);
	program_write(program, memory + 1, "x", 1);
	if (program_read_file(file, 1, &seen, 1))
		return 1;
	return seen != 'x';
}

/* A driver that has registered numbers and no device: its file gets a name. */
int name_a_device(struct program *program)
{
	int ret = machine_make_node("/dev/old-device", "old-device", 0);

	/* This one has a device, and so a name, and has registered no numbers under it. */
	return ret != -ENOENT || program_open(program, "/dev/old-device") >= 0;
}
