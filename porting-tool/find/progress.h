/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A line on the terminal that says how far a long search is.
 */
#ifndef MIGRATE_VMA_FIND_PROGRESS_H
#define MIGRATE_VMA_FIND_PROGRESS_H

#include <stdatomic.h>
#include <stdbool.h>
#include <time.h>

/**
 * struct progress - how far it is
 * @wanted: there is a line to be shown
 * @shown: it is there
 * @files: files looked at so far
 * @next: time of the next change, in milliseconds
 */
struct progress {
	bool wanted;
	atomic_bool shown;
	atomic_size_t files;
	atomic_llong next;
};

/**
 * progress_begin() - get ready
 * @progress: filled in
 * @wanted: from the options; nothing is shown anyway unless standard error is a terminal
 */
void progress_begin(struct progress *progress, bool wanted);

/** progress_count() - one more file; any thread. */
void progress_count(struct progress *progress);

/** progress_end() - remove the line. */
void progress_end(struct progress *progress);

#endif
