// SPDX-License-Identifier: GPL-2.0-only
/* timer.c - timers and tasklets: functions that are called later, and may not sleep */
#include <linux/interrupt.h>
#include <linux/timer.h>

#include "core/verify.h"
#include "kernel/kernel.h"
#include "kernel/schedule.h"
#include "kernel/wait.h"

static struct task_struct *softirq_enter(struct list_head **open)
{
	struct task_struct *before = task_switch(&softirq_task);

	softirq_task.atomic_depth = 1;
	*open = verify_enter();
	return before;
}

static void softirq_leave(struct task_struct *before, struct list_head *open)
{
	verify_leave(open);
	if (softirq_task.atomic_depth != 1 || softirq_task.reading_count)
		rule_broken(RULE_LOCK_NOT_HELD, "a timer or tasklet returns with a lock held");
	task_switch(before);
	tasks_wake();
}

/* --- Timers ----------------------------------------------------------------------------------- */

void timer_init(struct timer_list *timer, void (*callback)(struct timer_list *timer))
{
	if (unlikely(others_exist))
		deferred_object_gone(timer, sizeof(*timer), "timer_setup");
	timer->function = callback;
}

int timer_pending(const struct timer_list *timer)
{
	return deferred_find(DEFERRED_TIMER, timer) != NULL;
}

int timer_delete(struct timer_list *timer)
{
	struct deferred *deferred = deferred_find(DEFERRED_TIMER, timer);

	if (!deferred)
		return 0;
	deferred_cancel(deferred);
	return 1;
}

/* A timer is never in the middle of its function when somebody else runs. */
int timer_delete_sync(struct timer_list *timer)
{
	sync_acquired(timer);
	return timer_delete(timer);
}

int mod_timer(struct timer_list *timer, unsigned long expires)
{
	int was_pending = timer_delete(timer);
	long delay = expires - clock_now();

	timer->expires = expires;
	sync_released(timer);
	defer(DEFERRED_TIMER, timer, delay > 0 ? delay : 1, __builtin_return_address(0));
	return was_pending;
}

void add_timer(struct timer_list *timer)
{
	if (timer_pending(timer))
		rule_broken(RULE_BUG, "add_timer() of a timer that is armed");
	mod_timer(timer, timer->expires);
}

void timer_expire(struct deferred *deferred)
{
	struct timer_list *timer = deferred->object;
	struct list_head *open;
	struct task_struct *before = softirq_enter(&open);

	deferred_cancel(deferred);
	sync_acquired(timer);
	timer->function(timer);
	softirq_leave(before, open);
}

/* --- Tasklets --------------------------------------------------------------------------------- */

void tasklet_schedule(struct tasklet_struct *tasklet)
{
	if (deferred_find(DEFERRED_TASKLET, tasklet))
		return;
	sync_released(tasklet);
	defer(DEFERRED_TASKLET, tasklet, 0, __builtin_return_address(0));
	schedule_queued();
}

void tasklet_kill(struct tasklet_struct *tasklet)
{
	might_sleep();
	task_wait_until(!deferred_find(DEFERRED_TASKLET, tasklet), "a tasklet");
	sync_acquired(tasklet);
}

void tasklet_run(struct deferred *deferred)
{
	struct tasklet_struct *tasklet = deferred->object;
	struct list_head *open;
	struct task_struct *before = softirq_enter(&open);

	deferred_cancel(deferred);
	sync_acquired(tasklet);
	if (tasklet->callback)
		tasklet->callback(tasklet);
	else
		tasklet->func(tasklet->data);
	softirq_leave(before, open);
}
