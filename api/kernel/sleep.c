// SPDX-License-Identifier: GPL-2.0-only
/* sleep.c - waiting for events, for completions and for time */
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/jiffies.h>
#include <linux/wait.h>

#include "core/core.h"
#include "include/program.h"
#include "kernel/kernel.h"
#include "kernel/schedule.h"
#include "kernel/wait.h"

unsigned long jiffies_now(void)
{
	clock_advance(1);
	return clock_now();
}

/* --- Time ------------------------------------------------------------------------------------- */

/* Has the clock stop, on its way, at the end of a wait. NULL for one that has no end. */
static struct deferred *wake_in(long timeout)
{
	return timeout == MAX_SCHEDULE_TIMEOUT ? NULL : defer(DEFERRED_WAKE, NULL, timeout, NULL);
}

/* As task_wait_until(), for so many jiffies at most. */
#define task_wait_timeout(condition, what, timeout) do { \
	if (!(condition) && (timeout) > 0) { \
		unsigned long __end = clock_now() + (timeout); \
		struct deferred *__wake = wake_in(timeout); \
	\
		task_wait_until((condition) || (__wake && time_after_eq(clock_now(), __end)), \
				what); \
		if (__wake) \
			deferred_cancel(__wake); \
	} \
} while (0)

static void sleep_for(unsigned long time)
{
	unsigned long end = clock_now() + time;

	might_sleep();
	task_wait_timeout(time_after_eq(clock_now(), end), "time to pass", (long)time);
}

void msleep(unsigned int ms)
{
	sleep_for(msecs_to_jiffies(ms));
}

unsigned long msleep_interruptible(unsigned int ms)
{
	msleep(ms);
	return 0;
}

void usleep_range(unsigned long low, unsigned long high)
{
	msleep(max(low / 1000, 1UL));
}

void udelay(unsigned long us)
{
	clock_advance(msecs_to_jiffies(us / 1000));
}

/* Everything else goes on first, whatever the time is. */
void machine_sleep(unsigned int milliseconds)
{
	struct task_struct *before = task_enter(NULL);

	while (schedule_others())
		;
	sleep_for(max(msecs_to_jiffies(milliseconds), 1UL));
	while (schedule_others())
		;
	task_leave(before);
}

/* --- The processor ---------------------------------------------------------------------------- */

/* Without a state the task only lets others go first. */
void schedule(void)
{
	might_sleep();
	if (current->__state != TASK_RUNNING)
		task_wait_until(current->__state == TASK_RUNNING, "being woken");
	else
		schedule_others();
}

long schedule_timeout(long timeout)
{
	unsigned long begin = clock_now();
	long left;

	might_sleep();
	if (timeout == MAX_SCHEDULE_TIMEOUT) {
		schedule();
		return timeout;
	}
	task_wait_timeout(current->__state == TASK_RUNNING, "being woken", timeout);
	current->__state = TASK_RUNNING;
	left = timeout - (long)(clock_now() - begin);
	return left > 0 ? left : 0;
}

long schedule_timeout_interruptible(long timeout)
{
	set_current_state(TASK_INTERRUPTIBLE);
	return schedule_timeout(timeout);
}

long schedule_timeout_uninterruptible(long timeout)
{
	set_current_state(TASK_UNINTERRUPTIBLE);
	return schedule_timeout(timeout);
}

int cond_resched(void)
{
	might_sleep();
	return 0;
}

void yield(void)
{
	might_sleep();
	schedule_others();
}

/* --- Wait queues ------------------------------------------------------------------------------ */

void wait_never_ends(const char *condition)
{
	rule_broken_fatal(RULE_WAIT_NEVER_ENDS,
			  "waiting for %s, which nobody is there to bring about", condition);
}

/* wait_event() looks at its condition, and if it does not hold calls this until it does. */
void wait_for_others(const char *condition, unsigned long *since)
{
	might_sleep();
	if (!*since)
		*since = task_clock();
	task_sleep(condition, *since);
}

/* The same for a wait of so many jiffies. Returns false when they are over. */
bool wait_for_others_until(const char *condition, struct wait_until *wait)
{
	if (!wait->since && wait->left != MAX_SCHEDULE_TIMEOUT) {
		wait->wake = wake_in(wait->left);
		wait->end = clock_now() + wait->left;
	}
	if (wait->left <= 0)
		return false;
	wait_for_others(condition, &wait->since);
	if (wait->left != MAX_SCHEDULE_TIMEOUT)
		wait->left = time_after(wait->end, clock_now()) ? wait->end - clock_now() : 0;
	return true;
}

long wait_until_ended(void *object, struct wait_until *wait, bool holds)
{
	if (wait->wake)
		deferred_cancel(wait->wake);
	sync_acquired(object);
	return holds ? max(wait->left, 1L) : 0;
}

void wait_ended(struct wait_queue_head *queue)
{
	sync_acquired(queue);
}

void wake_others(struct wait_queue_head *queue)
{
	struct wait_queue_entry *entry;

	queue->woken++;
	sync_released(queue);
	list_for_each_entry(entry, &queue->entries, entry)
		entry->task->__state = TASK_RUNNING;
	tasks_wake();
}

void init_waitqueue_head(struct wait_queue_head *queue)
{
	queue->woken = 0;
	INIT_LIST_HEAD(&queue->entries);
}

void prepare_to_wait(struct wait_queue_head *queue, struct wait_queue_entry *entry, int state)
{
	if (list_empty(&entry->entry))
		list_add_tail(&entry->entry, &queue->entries);
	current->__state = state;
}

void finish_wait(struct wait_queue_head *queue, struct wait_queue_entry *entry)
{
	list_del_init(&entry->entry);
	current->__state = TASK_RUNNING;
	sync_acquired(queue);
}

/* --- Completions ------------------------------------------------------------------------------ */

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
	task_wait_until(x->done, "a completion");
	try_wait_for_completion(x);
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
	unsigned long begin = clock_now();

	might_sleep();
	task_wait_timeout(x->done, "a completion", (long)timeout);
	if (!try_wait_for_completion(x))
		return 0;
	return timeout > clock_now() - begin ? timeout - (clock_now() - begin) : 1;
}

long wait_for_completion_interruptible_timeout(struct completion *x, unsigned long timeout)
{
	return wait_for_completion_timeout(x, timeout);
}
