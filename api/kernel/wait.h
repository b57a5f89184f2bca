/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * wait.h - waiting for another task
 *
 * Whoever has to wait lets work, kernel threads and timers run until it can go on; see schedule.h.
 * If nobody is left who could help, it would wait forever, which is reported at once, with what
 * everybody waits for. With threads, from program_attach() on, it sleeps, and others run in the
 * kernel meanwhile. If that takes very long it is reported as a deadlock.
 */
#ifndef API_KERNEL_WAIT_H
#define API_KERNEL_WAIT_H

#include <linux/types.h>

/*
 * Whether there is another task to wait for: a thread of the program, or what the kernel does
 * beside it (schedule.h). Set and read by whoever is in the kernel.
 */
extern bool tasks_can_wait;
extern bool threads_exist;
extern bool others_exist;
void tasks_start_waiting(bool on);

/**
 * task_sleep() - let others run until something happens
 * @what: what the task waits for, for reports
 * @since: what task_clock() said when it began to wait
 */
void task_sleep(const char *what, unsigned long since);
void wait_never_ends(const char *condition) __noreturn;

/* Called once for each wait. */
unsigned long task_clock(void);

/* Something happened that others may wait for. */
void tasks_wake(void);

/* Lets others run if they want to. */
void task_yield(void);

#define task_wait_until(condition, what) do { \
	if (!(condition)) { \
		unsigned long __since = task_clock(); \
	\
		while (!(condition)) \
			task_sleep(what, __since); \
	} \
} while (0)

/*
 * What ThreadSanitizer is to take for ordered: what was done before sync_released() of an object is
 * over after sync_acquired(). Costs nothing without it.
 */
#ifdef API_THREAD_SANITIZER
void host_acquired(void *object);
void host_released(void *object);
#define sync_acquired(object)	host_acquired(object)
#define sync_released(object)	host_released(object)
#else
#define sync_acquired(object)	((void)(object))
#define sync_released(object)	((void)(object))
#endif

#endif
