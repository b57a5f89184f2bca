/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * machine.h - between machine.c, program.c and file.c.
 */
#ifndef KERNEL_MACHINE_H
#define KERNEL_MACHINE_H

#include "program.h"

/* Makes the channels.  0, or -errno. */
int programs_boot(void);

void programs_exit_all(void);

/* As program_map_file(), with the name of the file; 0 when it cannot be mapped. */
unsigned long map_file_of_program(struct program *p, const char *name, unsigned long length, int prot,
				  int shared);

/* Swaps out what the program alone maps.  0, or -errno. */
long page_out_of_program(struct program *p, unsigned long addr, unsigned long length);

/* Adds the pages of all programs to what is in @counts. */
void programs_count(struct machine_counts *counts);

#endif /* KERNEL_MACHINE_H */
