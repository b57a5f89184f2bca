/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * calls.h - upstream's test on the reference implementation: what the parts share
 *
 * hmm-tests.c is an ordinary program of Linux. Here it is linked with our system calls in the place of
 * those of the C library (see `renamed`): what concerns its memory, the devices and its children goes
 * to the machine, as soon as that is up, and the rest to the host.
 */
#ifndef CALLS_H
#define CALLS_H

#include <stdbool.h>

#include "program.h"

/* The program that runs now, the test or a child of it; a null pointer until a device is opened. */
extern struct program *running;

/* children.c: called by exit() and its relatives. Returns when it is not a child that ends. */
void child_ends(int status);

/* The machine goes down. Returns whether nothing was left behind and no rule was broken. */
bool machine_ends(void);

#endif
