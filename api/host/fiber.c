// SPDX-License-Identifier: GPL-2.0-only
/*
 * fiber.c - threads that run only when they are told to, one at a time
 *
 * A fiber is a real thread, so that debuggers and sanitizers see nothing unusual. Whoever resumes
 * it stands still until it suspends itself or ends.
 */
#include <limits.h>
#include <linux/futex.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "host/host.h"

struct host_fiber {
	pthread_t thread;
	pid_t process;
	atomic_uint running;
	bool ended;
	void (*main)(void *argument);
	void *argument;
};

static __thread struct host_fiber *this_fiber;

static void wait_until(struct host_fiber *fiber, unsigned int running)
{
	while (atomic_load(&fiber->running) != running)
		syscall(SYS_futex, &fiber->running, FUTEX_WAIT_PRIVATE, !running, NULL, NULL, 0);
}

static void hand_over(struct host_fiber *fiber, unsigned int running)
{
	atomic_store(&fiber->running, running);
	syscall(SYS_futex, &fiber->running, FUTEX_WAKE_PRIVATE, INT_MAX, NULL, NULL, 0);
}

static void *run(void *argument)
{
	struct host_fiber *fiber = argument;

	this_fiber = fiber;
	wait_until(fiber, 1);
	fiber->main(fiber->argument);
	fiber->ended = true;
	hand_over(fiber, 0);
	return NULL;
}

struct host_fiber *host_fiber_create(void (*main)(void *argument), void *argument)
{
	struct host_fiber *fiber = calloc(1, sizeof(*fiber));

	if (!fiber)
		return NULL;
	fiber->main = main;
	fiber->argument = argument;
	fiber->process = getpid();
	if (!pthread_create(&fiber->thread, NULL, run, fiber))
		return fiber;
	free(fiber);
	return NULL;
}

bool host_fiber_resume(struct host_fiber *fiber)
{
	hand_over(fiber, 1);
	wait_until(fiber, 0);
	return !fiber->ended;
}

void host_fiber_suspend(void)
{
	struct host_fiber *fiber = this_fiber;

	hand_over(fiber, 0);
	wait_until(fiber, 1);
}

bool host_fiber_is_lost(const struct host_fiber *fiber)
{
	return fiber->process != getpid();
}

/* One that has not ended stands still for good, and its memory stays. */
void host_fiber_free(struct host_fiber *fiber)
{
	if (host_fiber_is_lost(fiber)) {
		free(fiber);
	} else if (fiber->ended) {
		pthread_join(fiber->thread, NULL);
		free(fiber);
	} else {
		pthread_detach(fiber->thread);
	}
}
