// SPDX-License-Identifier: GPL-2.0-only
/*
 * file.c - the files of program.h are on the machine's tmpfs, and swapping goes to its ramdisk.
 *
 * A program opens a file by its name, and never sees its descriptor.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "machine.h"

struct program_file {
	char name[32];
	unsigned long length;
};

struct program_file *program_create_file(unsigned long length)
{
	struct program_file *file = calloc(1, sizeof(*file));
	int descriptor;

	if (!file)
		return NULL;
	strcpy(file->name, "/tmp/program-file.XXXXXX");
	file->length = length;
	descriptor = mkstemp(file->name);
	if (descriptor < 0 || ftruncate(descriptor, (off_t)length)) {
		perror(file->name);
		free(file);
		file = NULL;
	}
	if (descriptor >= 0)
		close(descriptor);
	return file;
}

unsigned long program_map_file(struct program *p, struct program_file *file, int prot, int shared)
{
	return map_file_of_program(p, file->name, file->length, prot, shared);
}

static unsigned long nr_swapped(struct program *p, unsigned long addr, unsigned long length)
{
	unsigned long end = addr + length, count = 0;

	for (; addr < end; addr += PROGRAM_PAGE_SIZE)
		count += program_page(p, addr).where == PROGRAM_PAGE_SWAPPED;
	return count;
}

long program_swap_out(struct program *p, unsigned long addr, unsigned long length)
{
	unsigned long before = nr_swapped(p, addr, length);
	long ret = page_out_of_program(p, addr, length);

	return ret ? ret : (long)(nr_swapped(p, addr, length) - before);
}
