// SPDX-License-Identifier: GPL-2.0-only
/*
 * unseen.c - copying that ThreadSanitizer does not see
 *
 * It sees the C library's functions even where they are called from code that it does not watch, and
 * would take what the machine does with its own memory for races. The library for ThreadSanitizer
 * is compiled to use these instead; a driver uses the C library's.
 */
#include <stddef.h>

/* The compiler must not make calls of the functions out of these. */
#define AS_WRITTEN	__attribute__((optimize("no-tree-loop-distribute-patterns")))

void *unseen_memcpy(void *to, const void *from, size_t size);
void *unseen_memmove(void *to, const void *from, size_t size);
void *unseen_memset(void *to, int byte, size_t size);
int unseen_memcmp(const void *one, const void *other, size_t size);

AS_WRITTEN void *unseen_memcpy(void *to, const void *from, size_t size)
{
	for (size_t i = 0; i < size; i++)
		((char *)to)[i] = ((const char *)from)[i];
	return to;
}

AS_WRITTEN void *unseen_memmove(void *to, const void *from, size_t size)
{
	if (to <= from)
		return unseen_memcpy(to, from, size);
	while (size--)
		((char *)to)[size] = ((const char *)from)[size];
	return to;
}

AS_WRITTEN void *unseen_memset(void *to, int byte, size_t size)
{
	for (size_t i = 0; i < size; i++)
		((char *)to)[i] = byte;
	return to;
}

AS_WRITTEN int unseen_memcmp(const void *one, const void *other, size_t size)
{
	const unsigned char *a = one, *b = other;

	for (size_t i = 0; i < size; i++)
		if (a[i] != b[i])
			return a[i] - b[i];
	return 0;
}
