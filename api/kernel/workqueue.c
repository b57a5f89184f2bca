// SPDX-License-Identifier: GPL-2.0-only
/*
 * workqueue.c - work is done by threads of the kernel, when it is its turn
 *
 * A worker takes one work at a time. One that has nothing to do stands aside until there is more.
 */
#include <linux/slab.h>
#include <linux/workqueue.h>

#include "core/verify.h"
#include "host/host.h"
#include "kernel/kernel.h"
#include "kernel/schedule.h"
#include "kernel/wait.h"

struct workqueue_struct {
	int max_active;
	int active;
};

/**
 * struct worker - a thread that does work
 * @thread: the thread; on @idle while it has nothing to do
 * @link: on the list of those that do something
 * @work: what it does; not to be looked at, since the function may free it
 * @queue: where the work came from
 */
struct worker {
	struct kernel_thread *thread;
	struct list_head link;
	struct work_struct *work;
	struct workqueue_struct *queue;
};

static struct workqueue_struct the_system_queue;
struct workqueue_struct *system_wq = &the_system_queue;
struct workqueue_struct *system_unbound_wq = &the_system_queue;
struct workqueue_struct *system_highpri_wq = &the_system_queue;
struct workqueue_struct *system_long_wq = &the_system_queue;
struct workqueue_struct *system_percpu_wq = &the_system_queue;
struct workqueue_struct *system_dfl_wq = &the_system_queue;

static LIST_HEAD(busy);
static LIST_HEAD(idle);

struct workqueue_struct *alloc_workqueue(const char *fmt, unsigned int flags, int max_active, ...)
{
	struct workqueue_struct *queue = kzalloc(sizeof(*queue), GFP_KERNEL);

	if (queue)
		queue->max_active = max_active;
	return queue;
}

/* --- Workers ---------------------------------------------------------------------------------- */

static int worker_main(void *data)
{
	struct worker *worker = data;

	while (worker->work) {
		struct work_struct *work = worker->work;
		struct list_head *open = verify_enter();

		sync_acquired(work);
		work->func(work);
		verify_leave(open);
		if (current->atomic_depth || current->reading_count)
			rule_broken(RULE_LOCK_NOT_HELD, "work returns with a lock held");
		sync_released(work);
		worker->queue->active--;
		worker->work = NULL;
		list_move(&worker->link, &idle);
		list_del_init(&worker->thread->link);
		worker->thread->running = false;
		worker->thread->begins_wait = true;
		tasks_wake();
		kernel_thread_waits();
	}
	return 0;
}

static struct worker *worker_create(void)
{
	struct worker *worker = host_zalloc(sizeof(*worker));

	BUG_ON(!worker);
	worker->thread = kernel_thread_create(worker_main, worker, "kworker");
	BUG_ON(!worker->thread);
	list_add(&worker->link, &busy);
	return worker;
}

static struct worker *worker_find(void)
{
	struct worker *worker;

	while (!list_empty(&idle)) {
		worker = list_first_entry(&idle, struct worker, link);
		if (!host_fiber_is_lost(worker->thread->fiber)) {
			list_move(&worker->link, &busy);
			kernel_thread_resumes(worker->thread);
			return worker;
		}
		list_del(&worker->link);
		kernel_thread_free(worker->thread);
		host_free(worker);
	}
	return worker_create();
}

static struct worker *worker_of(const struct work_struct *work)
{
	struct worker *worker;

	list_for_each_entry(worker, &busy, link)
		if (worker->work == work)
			return worker;
	return NULL;
}

/* A queue does only so much at a time, and no work is done twice at the same time. */
bool work_begin(struct deferred *deferred)
{
	struct workqueue_struct *queue = deferred->queue;
	struct worker *worker;

	if ((queue->max_active && queue->active >= queue->max_active) ||
	    worker_of(deferred->object))
		return false;
	worker = worker_find();
	worker->work = deferred->object;
	worker->queue = queue;
	worker->thread->running = true;
	queue->active++;
	deferred_cancel(deferred);
	kernel_thread_run(worker->thread);
	return true;
}

/* The idle ones end; whoever still waits in the middle of work does so for ever. */
void workers_shutdown(void)
{
	struct worker *worker, *next;

	list_for_each_entry_safe(worker, next, &idle, link) {
		if (!host_fiber_is_lost(worker->thread->fiber))
			kernel_thread_run(worker->thread);
		kernel_thread_free(worker->thread);
		host_free(worker);
	}
	list_for_each_entry_safe(worker, next, &busy, link)
		kernel_thread_free(worker->thread);
	INIT_LIST_HEAD(&idle);
	INIT_LIST_HEAD(&busy);
	the_system_queue.active = 0;
}

/* --- Queueing --------------------------------------------------------------------------------- */

void work_init(struct work_struct *work, size_t size, work_func_t func)
{
	if (unlikely(others_exist))
		deferred_object_gone(work, size, "INIT_WORK");
	work->func = func;
}

static bool queue_after(struct workqueue_struct *queue, struct work_struct *work,
			unsigned long delay, const void *caller)
{
	if (!work->func)
		rule_broken_fatal(RULE_WORK_IN_USE, "work is queued that INIT_WORK() has not seen");
	if (deferred_find(DEFERRED_WORK, work))
		return false;
	sync_released(work);
	defer(DEFERRED_WORK, work, delay, caller)->queue = queue;
	schedule_queued();
	return true;
}

bool queue_work(struct workqueue_struct *queue, struct work_struct *work)
{
	return queue_after(queue, work, 0, __builtin_return_address(0));
}

bool queue_delayed_work(struct workqueue_struct *queue, struct delayed_work *work,
			unsigned long delay)
{
	return queue_after(queue, &work->work, delay, __builtin_return_address(0));
}

bool mod_delayed_work(struct workqueue_struct *queue, struct delayed_work *work,
		      unsigned long delay)
{
	bool was_pending = cancel_work(&work->work);

	queue_after(queue, &work->work, delay, __builtin_return_address(0));
	return was_pending;
}

bool work_pending(struct work_struct *work)
{
	return deferred_find(DEFERRED_WORK, work);
}

unsigned int work_busy(struct work_struct *work)
{
	return (work_pending(work) ? WORK_BUSY_PENDING : 0) |
	       (worker_of(work) ? WORK_BUSY_RUNNING : 0);
}

/* --- Waiting for it --------------------------------------------------------------------------- */

bool flush_work(struct work_struct *work)
{
	might_sleep();
	if (!work_busy(work))
		return false;
	task_wait_until(!work_busy(work), "work to be done");
	sync_acquired(work);
	return true;
}

bool flush_delayed_work(struct delayed_work *work)
{
	struct deferred *deferred = deferred_find(DEFERRED_WORK, &work->work);

	if (deferred && deferred->timed)
		mod_delayed_work(deferred->queue, work, 0);
	return flush_work(&work->work);
}

bool cancel_work(struct work_struct *work)
{
	struct deferred *deferred = deferred_find(DEFERRED_WORK, work);

	if (!deferred)
		return false;
	deferred_cancel(deferred);
	return true;
}

/* Work that queues itself again is cancelled as often as it does. */
bool cancel_work_sync(struct work_struct *work)
{
	bool was_pending = cancel_work(work);

	might_sleep();
	task_wait_until(!worker_of(work), "work to be over");
	while (cancel_work(work))
		task_wait_until(!worker_of(work), "work to be over");
	sync_acquired(work);
	return was_pending;
}

static bool queue_has_work(const struct workqueue_struct *queue)
{
	struct deferred *deferred = NULL;

	if (queue->active)
		return true;
	while ((deferred = deferred_next(deferred)))
		if (deferred->kind == DEFERRED_WORK && deferred->queue == queue &&
		    !deferred->timed)
			return true;
	return false;
}

void flush_workqueue(struct workqueue_struct *queue)
{
	might_sleep();
	task_wait_until(!queue_has_work(queue), "a work queue to be empty");
	sync_acquired(queue);
}

void drain_workqueue(struct workqueue_struct *queue)
{
	flush_workqueue(queue);
}

void destroy_workqueue(struct workqueue_struct *queue)
{
	struct deferred *deferred, *next;

	drain_workqueue(queue);
	for (deferred = deferred_next(NULL); deferred; deferred = next) {
		next = deferred_next(deferred);
		if (deferred->kind != DEFERRED_WORK || deferred->queue != queue)
			continue;
		rule_broken(RULE_WORK_IN_USE,
			    "destroy_workqueue() with delayed work, which was queued by %pS",
			    deferred->queued_at);
		deferred_cancel(deferred);
	}
	kfree(queue);
}
