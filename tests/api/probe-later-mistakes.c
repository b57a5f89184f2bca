// SPDX-License-Identifier: GPL-2.0-only
/*
 * probe-later-mistakes.c - what a driver does wrong with work, timers and threads, and work left to do
 *
 * Run by later-test.c, which looks at what the machine says about it.
 */
#include <linux/delay.h>
#include <linux/highmem.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/timer.h>

#include "probe-device.h"
#include "probe-later.h"

static int free_queued_work(void)
{
	struct job *job = kmalloc(sizeof(*job), GFP_KERNEL);

	job_init(job, 'f');
	schedule_work(&job->work);
	kfree(job);
	return 0;
}

static int use_freed_page(void)
{
	struct page *page = alloc_page(GFP_KERNEL);

	put_page(page);
	clear_highpage(page);
	return 0;
}

static struct job forgotten;

static int init_queued_work(void)
{
	job_init(&forgotten, 'f');
	schedule_work(&forgotten.work);
	INIT_WORK(&forgotten.work, do_job);
	return 0;
}

static int leave_work_behind(void)
{
	job_init(&forgotten, 'f');
	schedule_work(&forgotten.work);
	return 0;
}

static struct engine left_engine;

static int leave_thread_behind(void)
{
	init_waitqueue_head(&left_engine.queue);
	return IS_ERR(kthread_run(serve, &left_engine, "left"));
}

static void sleep_in_timer(struct timer_list *timer)
{
	msleep(1);
}

static int sleep_in_a_timer(void)
{
	struct timer_list timer;

	timer_setup(&timer, sleep_in_timer, 0);
	mod_timer(&timer, jiffies + 1);
	msleep(100);
	return 0;
}

static int queue_some_work(void)
{
	forget();
	job_init(&forgotten, 'q');
	schedule_work(&forgotten.work);
	return 0;
}

static int some_work_is_done(void)
{
	return !order_is("q");
}

static int some_work_is_not_done(void)
{
	return !order_is("");
}

#define TEST(function)	{ #function, function }

static const struct {
	const char *name;
	int (*function)(void);
} later_mistakes[] = {
	TEST(free_queued_work),
	TEST(use_freed_page),
	TEST(init_queued_work),
	TEST(leave_work_behind),
	TEST(leave_thread_behind),
	TEST(sleep_in_a_timer),
	TEST(queue_some_work),
	TEST(some_work_is_done),
	TEST(some_work_is_not_done),
};

int probe_later_mistakes(const char *name)
{
	for (unsigned int i = 0; i < ARRAY_SIZE(later_mistakes); i++)
		if (!strcmp(later_mistakes[i].name, name))
			return later_mistakes[i].function();
	return probe_containers(name);
}
