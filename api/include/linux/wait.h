/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * wait.h - wait queues
 *
 * Differs: a condition that does not hold when a lone task waits for it never will. With threads
 * it is looked at again whenever anything was released or woken.
 */
#ifndef _LINUX_WAIT_H
#define _LINUX_WAIT_H

#include <linux/errno.h>
#include <linux/list.h>
#include <linux/spinlock.h>

typedef struct wait_queue_head {
	unsigned long woken;
} wait_queue_head_t;

#define __WAIT_QUEUE_HEAD_INITIALIZER(name)	{ .woken = 0 }
#define DECLARE_WAIT_QUEUE_HEAD(name) \
	wait_queue_head_t name = __WAIT_QUEUE_HEAD_INITIALIZER(name)
#define init_waitqueue_head(queue)	((void)((queue)->woken = 0))

/* Of the machine itself. */
void wait_for_others(const char *condition, unsigned long *since);
void wake_others(struct wait_queue_head *queue);
void wait_ended(struct wait_queue_head *queue);

#define wake_up(queue)			wake_others(queue)
#define wake_up_all(queue)		wake_up(queue)
#define wake_up_interruptible(queue)	wake_up(queue)
#define wait_event(queue, condition) do { \
	unsigned long __since = 0; \
	\
	while (!(condition)) \
		wait_for_others(#condition, &__since); \
	wait_ended(&(queue)); \
} while (0)
#define wait_event_interruptible(queue, condition) ({ \
	wait_event(queue, condition); \
	0; \
})
#define wait_event_killable(queue, condition)	wait_event_interruptible(queue, condition)
#define wait_event_timeout(queue, condition, timeout)	((condition) ? (timeout) : 0)

#endif
