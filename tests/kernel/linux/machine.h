/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * machine.h - between machine.c and program.c.
 */
#ifndef KERNEL_MACHINE_H
#define KERNEL_MACHINE_H

#include "program.h"

/* Makes the channels.  0, or -errno. */
int programs_boot(void);

void programs_exit_all(void);

/* Adds the pages of all programs to what is in @counts. */
void programs_count(struct machine_counts *counts);

#endif /* KERNEL_MACHINE_H */
