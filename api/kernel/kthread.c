// SPDX-License-Identifier: GPL-2.0-only
/* kthread.c - threads that a driver starts */
#include <linux/kthread.h>

#include "core/verify.h"
#include "kernel/kernel.h"
#include "kernel/schedule.h"
#include "kernel/wait.h"

struct task_struct *kthread_create(int (*function)(void *data), void *data, const char *fmt, ...)
{
	struct kernel_thread *thread;
	char name[TASK_COMM_LEN];
	va_list args;

	va_start(args, fmt);
	kernel_vsnprintf(name, sizeof(name), fmt, args);
	va_end(args);
	thread = kernel_thread_create(function, data, name);
	return thread ? &thread->task : ERR_PTR(-ENOMEM);
}

/* A thread begins when it is woken first. */
int wake_up_process(struct task_struct *task)
{
	bool slept = task->__state != TASK_RUNNING;

	task->__state = TASK_RUNNING;
	if (task->kernel_thread && !task->kernel_thread->running) {
		task->kernel_thread->running = slept = true;
		schedule_queued();
	}
	tasks_wake();
	return slept;
}

bool kthread_should_stop(void)
{
	if (!current->kernel_thread) {
		rule_broken(RULE_BUG, "kthread_should_stop() outside of a kernel thread");
		return true;
	}
	return current->kernel_thread->should_stop;
}

int kthread_stop(struct task_struct *task)
{
	struct kernel_thread *thread = task->kernel_thread;
	int result = -EINTR;

	might_sleep();
	thread->should_stop = true;
	if (thread->running) {
		wake_up_process(task);
		task_wait_until(thread->ended, "a kernel thread to end");
		sync_acquired(thread);
		result = thread->result;
	}
	kernel_thread_free(thread);
	return result;
}

void kthread_use_mm(struct mm_struct *mm)
{
	current->mm = current->active_mm = mm;
}

void kthread_unuse_mm(struct mm_struct *mm)
{
	current->mm = current->active_mm = NULL;
}
