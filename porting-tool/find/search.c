// SPDX-License-Identifier: GPL-2.0-only
#include "search.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "memory.h"
#include "port.h"

/* Most files fit, and the buffer stays in the processor's cache. */
#define BUFFER_SIZE (256 * 1024)

/* A name may lie across the end of a piece: at least as long as the longest one. */
#define OVERLAP 64

void search_begin(struct search *search)
{
	search->buffer = xmalloc(BUFFER_SIZE);
}

enum search_result search_mentions(struct search *search, int file)
{
	size_t kept = 0;

	for (;;) {
		ssize_t got = read(file, search->buffer + kept, BUFFER_SIZE - kept);
		size_t size;

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return got ? SEARCH_FAILED : SEARCH_NOTHING;
		size = kept + (size_t)got;
		if (port_mentions_old_api(search->buffer, size))
			return SEARCH_FOUND;
		kept = size < OVERLAP ? size : OVERLAP;
		memmove(search->buffer, search->buffer + size - kept, kept);
	}
}

void search_end(struct search *search)
{
	free(search->buffer);
	search->buffer = NULL;
}
