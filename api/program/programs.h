/* SPDX-License-Identifier: GPL-2.0-only */
/* programs.h - what the parts of a program share, and what the machine does with all of them */
#ifndef API_PROGRAMS_H
#define API_PROGRAMS_H

#include <linux/list.h>
#include <linux/sched.h>

#define MOST_FILES	16

struct program {
	struct list_head link;
	struct task_struct task;
	struct list_head threads;
	struct file *files[MOST_FILES];
};

struct file *program_file(struct program *p, int fd);

void programs_exit_all(void);
void programs_forget_pins(void);

/* The calling thread does something in the kernel, as a thread of @p; ends with task_leave(). */
struct task_struct *program_enter(struct program *p);

#endif
