// SPDX-License-Identifier: GPL-2.0-only
/*
 * The search that decides which files of a tree are read at all.
 *
 * All the names begin with "migrate_" or "MIGRATE_".  Three bytes of that are compared at sixteen
 * places at once, and only where they fit is the text compared with the names.
 */
#include "port.h"

#include <stdint.h>
#include <string.h>

static const char *const names[] = {
	"migrate_vma",
	"migrate_dma",
	"MIGRATE_PFN_ERROR",
	"MIGRATE_PFN_DEVICE",
	"MIGRATE_VMA_HELPER",
};

#define SHORTEST 11
#define MIDDLE 2	/* 'g' or 'G' */
#define UNDERSCORE 7
#define LOWER_CASE 0x20

/* The compiler makes of this what the processor has. */
#define LANES 16
typedef uint8_t lanes __attribute__((vector_size(LANES)));
typedef uint64_t words __attribute__((vector_size(LANES)));

static bool name_at(const char *text, size_t size)
{
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		size_t length = strlen(names[i]);

		if (length <= size && !memcmp(text, names[i], length))
			return true;
	}
	return false;
}

static inline lanes load(const char *text)
{
	lanes value;

	memcpy(&value, text, sizeof(value));
	return value;
}

static inline bool any(lanes value)
{
	words all = (words)value;

	return (all[0] | all[1]) != 0;
}

bool port_mentions_old_api(const char *text, size_t size)
{
	size_t i = 0;

	for (; i + LANES + UNDERSCORE <= size; i += LANES) {
		lanes fits = (lanes)((load(text + i) | LOWER_CASE) == 'm') &
			     (lanes)((load(text + i + MIDDLE) | LOWER_CASE) == 'g') &
			     (lanes)(load(text + i + UNDERSCORE) == '_');

		if (!any(fits))
			continue;
		for (size_t lane = 0; lane < LANES; lane++)
			if (fits[lane] && name_at(text + i + lane, size - i - lane))
				return true;
	}
	for (; i + SHORTEST <= size; i++)
		if (text[i + UNDERSCORE] == '_' && name_at(text + i, size - i))
			return true;
	return false;
}
