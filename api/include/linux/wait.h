/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * wait.h - wait queues
 *
 * Differs: a condition is looked at again whenever anything was released or woken, so that a missing
 * wake_up() goes unnoticed. One that nobody can bring about is reported.
 */
#ifndef _LINUX_WAIT_H
#define _LINUX_WAIT_H

#include <linux/errno.h>
#include <linux/list.h>
#include <linux/sched.h>
#include <linux/spinlock.h>

struct wait_queue_entry {
	struct list_head entry;
	struct task_struct *task;
};

typedef struct wait_queue_entry wait_queue_entry_t;

typedef struct wait_queue_head {
	unsigned long woken;
	struct list_head entries;
} wait_queue_head_t;

#define __WAIT_QUEUE_HEAD_INITIALIZER(name)	{ .entries = LIST_HEAD_INIT((name).entries) }
#define DECLARE_WAIT_QUEUE_HEAD(name) \
	wait_queue_head_t name = __WAIT_QUEUE_HEAD_INITIALIZER(name)
#define DECLARE_WAIT_QUEUE_HEAD_ONSTACK(name)	DECLARE_WAIT_QUEUE_HEAD(name)
void init_waitqueue_head(struct wait_queue_head *queue);

/* Of the machine itself: a wait that ends at some time. */
struct wait_until {
	long left;
	unsigned long since;
	unsigned long end;
	struct deferred *wake;
};

/* Of the machine itself. */
void wait_for_others(const char *condition, unsigned long *since);
bool wait_for_others_until(const char *condition, struct wait_until *wait);
long wait_until_ended(void *object, struct wait_until *wait, bool holds);
void wake_others(struct wait_queue_head *queue);
void wait_ended(struct wait_queue_head *queue);

#define wake_up(queue)			wake_others(queue)
#define wake_up_all(queue)		wake_up(queue)
#define wake_up_locked(queue)		wake_up(queue)
#define wake_up_interruptible(queue)	wake_up(queue)
#define wake_up_interruptible_all(queue)	wake_up(queue)
#define wq_has_sleeper(queue)		(!list_empty(&(queue)->entries))
#define waitqueue_active(queue)		wq_has_sleeper(queue)

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
#define wait_event_idle(queue, condition)	wait_event(queue, condition)
#define wait_event_timeout(queue, condition, timeout) ({ \
	struct wait_until __wait = { .left = (timeout) }; \
	bool __holds; \
	\
	while (!(__holds = !!(condition)) && wait_for_others_until(#condition, &__wait)) \
		; \
	wait_until_ended(&(queue), &__wait, __holds); \
})
#define wait_event_interruptible_timeout(queue, condition, timeout) \
	wait_event_timeout(queue, condition, timeout)
#define wait_event_killable_timeout(queue, condition, timeout) \
	wait_event_timeout(queue, condition, timeout)
#define wait_event_lock_irq(queue, condition, lock) do { \
	while (!(condition)) { \
		spin_unlock_irq(&(lock)); \
		wait_event(queue, condition); \
		spin_lock_irq(&(lock)); \
	} \
} while (0)

#define DEFINE_WAIT(name) \
	struct wait_queue_entry name = { \
		.entry = LIST_HEAD_INIT(name.entry), \
		.task = current, \
	}
void prepare_to_wait(struct wait_queue_head *queue, struct wait_queue_entry *entry, int state);
void finish_wait(struct wait_queue_head *queue, struct wait_queue_entry *entry);

#endif
