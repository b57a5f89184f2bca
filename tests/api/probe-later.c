// SPDX-License-Identifier: GPL-2.0-only
/*
 * probe-later.c - what the kernel does later for a driver: work, timers, threads, fences
 *
 * Run by later-test.c, in the order that is the default: as late as possible.
 */
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/dma-fence.h>
#include <linux/errno.h>
#include <linux/interrupt.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/timer.h>
#include <linux/wait.h>
#include <linux/workqueue.h>

#include "probe-device.h"
#include "probe-later.h"

static char order[16];

static void note(char what)
{
	size_t length = strlen(order);

	if (length < sizeof(order) - 1) {
		order[length] = what;
		order[length + 1] = '\0';
	}
}

void forget(void)
{
	order[0] = '\0';
}

bool order_is(const char *expected)
{
	return !strcmp(order, expected);
}

void do_job(struct work_struct *work)
{
	struct job *job = container_of(work, struct job, work);

	note(job->name);
	complete(&job->done);
}

void job_init(struct job *job, char name)
{
	INIT_WORK(&job->work, do_job);
	init_completion(&job->done);
	job->name = name;
}

static int work_waits_until_somebody_waits_for_it(void)
{
	struct job a, b;

	forget();
	job_init(&a, 'a');
	job_init(&b, 'b');
	check(schedule_work(&a.work) && schedule_work(&b.work));
	check(!schedule_work(&a.work));
	check(order_is("") && work_pending(&a.work));
	wait_for_completion(&a.done);
	check(order_is("a") && work_pending(&b.work));
	check(flush_work(&b.work) && !flush_work(&b.work));
	check(order_is("ab"));
	return 0;
}

static int cancelled_work_is_not_done(void)
{
	struct job a;

	forget();
	job_init(&a, 'a');
	schedule_work(&a.work);
	check(cancel_work_sync(&a.work) && !cancel_work_sync(&a.work));
	msleep(10);
	check(order_is(""));
	return 0;
}

static int a_destroyed_queue_has_done_its_work(void)
{
	struct workqueue_struct *queue = alloc_ordered_workqueue("later", 0);
	struct job a, b;

	forget();
	job_init(&a, 'a');
	job_init(&b, 'b');
	queue_work(queue, &a.work);
	queue_work(queue, &b.work);
	destroy_workqueue(queue);
	check(order_is("ab"));
	return 0;
}

/* --- Work that waits for other work ------------------------------------------------------------- */

static struct job inner;
static DEFINE_MUTEX(job_lock);

static void wait_for_inner(struct work_struct *work)
{
	note('o');
	wait_for_completion(&inner.done);
	do_job(work);
}

static int work_may_wait_for_other_work(void)
{
	struct job outer;

	forget();
	job_init(&outer, 'O');
	outer.work.func = wait_for_inner;
	job_init(&inner, 'i');
	schedule_work(&outer.work);
	schedule_work(&inner.work);
	wait_for_completion(&outer.done);
	check(order_is("oiO"));
	return 0;
}

/* An ordered queue would never begin the second. */
static int work_of_an_ordered_queue_may_not_wait_for_other_work(void)
{
	struct workqueue_struct *queue = alloc_ordered_workqueue("later", 0);
	struct job outer;

	job_init(&outer, 'O');
	outer.work.func = wait_for_inner;
	job_init(&inner, 'i');
	queue_work(queue, &outer.work);
	queue_work(queue, &inner.work);
	wait_for_completion(&outer.done);
	return 0;
}

static void lock_and_do_job(struct work_struct *work)
{
	mutex_lock(&job_lock);
	do_job(work);
	mutex_unlock(&job_lock);
}

static int work_that_needs_a_lock_waits_for_it(void)
{
	struct job a, b;

	forget();
	job_init(&a, 'a');
	a.work.func = lock_and_do_job;
	job_init(&b, 'b');
	mutex_lock(&job_lock);
	schedule_work(&a.work);
	schedule_work(&b.work);
	wait_for_completion(&b.done);
	check(order_is("b"));
	mutex_unlock(&job_lock);
	wait_for_completion(&a.done);
	check(order_is("ba"));
	flush_work(&a.work);
	return 0;
}

static int a_flush_under_the_lock_that_the_work_needs_never_ends(void)
{
	struct job a;

	job_init(&a, 'a');
	a.work.func = lock_and_do_job;
	mutex_lock(&job_lock);
	schedule_work(&a.work);
	flush_work(&a.work);
	return 0;
}

/* --- Time --------------------------------------------------------------------------------------- */

struct alarm {
	struct timer_list timer;
	char name;
};

static void ring(struct timer_list *timer)
{
	note(timer_container_of(((struct alarm *)NULL), timer, timer)->name);
}

static int timers_expire_in_their_order(void)
{
	struct alarm early = { .name = 'e' }, late = { .name = 'l' }, never = { .name = 'n' };

	forget();
	timer_setup(&early.timer, ring, 0);
	timer_setup(&late.timer, ring, 0);
	timer_setup(&never.timer, ring, 0);
	mod_timer(&late.timer, jiffies + 20);
	mod_timer(&early.timer, jiffies + 10);
	mod_timer(&never.timer, jiffies + 15);
	check(timer_pending(&never.timer) && timer_delete_sync(&never.timer));
	check(order_is(""));
	msleep(60);
	check(order_is("e"));
	msleep(60);
	check(order_is("el"));
	return 0;
}

static void note_work(struct work_struct *work)
{
	note('w');
}

static int delayed_work_is_done_when_its_time_has_come(void)
{
	struct delayed_work work;
	unsigned long begin = jiffies;

	forget();
	INIT_DELAYED_WORK(&work, note_work);
	schedule_delayed_work(&work, 100);
	msleep(100);
	check(order_is("") && delayed_work_pending(&work));
	check(!schedule_delayed_work(&work, 0));
	check(flush_delayed_work(&work) && order_is("w"));
	check(time_before(jiffies, begin + 100));
	check(!mod_delayed_work(system_wq, &work, 100) && mod_delayed_work(system_wq, &work, 50));
	begin = jiffies;
	msleep(400);
	check(order_is("ww") && time_after_eq(jiffies, begin + 50));
	schedule_delayed_work(&work, 100);
	check(cancel_delayed_work_sync(&work) && !delayed_work_pending(&work));
	return 0;
}

static int waits_can_run_out_of_time(void)
{
	DECLARE_WAIT_QUEUE_HEAD(queue);
	DECLARE_COMPLETION_ONSTACK(never);
	bool condition = false;
	unsigned long begin = jiffies;
	struct job a;

	check(!wait_for_completion_timeout(&never, 50));
	check(time_after_eq(jiffies, begin + 50));
	check(!wait_event_timeout(queue, condition, 50));
	check(time_after_eq(jiffies, begin + 100));
	job_init(&a, 'a');
	schedule_work(&a.work);
	check(wait_for_completion_timeout(&a.done, 50));
	schedule_work(&a.work);
	check(wait_event_timeout(queue, completion_done(&a.done), 50));
	flush_work(&a.work);
	return 0;
}

/* --- Threads and tasklets ------------------------------------------------------------------------ */

int serve(void *data)
{
	struct engine *engine = data;

	while (!kthread_should_stop()) {
		wait_event(engine->queue,
			   engine->orders > engine->served || kthread_should_stop());
		if (engine->orders > engine->served)
			engine->served++;
		wake_up(&engine->queue);
	}
	return engine->served;
}

static int a_kernel_thread_serves_until_it_is_stopped(void)
{
	struct engine engine = { 0 };
	struct task_struct *task;

	init_waitqueue_head(&engine.queue);
	task = kthread_run(serve, &engine, "engine/%d", 1);
	check(!IS_ERR(task) && !strcmp(task->comm, "engine/1"));
	engine.orders = 3;
	wake_up(&engine.queue);
	check(engine.served == 0);
	wait_event(engine.queue, engine.served == 3);
	check(kthread_stop(task) == 3);
	return 0;
}

static void count_in_tasklet(struct tasklet_struct *tasklet)
{
	note('t');
}

static int tasklets_run_once_for_each_time(void)
{
	struct tasklet_struct tasklet;

	forget();
	tasklet_setup(&tasklet, count_in_tasklet);
	tasklet_schedule(&tasklet);
	tasklet_schedule(&tasklet);
	check(order_is(""));
	tasklet_kill(&tasklet);
	check(order_is("t"));
	return 0;
}

/* --- Fences -------------------------------------------------------------------------------------- */

static const char *fence_name(struct dma_fence *fence)
{
	return "probe";
}

static const struct dma_fence_ops fence_ops = {
	.get_driver_name = fence_name,
	.get_timeline_name = fence_name,
};

struct fence_job {
	struct work_struct work;
	struct dma_fence *fence;
};

static void signal_job(struct work_struct *work)
{
	struct fence_job *job = container_of(work, struct fence_job, work);

	note('s');
	dma_fence_signal(job->fence);
	dma_fence_put(job->fence);
}

static void fence_is_signaled(struct dma_fence *fence, struct dma_fence_cb *cb)
{
	note('c');
}

static DEFINE_SPINLOCK(fence_lock);

static struct dma_fence *make_fence(void)
{
	struct dma_fence *fence = kzalloc(sizeof(*fence), GFP_KERNEL);

	if (fence)
		dma_fence_init(fence, &fence_ops, &fence_lock, dma_fence_context_alloc(1), 1);
	return fence;
}

static int a_fence_is_waited_for(void)
{
	struct fence_job job = { .fence = make_fence() };
	struct dma_fence *fence = dma_fence_get(job.fence);
	struct dma_fence_cb cb;

	forget();
	check(fence);
	INIT_WORK(&job.work, signal_job);
	check(!dma_fence_add_callback(fence, &cb, fence_is_signaled));
	schedule_work(&job.work);
	check(!dma_fence_is_signaled(fence) && order_is(""));
	check(!dma_fence_wait(fence, true));
	check(order_is("sc") && dma_fence_get_status(fence) == 1);
	check(dma_fence_add_callback(fence, &cb, fence_is_signaled) == -ENOENT);
	check(dma_fence_wait_timeout(fence, true, 10) == 10);
	flush_work(&job.work);
	dma_fence_put(fence);
	return 0;
}

static int a_fence_that_nobody_signals_never_ends(void)
{
	dma_fence_wait(make_fence(), false);
	return 0;
}

#define TEST(function)	{ #function, function }

static const struct {
	const char *name;
	int (*function)(void);
} later_tests[] = {
	TEST(work_waits_until_somebody_waits_for_it),
	TEST(cancelled_work_is_not_done),
	TEST(a_destroyed_queue_has_done_its_work),
	TEST(work_may_wait_for_other_work),
	TEST(work_of_an_ordered_queue_may_not_wait_for_other_work),
	TEST(work_that_needs_a_lock_waits_for_it),
	TEST(a_flush_under_the_lock_that_the_work_needs_never_ends),
	TEST(timers_expire_in_their_order),
	TEST(delayed_work_is_done_when_its_time_has_come),
	TEST(waits_can_run_out_of_time),
	TEST(a_kernel_thread_serves_until_it_is_stopped),
	TEST(tasklets_run_once_for_each_time),
	TEST(a_fence_is_waited_for),
	TEST(a_fence_that_nobody_signals_never_ends),
};

int probe_later(const char *name)
{
	for (unsigned int i = 0; i < ARRAY_SIZE(later_tests); i++)
		if (!strcmp(later_tests[i].name, name))
			return later_tests[i].function();
	return probe_later_mistakes(name);
}
