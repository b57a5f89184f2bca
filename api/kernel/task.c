// SPDX-License-Identifier: GPL-2.0-only
/* task.c - the task that runs, and what it may wait for; see wait.h */
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/jiffies.h>
#include <linux/string.h>
#include <linux/wait.h>

#include "core/core.h"
#include "host/host.h"
#include "kernel/kernel.h"
#include "kernel/wait.h"

/* A task that waits so long for another, in milliseconds, waits forever. */
#define LONGEST_WAIT	20000

static unsigned long longest_wait;

/* Runs module_init(), module_exit() and everything else that no program asked for. */
static struct task_struct kernel_task = {
	.group_leader = &kernel_task,
	.comm = "kernel",
	.open_migrations = LIST_HEAD_INIT(kernel_task.open_migrations),
	.link = LIST_HEAD_INIT(kernel_task.link),
};

__thread struct task_struct *running_task = &kernel_task;
static __thread unsigned int depth;
static pid_t last_pid;
static unsigned long ticks;

/* What everybody waits for who waits. */
struct waiter {
	struct list_head link;
	struct task_struct *task;
};

static LIST_HEAD(waiters);

bool tasks_can_wait;

struct task_struct *get_current(void)
{
	return running_task;
}

struct task_struct *task_enter(struct task_struct *task)
{
	if (depth++ == 0 && tasks_can_wait)
		host_lock();
	return task_switch(task);
}

void task_leave(struct task_struct *before)
{
	task_switch(before);
	if (--depth == 0 && tasks_can_wait)
		host_unlock();
}

bool task_is_in_kernel(void)
{
	return depth;
}

/* Called from inside the kernel, so the lock is taken or given back as if it had been held. */
void tasks_start_waiting(bool on)
{
	const char *wanted = host_environment("MACHINE_WAIT");

	if (on == tasks_can_wait)
		return;
	longest_wait = LONGEST_WAIT;
	if (wanted && kstrtoul(wanted, 10, &longest_wait))
		printk("MACHINE_WAIT=%s is not understood: a number of milliseconds\n", wanted);
	if (on)
		host_lock();
	else
		host_unlock();
	tasks_can_wait = on;
}

unsigned long task_clock(void)
{
	return host_milliseconds();
}

static void report_waiters(void)
{
	struct waiter *waiter;

	list_for_each_entry(waiter, &waiters, link)
		report_note("%s %d waits for %s", waiter->task->comm, waiter->task->pid,
			    waiter->task->waits_for);
}

void task_sleep(const char *what, unsigned long since)
{
	struct waiter waiter = { .task = current };
	unsigned long waited = host_milliseconds() - since;

	current->waits_for = what;
	list_add_tail(&waiter.link, &waiters);
	if (waited > longest_wait) {
		rule_broken(RULE_DEADLOCK, "a task has waited for %s for %lu milliseconds", what,
			    waited);
		report_waiters();
		host_abort();
	}
	host_sleep(longest_wait - waited + 1);
	list_del(&waiter.link);
	current->waits_for = NULL;
}

void tasks_wake(void)
{
	if (tasks_can_wait)
		host_wake();
}

void task_yield(void)
{
	if (!tasks_can_wait || current->core_depth || !host_lock_is_wanted())
		return;
	host_unlock();
	host_lock();
}

/* NULL runs the kernel's own task. */
struct task_struct *task_switch(struct task_struct *task)
{
	struct task_struct *before = running_task;

	running_task = task ?: &kernel_task;
	return before;
}

void task_init(struct task_struct *task, const char *name, struct mm_struct *mm)
{
	*task = (struct task_struct){ .mm = mm, .active_mm = mm, .pid = ++last_pid };
	task->tgid = task->pid;
	task->group_leader = task;
	INIT_LIST_HEAD(&task->open_migrations);
	INIT_LIST_HEAD(&task->link);
	strscpy(task->comm, name, sizeof(task->comm));
}

void schedule(void)
{
	might_sleep();
}

int cond_resched(void)
{
	might_sleep();
	return 0;
}

unsigned long jiffies_now(void)
{
	return ++ticks;
}

void msleep(unsigned int ms)
{
	might_sleep();
	ticks += msecs_to_jiffies(ms);
}

void usleep_range(unsigned long low, unsigned long high)
{
	msleep(low / 1000);
}

void udelay(unsigned long us)
{
	ticks += msecs_to_jiffies(us / 1000);
}

void wait_never_ends(const char *condition)
{
	rule_broken_fatal(RULE_WAIT_NEVER_ENDS,
			  "waiting for %s, which nobody is there to bring about", condition);
}

/* wait_event() looks at its condition, and if it does not hold calls this until it does. */
void wait_for_others(const char *condition, unsigned long *since)
{
	might_sleep();
	if (!tasks_can_wait)
		wait_never_ends(condition);
	if (!*since)
		*since = task_clock();
	task_sleep(condition, *since);
}

void wait_ended(struct wait_queue_head *queue)
{
	sync_acquired(queue);
}

void wake_others(struct wait_queue_head *queue)
{
	queue->woken++;
	sync_released(queue);
	tasks_wake();
}

void complete(struct completion *x)
{
	sync_released(x);
	if (x->done != UINT_MAX)
		x->done++;
	tasks_wake();
}

void complete_all(struct completion *x)
{
	sync_released(x);
	x->done = UINT_MAX;
	tasks_wake();
}

bool try_wait_for_completion(struct completion *x)
{
	if (!x->done)
		return false;
	if (x->done != UINT_MAX)
		x->done--;
	sync_acquired(x);
	return true;
}

void wait_for_completion(struct completion *x)
{
	might_sleep();
	if (tasks_can_wait)
		task_wait_until(x->done, "a completion");
	if (!try_wait_for_completion(x))
		wait_never_ends("a completion");
}

int wait_for_completion_interruptible(struct completion *x)
{
	wait_for_completion(x);
	return 0;
}

int wait_for_completion_killable(struct completion *x)
{
	wait_for_completion(x);
	return 0;
}

unsigned long wait_for_completion_timeout(struct completion *x, unsigned long timeout)
{
	might_sleep();
	return try_wait_for_completion(x) ? max(timeout, 1UL) : 0;
}
