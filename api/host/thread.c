// SPDX-License-Identifier: GPL-2.0-only
/*
 * thread.c - one thread at a time in the machine, and what ThreadSanitizer is told of it
 *
 * The lock in here is not the C library's, so that ThreadSanitizer does not see it: otherwise it
 * would take everything that drivers do for ordered. What it sees instead are the locks that the
 * machine models, through host_acquired() and host_released().
 */
#define _GNU_SOURCE
#include <limits.h>
#include <linux/futex.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "host/host.h"

/* Threads are let in in the order in which they came. */
static atomic_uint next_ticket, served_ticket;

/* Counts everything that a sleeping thread could wait for. */
static atomic_uint events;
/* Atomic because the compiler takes syscall() for a function that calls nothing in this file. */
static atomic_uint sleepers;

static void futex_wait(atomic_uint *word, unsigned int value, const struct timespec *timeout)
{
	syscall(SYS_futex, word, FUTEX_WAIT_PRIVATE, value, timeout, NULL, 0);
}

static void futex_wake_all(atomic_uint *word)
{
	syscall(SYS_futex, word, FUTEX_WAKE_PRIVATE, INT_MAX, NULL, NULL, 0);
}

void host_lock(void)
{
	unsigned int ticket = atomic_fetch_add(&next_ticket, 1), served;

	while ((served = atomic_load(&served_ticket)) != ticket)
		futex_wait(&served_ticket, served, NULL);
}

void host_unlock(void)
{
	unsigned int served = atomic_fetch_add(&served_ticket, 1) + 1;

	if (atomic_load(&next_ticket) != served)
		futex_wake_all(&served_ticket);
}

bool host_lock_is_wanted(void)
{
	return atomic_load(&next_ticket) - atomic_load(&served_ticket) > 1;
}

void host_sleep(unsigned int ms)
{
	struct timespec timeout = { .tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000L };
	unsigned int seen = atomic_load(&events);

	sleepers++;
	host_unlock();
	futex_wait(&events, seen, &timeout);
	host_lock();
	sleepers--;
}

void host_wake(void)
{
	if (!sleepers)
		return;
	atomic_fetch_add(&events, 1);
	futex_wake_all(&events);
}

unsigned long host_milliseconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000UL + now.tv_nsec / 1000000;
}

unsigned long host_thread(void)
{
	static __thread unsigned long id;

	if (!id)
		id = syscall(SYS_gettid);
	return id;
}

/* Faults are served in a handler of SIGSEGV, which may do anything since the thread caused it. */
const char *__tsan_default_options(void);
const char *__tsan_default_options(void)
{
	return "report_signal_unsafe=0";
}

/* Functions of ThreadSanitizer's runtime, which is there only if the scenario is built with it. */
void __tsan_acquire(void *object) __attribute__((weak));
void __tsan_release(void *object) __attribute__((weak));

void host_acquired(void *object)
{
	if (__tsan_acquire)
		__tsan_acquire(object);
}

void host_released(void *object)
{
	if (__tsan_release)
		__tsan_release(object);
}
