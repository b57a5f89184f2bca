// SPDX-License-Identifier: GPL-2.0-only
/* scenario.c - has a driver move four pages, and looks at what is left of them */
#include <stdio.h>
#include <string.h>

#include "program.h"

#define NPAGES	4

static int byte_of_page(struct program *p, unsigned long addr)
{
	unsigned char byte = 0;

	return program_read(p, addr, &byte, 1) ? -1 : byte;
}

int main(void)
{
	struct program *p;
	unsigned long addr;
	int fd, lost = 0;

	if (machine_boot() || machine_load_driver())
		return 2;
	p = program_start();
	fd = program_open(p, "/dev/wrong");
	addr = program_map(p, NPAGES * PROGRAM_PAGE_SIZE, PROGRAM_READ | PROGRAM_WRITE);
	for (int i = 0; i < NPAGES; i++) {
		unsigned char byte = 'a' + i;

		program_write(p, addr + i * PROGRAM_PAGE_SIZE, &byte, 1);
	}
	program_ioctl(p, fd, 1, (void *)addr);
	for (int i = 0; i < NPAGES; i++)
		lost += byte_of_page(p, addr + i * PROGRAM_PAGE_SIZE) != 'a' + i;
	printf("pages lost: %d\n", lost);
	program_exit(p);
	return machine_shutdown() ? 1 : 0;
}
