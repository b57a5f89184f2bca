/* SPDX-License-Identifier: GPL-2.0-only */
/* scenario.h - what the parts of the conformance scenario share */
#ifndef CONFORMANCE_SCENARIO_H
#define CONFORMANCE_SCENARIO_H

#include "conformance-ioctl.h"
#include "program.h"

/* Of the step that runs; its driver is open as @device. */
extern struct program *program;
extern int device;

void begin(const char *title);
void end(void);

/* life.c: what a driver hears of what a program does with its memory. */
void every_event(void);

#endif
