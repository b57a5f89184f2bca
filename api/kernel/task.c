// SPDX-License-Identifier: GPL-2.0-only
/* task.c - the task that runs, and what it may wait for: nobody else runs meanwhile */
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/jiffies.h>
#include <linux/string.h>
#include <linux/wait.h>

#include "core/core.h"
#include "kernel/kernel.h"

/* Runs module_init(), module_exit() and everything else that no program asked for. */
static struct task_struct kernel_task = { .group_leader = &kernel_task, .comm = "kernel" };
static struct task_struct *running = &kernel_task;
static pid_t last_pid;
static unsigned long ticks;

struct task_struct *get_current(void)
{
	return running;
}

/* NULL runs the kernel's own task. */
struct task_struct *task_switch(struct task_struct *task)
{
	struct task_struct *before = running;

	running = task ?: &kernel_task;
	return before;
}

void task_init(struct task_struct *task, const char *name, struct mm_struct *mm)
{
	*task = (struct task_struct){ .mm = mm, .active_mm = mm, .pid = ++last_pid };
	task->tgid = task->pid;
	task->group_leader = task;
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
	might_sleep();
	rule_broken_fatal(RULE_WAIT_NEVER_ENDS,
			  "waiting for %s, which nobody is there to bring about", condition);
}

void complete(struct completion *x)
{
	if (x->done != UINT_MAX)
		x->done++;
}

void complete_all(struct completion *x)
{
	x->done = UINT_MAX;
}

bool try_wait_for_completion(struct completion *x)
{
	if (!x->done)
		return false;
	if (x->done != UINT_MAX)
		x->done--;
	return true;
}

void wait_for_completion(struct completion *x)
{
	might_sleep();
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
