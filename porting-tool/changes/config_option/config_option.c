// SPDX-License-Identifier: GPL-2.0-only
#include "config_option.h"

#include <string.h>

bool is_option_character(char character)
{
	return character &&
	       strchr("_abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", character);
}

bool option_at(const char *text, size_t offset, const char *word)
{
	size_t length = strlen(word);

	return !strncmp(text + offset, word, length) &&
	       (!offset || !is_option_character(text[offset - 1])) &&
	       !is_option_character(text[offset + length]);
}
