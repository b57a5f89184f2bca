/* SPDX-License-Identifier: GPL-2.0-only */
/* programs.h - what the machine does with all its programs at once */
#ifndef API_PROGRAMS_H
#define API_PROGRAMS_H

struct program;
struct task_struct;

void programs_exit_all(void);
void programs_forget_pins(void);

/* The calling thread does something in the kernel, as a thread of @p; ends with task_leave(). */
struct task_struct *program_enter(struct program *p);

#endif
