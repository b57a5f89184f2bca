/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The configuration option that is gone, in files that are not C.
 */
#ifndef MIGRATE_VMA_CONFIG_OPTION_H
#define MIGRATE_VMA_CONFIG_OPTION_H

#include <stdbool.h>
#include <stddef.h>

#define OLD_OPTION "MIGRATE_VMA_HELPER"
#define NEW_OPTION "DEVICE_PRIVATE"

/** is_option_character() - whether a character can be part of an option's name. */
bool is_option_character(char character);

/** option_at() - whether the word at an offset of @text is @word. */
bool option_at(const char *text, size_t offset, const char *word);

#endif
