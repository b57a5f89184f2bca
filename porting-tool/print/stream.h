/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef MIGRATE_VMA_PRINT_STREAM_H
#define MIGRATE_VMA_PRINT_STREAM_H

#include <stddef.h>
#include <stdio.h>

/**
 * stream_to_memory() - open a stream whose output is kept
 * @text: set, when the stream is closed, to what was printed, from malloc()
 * @size: set to the bytes in @text
 *
 * Return: the stream; running out of memory ends the program.
 */
FILE *stream_to_memory(char **text, size_t *size);

#endif
