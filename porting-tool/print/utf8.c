// SPDX-License-Identifier: GPL-2.0-only
#include "utf8.h"

#include <string.h>

#include "memory.h"

/* First byte from @first to @last begins a character of @length, second byte at least @second. */
static const struct {
	unsigned char first, last, second_first, second_last;
	size_t length;
} sequences[] = {
	{ 0x00, 0x7f, 0x00, 0x00, 1 },
	{ 0xc2, 0xdf, 0x80, 0xbf, 2 },
	{ 0xe0, 0xe0, 0xa0, 0xbf, 3 },	/* shorter forms exist for what is below */
	{ 0xe1, 0xec, 0x80, 0xbf, 3 },
	{ 0xed, 0xed, 0x80, 0x9f, 3 },	/* surrogates are no characters */
	{ 0xee, 0xef, 0x80, 0xbf, 3 },
	{ 0xf0, 0xf0, 0x90, 0xbf, 4 },
	{ 0xf1, 0xf3, 0x80, 0xbf, 4 },
	{ 0xf4, 0xf4, 0x80, 0x8f, 4 },	/* U+10FFFF is the last one */
};

/* Return: bytes in the character at @text, or 0 if there is none. */
static size_t character_length(const char *text, size_t size)
{
	const unsigned char *bytes = (const unsigned char *)text;

	for (size_t i = 0; i < sizeof(sequences) / sizeof(sequences[0]); i++) {
		size_t length = sequences[i].length;

		if (bytes[0] < sequences[i].first || bytes[0] > sequences[i].last)
			continue;
		if (length > size)
			return 0;
		if (length > 1 && (bytes[1] < sequences[i].second_first ||
				   bytes[1] > sequences[i].second_last))
			return 0;
		for (size_t j = 2; j < length; j++)
			if ((bytes[j] & 0xc0) != 0x80)
				return 0;
		return length;
	}
	return 0;
}

char *utf8_copy(const char *text, size_t size, size_t *length)
{
	char *copy = xmalloc(3 * size + 1), *at = copy;

	while (size) {
		size_t bytes = character_length(text, size);

		if (bytes) {
			memcpy(at, text, bytes);
			at += bytes;
		} else {
			memcpy(at, "\xef\xbf\xbd", 3);
			at += 3;
			bytes = 1;
		}
		text += bytes;
		size -= bytes;
	}
	*at = '\0';
	*length = (size_t)(at - copy);
	return copy;
}

bool utf8_is_valid(const char *text, size_t size)
{
	while (size) {
		size_t bytes = character_length(text, size);

		if (!bytes)
			return false;
		text += bytes;
		size -= bytes;
	}
	return true;
}
