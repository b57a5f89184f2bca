/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * workqueue.h - work is done at once, by the task that queues it
 *
 * Differs: nothing runs beside the program that called, so queueing work is calling it. What a
 * driver must not hold while the work runs, it must not hold while it queues it: a deadlock shows at
 * once.
 */
#ifndef _LINUX_WORKQUEUE_H
#define _LINUX_WORKQUEUE_H

#include <linux/jiffies.h>
#include <linux/types.h>

struct work_struct;
typedef void (*work_func_t)(struct work_struct *work);

struct work_struct {
	work_func_t func;
	bool running;
};

struct delayed_work {
	struct work_struct work;
};

struct workqueue_struct;
extern struct workqueue_struct *system_wq;
extern struct workqueue_struct *system_unbound_wq;

#define WQ_UNBOUND		0x02u
#define WQ_MEM_RECLAIM		0x08u
#define WQ_HIGHPRI		0x10u

#define __WORK_INITIALIZER(function)	{ .func = (function) }
#define DECLARE_WORK(name, function)	struct work_struct name = __WORK_INITIALIZER(function)
#define INIT_WORK(w, function)		((w)->func = (function), (void)((w)->running = false))
#define INIT_DELAYED_WORK(w, function)	INIT_WORK(&(w)->work, function)
#define to_delayed_work(w)		container_of(w, struct delayed_work, work)

struct workqueue_struct *alloc_workqueue(const char *fmt, unsigned int flags, int max_active, ...);
#define alloc_ordered_workqueue(fmt, flags, ...) \
	alloc_workqueue(fmt, flags, 1, ##__VA_ARGS__)
#define create_singlethread_workqueue(name)		alloc_workqueue("%s", 0, 1, name)
void destroy_workqueue(struct workqueue_struct *queue);
bool queue_work(struct workqueue_struct *queue, struct work_struct *work);
#define schedule_work(work)			queue_work(system_wq, work)
#define queue_delayed_work(queue, w, delay)	((void)(delay), queue_work(queue, &(w)->work))
#define schedule_delayed_work(w, delay)		queue_delayed_work(system_wq, w, delay)
bool flush_work(struct work_struct *work);
bool cancel_work_sync(struct work_struct *work);
#define cancel_delayed_work_sync(w)		cancel_work_sync(&(w)->work)
#define flush_workqueue(queue)			((void)(queue))

#endif
