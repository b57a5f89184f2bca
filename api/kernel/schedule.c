// SPDX-License-Identifier: GPL-2.0-only
/* schedule.c - what is to be done later, and who is next; see schedule.h */
#include "kernel/schedule.h"

#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/string.h>
#include <linux/workqueue.h>

#include "core/core.h"
#include "host/host.h"
#include "include/program.h"
#include "kernel/failure.h"
#include "kernel/kernel.h"
#include "kernel/wait.h"

/* As often a program may enter the kernel before what can be done is done at last. */
#define MOST_ENTRIES	32

static LIST_HEAD(threads);
static LIST_HEAD(ready);
static LIST_HEAD(timed);

static enum machine_order order;
static unsigned int random_state;

/* Others exist as long as anything is left to do or any kernel thread lives. */
void schedule_note_others(void)
{
	others_exist = !list_empty(&threads) || !list_empty(&ready) || !list_empty(&timed);
	tasks_can_wait = others_exist || threads_exist;
}

/* --- Kernel threads --------------------------------------------------------------------------- */

static void thread_main(void *argument)
{
	struct kernel_thread *thread = argument;

	task_begin_kernel_thread(&thread->task);
	thread->result = thread->function(thread->data);
	thread->ended = true;
	sync_released(thread);
}

struct kernel_thread *kernel_thread_create(int (*function)(void *data), void *data,
					   const char *name)
{
	struct kernel_thread *thread = host_zalloc(sizeof(*thread));

	if (!thread)
		return NULL;
	task_init(&thread->task, name, NULL);
	thread->task.kernel_thread = thread;
	thread->function = function;
	thread->data = data;
	thread->fiber = host_fiber_create(thread_main, thread);
	if (!thread->fiber) {
		host_free(thread);
		return NULL;
	}
	list_add_tail(&thread->link, &threads);
	schedule_note_others();
	return thread;
}

void kernel_thread_resumes(struct kernel_thread *thread)
{
	list_move_tail(&thread->link, &threads);
	schedule_note_others();
}

/* One that has not ended keeps its stack, and so everything that is on it. */
void kernel_thread_free(struct kernel_thread *thread)
{
	bool ended = thread->ended || !thread->fiber || host_fiber_is_lost(thread->fiber);

	list_del(&thread->link);
	if (thread->fiber)
		host_fiber_free(thread->fiber);
	if (ended)
		host_free(thread);
	schedule_note_others();
}

void kernel_thread_waits(void)
{
	host_fiber_suspend();
}

bool kernel_threads_wait(void)
{
	struct kernel_thread *thread;

	list_for_each_entry(thread, &threads, link)
		if (thread->running && thread->task.waits_for)
			return true;
	return false;
}

/* Returns whether it did more than find out that it still has to wait. */
bool kernel_thread_run(struct kernel_thread *thread)
{
	int depth = failures_switch(thread->driver_depth);

	thread->begins_wait = false;
	host_fiber_resume(thread->fiber);
	thread->driver_depth = failures_switch(depth);
	return thread->ended || thread->begins_wait;
}

static bool thread_can_run(const struct kernel_thread *thread)
{
	return thread->running && !thread->ended && !host_fiber_is_lost(thread->fiber);
}

/* --- What is to be done later ------------------------------------------------------------------ */

struct deferred *deferred_find(enum deferred_kind kind, const void *object)
{
	struct deferred *deferred;

	list_for_each_entry(deferred, &ready, link)
		if (deferred->kind == kind && deferred->object == object)
			return deferred;
	list_for_each_entry(deferred, &timed, link)
		if (deferred->kind == kind && deferred->object == object)
			return deferred;
	return NULL;
}

static void add_timed(struct deferred *deferred)
{
	struct deferred *other;

	deferred->timed = true;
	list_for_each_entry(other, &timed, link)
		if (time_after(other->due, deferred->due))
			break;
	list_add_tail(&deferred->link, &other->link);
}

/**
 * defer() - do something later
 * @kind: what
 * @object: the driver's object
 * @delay: jiffies until it can be done
 * @caller: what asked for it
 *
 * Return: what stands for it until it is done, or NULL when out of memory.
 */
struct deferred *defer(enum deferred_kind kind, void *object, unsigned long delay,
		       const void *caller)
{
	struct deferred *deferred = host_zalloc(sizeof(*deferred));

	BUG_ON(!deferred);
	deferred->kind = kind;
	deferred->object = object;
	deferred->due = clock_now() + delay;
	deferred->queued_at = caller;
	if (delay)
		add_timed(deferred);
	else
		list_add_tail(&deferred->link, &ready);
	schedule_note_others();
	return deferred;
}

void deferred_cancel(struct deferred *deferred)
{
	list_del(&deferred->link);
	host_free(deferred);
	schedule_note_others();
}

/* The one after another, or the first; NULL at the end. */
struct deferred *deferred_next(struct deferred *after)
{
	struct list_head *next = after ? after->link.next : ready.next;

	if (next == &ready)
		next = timed.next;
	return next == &timed ? NULL : list_entry(next, struct deferred, link);
}

/* The driver frees memory, or uses it for something new, that is still to be used later. */
void deferred_object_gone(const void *object, size_t size, const char *what)
{
	static const char *const names[] = {
		[DEFERRED_WORK] = "work that is queued",
		[DEFERRED_TASKLET] = "a tasklet that is scheduled",
		[DEFERRED_TIMER] = "a timer that is armed",
	};
	struct deferred *deferred, *next;

	for (deferred = deferred_next(NULL); deferred; deferred = next) {
		next = deferred_next(deferred);
		if (deferred->kind == DEFERRED_WAKE || deferred->object < object ||
		    deferred->object >= object + size)
			continue;
		rule_broken(RULE_WORK_IN_USE, "%s(%px), and there is %s, by %pS: nobody has waited for it",
			    what, object, names[deferred->kind], deferred->queued_at);
		deferred_cancel(deferred);
	}
}

/* What is due can be done. */
static void time_comes(void)
{
	struct deferred *first;

	while (!list_empty(&timed)) {
		first = list_first_entry(&timed, struct deferred, link);
		if (time_after(first->due, clock_now()))
			return;
		list_move_tail(&first->link, &ready);
		first->timed = false;
	}
}

/* Does one of those that can be done. false when it cannot begin yet. */
static bool do_deferred(struct deferred *deferred)
{
	switch (deferred->kind) {
	case DEFERRED_WORK:
		return work_begin(deferred);
	case DEFERRED_TASKLET:
		tasklet_run(deferred);
		return true;
	case DEFERRED_TIMER:
		timer_expire(deferred);
		return true;
	default:
		/* Whoever waits for the time looks at the clock. */
		list_del_init(&deferred->link);
		return true;
	}
}

/* --- Who is next? ------------------------------------------------------------------------------ */

/* Marsaglia's xorshift, as in failure.c. */
static unsigned int random_number(void)
{
	random_state ^= random_state << 13;
	random_state ^= random_state >> 17;
	random_state ^= random_state << 5;
	return random_state >> 4;
}

/* @random leaves out every other one, at random. */
static bool run_deferred(bool random)
{
	struct deferred *deferred, *next;

	list_for_each_entry_safe(deferred, next, &ready, link)
		if ((!random || random_number() % 2) && do_deferred(deferred))
			return true;
	return false;
}

/* The threads take turns: each that was resumed is the last of the list. */
static bool run_threads(bool random)
{
	unsigned int count = 0;
	struct kernel_thread *thread;

	list_for_each_entry(thread, &threads, link)
		count++;
	while (count--) {
		thread = list_first_entry(&threads, struct kernel_thread, link);
		list_move_tail(&thread->link, &threads);
		if (thread_can_run(thread) && (!random || random_number() % 2) &&
		    kernel_thread_run(thread))
			return true;
	}
	return false;
}

bool schedule_others(void)
{
	bool progress;

	if (!others_exist || current->kernel_thread)
		return false;
	time_comes();
	progress = (order == MACHINE_RANDOM && (run_deferred(true) || run_threads(true))) ||
		   run_threads(false) || run_deferred(false);
	schedule_note_others();
	return progress;
}

unsigned long schedule_due(void)
{
	unsigned long due;

	if (list_empty(&timed))
		return 0;
	due = list_first_entry(&timed, struct deferred, link)->due;
	return time_after(due, clock_now()) ? due - clock_now() : 1;
}

bool schedule_time(void)
{
	unsigned long due = schedule_due();

	if (!due)
		return false;
	clock_advance(due);
	time_comes();
	return true;
}

void schedule_point(void)
{
	if (!others_exist || current->kernel_thread || current->atomic_depth ||
	    current->core_depth)
		return;
	if (order == MACHINE_EARLY || (order == MACHINE_RANDOM && !(random_number() % 4)))
		schedule_others();
}

void schedule_queued(void)
{
	if (order == MACHINE_EARLY)
		schedule_point();
}

/* Nothing is put off for ever. */
void schedule_entered(void)
{
	struct deferred *first;

	time_comes();
	schedule_point();
	if (list_empty(&ready))
		return;
	first = list_first_entry(&ready, struct deferred, link);
	if (++first->entries < MOST_ENTRIES)
		return;
	while (schedule_others())
		;
}

/* --- Beginning and end -------------------------------------------------------------------------- */

void machine_order(enum machine_order wanted, unsigned int seed)
{
	order = wanted;
	random_state = seed * 2654435761u | 1;
}

void schedule_boot(void)
{
	const char *text = host_environment("MACHINE_SCHEDULE");
	unsigned long seed = 0;

	machine_order(MACHINE_LATE, 0);
	if (!text || !strcmp(text, "late"))
		return;
	if (!strcmp(text, "early"))
		machine_order(MACHINE_EARLY, 0);
	else if (!strncmp(text, "random:", 7) && !kstrtoul(text + 7, 10, &seed))
		machine_order(MACHINE_RANDOM, seed);
	else
		printk("MACHINE_SCHEDULE=%s is not understood: late, early or random:SEED\n", text);
}

/* The driver is unloaded. What would still call it is reported, and left out. */
unsigned long schedule_driver_gone(void)
{
	struct deferred *deferred;
	unsigned long left = 0;

	while ((deferred = deferred_next(NULL))) {
		if (deferred->kind != DEFERRED_WAKE) {
			rule_broken(RULE_WORK_IN_USE,
				    "the driver is unloaded, and what %pS queued is still to be done",
				    deferred->queued_at);
			left++;
		}
		deferred_cancel(deferred);
	}
	return left;
}

/* Threads that nobody stopped stand still from here on. */
unsigned long schedule_shutdown(void)
{
	struct kernel_thread *thread, *next;
	unsigned long left = 0;

	list_for_each_entry_safe(thread, next, &threads, link) {
		rule_broken(RULE_WORK_IN_USE, "kernel thread %s was not stopped; it waits for %s",
			    thread->task.comm, thread->task.waits_for ?: "its turn");
		kernel_thread_free(thread);
		left++;
	}
	return left;
}
