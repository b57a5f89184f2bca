/* SPDX-License-Identifier: GPL-2.0-only */
/* sched.h - the task that runs */
#ifndef _LINUX_SCHED_H
#define _LINUX_SCHED_H

#include <linux/list.h>
#include <linux/types.h>

#define TASK_COMM_LEN		16
#define MAX_SCHEDULE_TIMEOUT	((long)(~0UL >> 1))

struct kernel_thread;
struct lock_state;
struct mm_struct;
struct page;

/**
 * struct task_struct - a thread of a program, or the kernel itself
 * @mm: its address space; NULL while no program runs, as for a kernel thread
 * @active_mm: same as @mm
 * @group_leader: the program's first thread
 * @pid: number of the thread
 * @tgid: number of the process
 * @comm: what it is called in messages
 * @atomic_depth: spinlocks held; above 0 it must not sleep
 * @open_migrations: of the machine itself: between their first and their last call
 * @fault_page: of the machine itself: the device page that it faulted on, or NULL
 * @reading: of the machine itself: what it holds for reading, the latest last
 * @reading_count: of the machine itself: how many those are
 * @waits_for: of the machine itself: what it waits for, or NULL
 * @core_depth: of the machine itself: above 0 it keeps the processor where it does not have to wait
 * @link: of the machine itself: on the list of the program's threads
 * @thread: of the machine itself: of the process that runs the machine
 * @kernel_thread: of the machine itself: what the kernel runs it as; NULL for a program's
 * @__state: what it does at the next schedule(): TASK_RUNNING goes on
 */
struct task_struct {
	struct mm_struct *mm;
	struct mm_struct *active_mm;
	struct task_struct *group_leader;
	pid_t pid;
	pid_t tgid;
	char comm[TASK_COMM_LEN];
	int atomic_depth;
	struct list_head open_migrations;
	struct page *fault_page;
	const struct lock_state *reading[8];
	unsigned int reading_count;
	const char *waits_for;
	unsigned int core_depth;
	struct list_head link;
	unsigned long thread;
	struct kernel_thread *kernel_thread;
	unsigned int __state;
};

/* Of the machine itself; read it through current. */
extern __thread struct task_struct *running_task;

struct task_struct *get_current(void);
#define current		running_task

static inline pid_t task_pid_nr(struct task_struct *task)
{
	return task->pid;
}

static inline pid_t task_tgid_nr(struct task_struct *task)
{
	return task->tgid;
}

/* Stub: tasks are not reference counted; a program lives until it exits. */
static inline struct task_struct *get_task_struct(struct task_struct *task)
{
	return task;
}

static inline void put_task_struct(struct task_struct *task)
{
	(void)task;
}

#define TASK_RUNNING		0
#define TASK_INTERRUPTIBLE	1
#define TASK_UNINTERRUPTIBLE	2
#define TASK_KILLABLE		TASK_UNINTERRUPTIBLE

#define set_current_state(state)	((void)(current->__state = (state)))
#define __set_current_state(state)	set_current_state(state)

void schedule(void);
long schedule_timeout(long timeout);
long schedule_timeout_interruptible(long timeout);
long schedule_timeout_uninterruptible(long timeout);
int wake_up_process(struct task_struct *task);
int cond_resched(void);
void yield(void);

/* Stub: one task at a time is in the kernel, and lets others in where it may sleep. */
static inline bool need_resched(void)
{
	return false;
}

/* Stub: nothing sends signals to a program. */
static inline int signal_pending(struct task_struct *task)
{
	(void)task;
	return 0;
}

static inline int fatal_signal_pending(struct task_struct *task)
{
	(void)task;
	return 0;
}

#endif
