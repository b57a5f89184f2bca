// SPDX-License-Identifier: GPL-2.0-only
/*
 * The entry of libFuzzer: the first byte is the target, the rest a file.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "attempt.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *wrong;

	if (!size)
		return 0;
	wrong = attempt((const char *)data + 1, size - 1, data[0]);
	if (wrong) {
		fprintf(stderr, "%s\n", wrong);
		abort();
	}
	return 0;
}
