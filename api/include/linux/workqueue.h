/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * workqueue.h - work is done by threads of the kernel
 *
 * When it is done is up to MACHINE_SCHEDULE, see program.h: as a rule as late as possible, so that a
 * driver that does not wait for its work is found out.
 *
 * Differs: work waits on no processor, and of the flags of a queue none counts. A queue does at most
 * max_active works at a time.
 */
#ifndef _LINUX_WORKQUEUE_H
#define _LINUX_WORKQUEUE_H

#include <linux/jiffies.h>
#include <linux/timer.h>
#include <linux/types.h>

struct work_struct;
typedef void (*work_func_t)(struct work_struct *work);

struct work_struct {
	work_func_t func;
};

struct delayed_work {
	struct work_struct work;
	struct timer_list timer;
};

struct workqueue_struct;
extern struct workqueue_struct *system_wq;
extern struct workqueue_struct *system_unbound_wq;
extern struct workqueue_struct *system_highpri_wq;
extern struct workqueue_struct *system_long_wq;
extern struct workqueue_struct *system_percpu_wq;
extern struct workqueue_struct *system_dfl_wq;

#define WQ_UNBOUND		0x02u
#define WQ_FREEZABLE		0x04u
#define WQ_MEM_RECLAIM		0x08u
#define WQ_HIGHPRI		0x10u
#define WQ_PERCPU		0x100u

#define WORK_BUSY_PENDING	1u
#define WORK_BUSY_RUNNING	2u

#define __WORK_INITIALIZER(function)	{ .func = (function) }
#define DECLARE_WORK(name, function)	struct work_struct name = __WORK_INITIALIZER(function)
#define DECLARE_DELAYED_WORK(name, function) \
	struct delayed_work name = { .work = __WORK_INITIALIZER(function) }
#define INIT_WORK(w, function)		work_init(w, sizeof(*(w)), function)
#define INIT_WORK_ONSTACK(w, function)	INIT_WORK(w, function)
#define destroy_work_on_stack(w)	((void)(w))
#define INIT_DELAYED_WORK(w, function)	work_init(&(w)->work, sizeof(*(w)), function)
#define to_delayed_work(w)		container_of(w, struct delayed_work, work)

/* Of the machine itself: what INIT_WORK() does. */
void work_init(struct work_struct *work, size_t size, work_func_t func);

struct workqueue_struct *alloc_workqueue(const char *fmt, unsigned int flags, int max_active, ...);
#define alloc_ordered_workqueue(fmt, flags, ...) \
	alloc_workqueue(fmt, flags, 1, ##__VA_ARGS__)
#define create_workqueue(name)				alloc_workqueue("%s", 0, 0, name)
#define create_singlethread_workqueue(name)		alloc_workqueue("%s", 0, 1, name)
void destroy_workqueue(struct workqueue_struct *queue);
void flush_workqueue(struct workqueue_struct *queue);
void drain_workqueue(struct workqueue_struct *queue);

bool queue_work(struct workqueue_struct *queue, struct work_struct *work);
bool queue_delayed_work(struct workqueue_struct *queue, struct delayed_work *work,
			unsigned long delay);
bool mod_delayed_work(struct workqueue_struct *queue, struct delayed_work *work,
		      unsigned long delay);
#define queue_work_on(cpu, queue, work)		((void)(cpu), queue_work(queue, work))
#define schedule_work(work)			queue_work(system_wq, work)
#define schedule_delayed_work(w, delay)		queue_delayed_work(system_wq, w, delay)

bool work_pending(struct work_struct *work);
unsigned int work_busy(struct work_struct *work);
#define delayed_work_pending(w)			work_pending(&(w)->work)

bool flush_work(struct work_struct *work);
bool flush_delayed_work(struct delayed_work *work);
bool cancel_work(struct work_struct *work);
bool cancel_work_sync(struct work_struct *work);
#define cancel_delayed_work(w)			cancel_work(&(w)->work)
#define cancel_delayed_work_sync(w)		cancel_work_sync(&(w)->work)
#define flush_scheduled_work()			flush_workqueue(system_wq)

#endif
