// SPDX-License-Identifier: GPL-2.0-only
/* workqueue.c - work is done by whoever queues it, at once */
#include <linux/slab.h>
#include <linux/workqueue.h>

#include "core/core.h"

struct workqueue_struct {
	int unused;
};

static struct workqueue_struct the_system_queue;
struct workqueue_struct *system_wq = &the_system_queue;
struct workqueue_struct *system_unbound_wq = &the_system_queue;

struct workqueue_struct *alloc_workqueue(const char *fmt, unsigned int flags, int max_active, ...)
{
	return kzalloc(sizeof(struct workqueue_struct), GFP_KERNEL);
}

void destroy_workqueue(struct workqueue_struct *queue)
{
	kfree(queue);
}

/* Work that queues itself again would never return: it is left out. */
bool queue_work(struct workqueue_struct *queue, struct work_struct *work)
{
	if (work->running)
		return false;
	work->running = true;
	work->func(work);
	work->running = false;
	return true;
}

bool flush_work(struct work_struct *work)
{
	might_sleep();
	return false;
}

bool cancel_work_sync(struct work_struct *work)
{
	might_sleep();
	return false;
}
