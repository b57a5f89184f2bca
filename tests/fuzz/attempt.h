/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * attempt.h - everything the tool does with a text, done to any bytes.
 */
#ifndef FUZZ_ATTEMPT_H
#define FUZZ_ATTEMPT_H

#include <stddef.h>

/**
 * attempt() - list, check and port a text, and port the result again
 * @text: the bytes; not necessarily C, not necessarily without NUL
 * @size: how many
 * @target: decides the release to port to; any number
 *
 * Whatever the text is, the tool must come back, and must not change its own result.
 *
 * Return: NULL, or what went wrong, as text from malloc().
 */
char *attempt(const char *text, size_t size, unsigned int target);

#endif /* FUZZ_ATTEMPT_H */
