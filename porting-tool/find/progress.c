// SPDX-License-Identifier: GPL-2.0-only
#include "progress.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What is over sooner needs no line. */
#define FIRST_MILLISECONDS 700
#define NEXT_MILLISECONDS 100

/* The clock is looked at after so many files. */
#define FILES_BETWEEN 64

static long long now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC_COARSE, &time);
	return time.tv_sec * 1000LL + time.tv_nsec / 1000000;
}

void progress_begin(struct progress *progress, bool wanted)
{
	const char *terminal = getenv("TERM");

	progress->wanted = wanted && isatty(STDERR_FILENO) && terminal && strcmp(terminal, "dumb");
	atomic_init(&progress->shown, false);
	atomic_init(&progress->files, 0);
	atomic_init(&progress->next, progress->wanted ? now() + FIRST_MILLISECONDS : 0);
}

void progress_count(struct progress *progress)
{
	size_t files;
	long long time, next;

	if (!progress->wanted)
		return;
	files = atomic_fetch_add_explicit(&progress->files, 1, memory_order_relaxed) + 1;
	if (files % FILES_BETWEEN)
		return;
	time = now();
	next = atomic_load(&progress->next);
	/* Of several threads that come at the same time one shows the line. */
	if (time >= next &&
	    atomic_compare_exchange_strong(&progress->next, &next, time + NEXT_MILLISECONDS)) {
		atomic_store(&progress->shown, true);
		fprintf(stderr, "\r\033[Ksearched %zu files", files);
	}
}

void progress_end(struct progress *progress)
{
	if (atomic_load(&progress->shown))
		fputs("\r\033[K", stderr);
}
