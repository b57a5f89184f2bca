/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef MIGRATE_VMA_PRINT_UTF8_H
#define MIGRATE_VMA_PRINT_UTF8_H

#include <stdbool.h>
#include <stddef.h>

/**
 * utf8_copy() - copy text, with U+FFFD for every byte that does not belong to UTF-8
 * @text: the text
 * @size: bytes in @text
 * @length: set to the bytes in the copy
 *
 * Return: the copy, ended by a NUL, from malloc().
 */
char *utf8_copy(const char *text, size_t size, size_t *length);

/** utf8_is_valid() - whether text is UTF-8, as ASCII is. */
bool utf8_is_valid(const char *text, size_t size);

#endif
