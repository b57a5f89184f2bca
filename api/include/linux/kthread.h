/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * kthread.h - threads of the kernel
 *
 * They run when another task waits or sleeps; MACHINE_SCHEDULE chooses, see program.h.
 */
#ifndef _LINUX_KTHREAD_H
#define _LINUX_KTHREAD_H

#include <linux/err.h>
#include <linux/sched.h>

struct task_struct *kthread_create(int (*function)(void *data), void *data, const char *fmt, ...)
	__printf(3, 4);

#define kthread_run(function, data, fmt, ...) ({ \
	struct task_struct *__task = kthread_create(function, data, fmt, ##__VA_ARGS__); \
	\
	if (!IS_ERR(__task)) \
		wake_up_process(__task); \
	__task; \
})

int kthread_stop(struct task_struct *task);
bool kthread_should_stop(void);

struct mm_struct;
void kthread_use_mm(struct mm_struct *mm);
void kthread_unuse_mm(struct mm_struct *mm);

#endif
