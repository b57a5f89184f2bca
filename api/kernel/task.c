// SPDX-License-Identifier: GPL-2.0-only
/* task.c - the task that runs, and what it may wait for; see wait.h */
#include <linux/jiffies.h>
#include <linux/string.h>

#include "core/core.h"
#include "host/host.h"
#include "include/program.h"
#include "kernel/kernel.h"
#include "kernel/schedule.h"
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

/* What the processor does when an interrupt has ended: timers and tasklets. */
struct task_struct softirq_task = {
	.group_leader = &softirq_task,
	.comm = "softirq",
	.open_migrations = LIST_HEAD_INIT(softirq_task.open_migrations),
	.link = LIST_HEAD_INIT(softirq_task.link),
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

bool tasks_can_wait, threads_exist, others_exist;

struct task_struct *get_current(void)
{
	return running_task;
}

struct task_struct *task_enter(struct task_struct *task)
{
	if (depth++ == 0 && threads_exist)
		host_lock();
	return task_switch(task);
}

void task_leave(struct task_struct *before)
{
	task_switch(before);
	if (--depth == 0 && threads_exist)
		host_unlock();
}

/* It runs in the place of whoever resumed it, who is in the kernel already. */
void task_begin_kernel_thread(struct task_struct *task)
{
	depth = 1;
	running_task = task;
}

bool task_is_in_kernel(void)
{
	return depth;
}

/* Called from inside the kernel, so the lock is taken or given back as if it had been held. */
void tasks_start_waiting(bool on)
{
	const char *wanted = host_environment("MACHINE_WAIT");

	if (on == threads_exist)
		return;
	longest_wait = LONGEST_WAIT;
	if (wanted && kstrtoul(wanted, 10, &longest_wait))
		printk("MACHINE_WAIT=%s is not understood: a number of milliseconds\n", wanted);
	if (on)
		host_lock();
	else
		host_unlock();
	threads_exist = on;
	schedule_note_others();
}

unsigned long task_clock(void)
{
	if (current->kernel_thread)
		current->kernel_thread->begins_wait = true;
	return host_milliseconds();
}

static void report_waiters(void)
{
	struct waiter *waiter;

	list_for_each_entry(waiter, &waiters, link)
		report_note("%s %d waits for %s", waiter->task->comm, waiter->task->pid,
			    waiter->task->waits_for);
}

/* Nobody is left who could bring about what everybody waits for. */
static void nobody_helps(const char *what)
{
	if (!kernel_threads_wait())
		wait_never_ends(what);
	rule_broken(RULE_DEADLOCK, "a task waits for %s, and all others wait too", what);
	report_waiters();
	host_abort();
}

void task_sleep(const char *what, unsigned long since)
{
	struct waiter waiter = { .task = current };
	unsigned long waited, due;

	if (current->kernel_thread || !threads_exist) {
		current->waits_for = what;
		list_add_tail(&waiter.link, &waiters);
		if (current->kernel_thread)
			kernel_thread_waits();
		else if (!schedule_others() && !schedule_time())
			nobody_helps(what);
		list_del(&waiter.link);
		current->waits_for = NULL;
		return;
	}
	if (schedule_others())
		return;

	waited = host_milliseconds() - since;
	due = jiffies_to_msecs(schedule_due());
	current->waits_for = what;
	list_add_tail(&waiter.link, &waiters);
	if (waited > longest_wait) {
		rule_broken(RULE_DEADLOCK, "a task has waited for %s for %lu milliseconds", what,
			    waited);
		report_waiters();
		host_abort();
	}
	since = host_milliseconds();
	host_sleep(due ? min(due, longest_wait - waited + 1) : longest_wait - waited + 1);
	ticks += msecs_to_jiffies(host_milliseconds() - since);
	list_del(&waiter.link);
	current->waits_for = NULL;
}

void tasks_wake(void)
{
	if (threads_exist)
		host_wake();
}

void task_yield(void)
{
	schedule_point();
	if (!threads_exist || current->kernel_thread || current->core_depth ||
	    !host_lock_is_wanted())
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

unsigned long clock_now(void)
{
	return ticks;
}

void clock_advance(unsigned long by)
{
	ticks += by;
}
