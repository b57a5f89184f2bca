/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * schedule.h - what the kernel does beside the programs: when does it?
 *
 * Work that a driver queues, kernel threads, timers and tasklets run on a real machine at some time
 * of their own. Here they run at points that are the same in each run: as a rule as late as they
 * can, that is when a task waits and could not go on otherwise. So a driver that does not wait for
 * what it needs is found out. MACHINE_SCHEDULE chooses another order; see program.h.
 */
#ifndef API_KERNEL_SCHEDULE_H
#define API_KERNEL_SCHEDULE_H

#include <linux/sched.h>

struct host_fiber;

/**
 * struct kernel_thread - a task that belongs to no program
 * @task: the task
 * @link: on the list of all of them
 * @fiber: its stack
 * @function: what it runs
 * @data: for @function
 * @result: what @function returned
 * @running: for the first time or after a wait; not while it waits to begin
 * @begins_wait: what it waits for is not what it waited for when it was last resumed
 * @should_stop: kthread_stop() was called
 * @ended: @function returned
 * @driver_depth: see failures_switch()
 */
struct kernel_thread {
	struct task_struct task;
	struct list_head link;
	struct host_fiber *fiber;
	int (*function)(void *data);
	void *data;
	int result;
	bool running;
	bool begins_wait;
	bool should_stop;
	bool ended;
	int driver_depth;
};

struct kernel_thread *kernel_thread_create(int (*function)(void *data), void *data,
					   const char *name);
/* It is on the list of all of them again. */
void kernel_thread_resumes(struct kernel_thread *thread);
void kernel_thread_free(struct kernel_thread *thread);

/* Lets a thread run until it waits. Returns whether it did more than find that it still has to. */
bool kernel_thread_run(struct kernel_thread *thread);

/* In a kernel thread: back to whoever let it run, until it is its turn again. */
void kernel_thread_waits(void);

/* Whether there is a kernel thread that waits for something. */
bool kernel_threads_wait(void);

/**
 * enum deferred_kind - what is to be done later
 * @DEFERRED_WORK: call the function of a struct work_struct
 * @DEFERRED_TASKLET: that of a struct tasklet_struct
 * @DEFERRED_TIMER: that of a struct timer_list
 * @DEFERRED_WAKE: nothing: the time has come that a task waits for
 */
enum deferred_kind {
	DEFERRED_WORK,
	DEFERRED_TASKLET,
	DEFERRED_TIMER,
	DEFERRED_WAKE,
};

/**
 * struct deferred - something to be done later
 * @link: on the list of those that wait for a time, by it, or of those that can be done, in order
 * @kind: what
 * @object: the driver's object
 * @queue: of DEFERRED_WORK: the work queue
 * @due: not before this jiffy
 * @timed: on the list of those that wait for a time
 * @entries: how often a program has entered the kernel since it could be done
 * @queued_at: what asked for it
 */
struct deferred {
	struct list_head link;
	enum deferred_kind kind;
	void *object;
	struct workqueue_struct *queue;
	unsigned long due;
	bool timed;
	unsigned int entries;
	const void *queued_at;
};

struct deferred *defer(enum deferred_kind kind, void *object, unsigned long delay,
		       const void *caller);
struct deferred *deferred_find(enum deferred_kind kind, const void *object);
void deferred_cancel(struct deferred *deferred);
struct deferred *deferred_next(struct deferred *after);
void deferred_object_gone(const void *object, size_t size, const char *what);

/* Each does one, in the way of its kind. false when it cannot be done now. */
bool work_begin(struct deferred *work);
void timer_expire(struct deferred *timer);
void tasklet_run(struct deferred *tasklet);

/* Runs something, if there is anything that can go on. */
bool schedule_others(void);
/* Lets time pass until the next thing is due. false when nothing is. */
bool schedule_time(void);
/* In how many jiffies something is due; 0 when nothing is. */
unsigned long schedule_due(void);
/* A point where another task may get the processor, and one where a program enters the kernel. */
void schedule_point(void);
void schedule_entered(void);
/* Something was queued, which can be done at once if that is the order. */
void schedule_queued(void);

/* A thread or something to do was put on a list, or taken off. */
void schedule_note_others(void);

void schedule_boot(void);
unsigned long schedule_driver_gone(void);
unsigned long schedule_shutdown(void);
void workers_shutdown(void);

/* task.c */
extern struct task_struct softirq_task;
void task_begin_kernel_thread(struct task_struct *task);
unsigned long clock_now(void);
void clock_advance(unsigned long ticks);

#endif
