// SPDX-License-Identifier: GPL-2.0-only
#include "stream.h"

#include <stdlib.h>

FILE *stream_to_memory(char **text, size_t *size)
{
	FILE *stream;

	*text = NULL;
	*size = 0;
	stream = open_memstream(text, size);
	if (!stream) {
		fputs("migrate-vma: out of memory\n", stderr);
		exit(2);
	}
	return stream;
}
