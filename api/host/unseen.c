// SPDX-License-Identifier: GPL-2.0-only
/*
 * unseen.c - copying that ThreadSanitizer does not see
 *
 * It sees the C library's functions even where they are called from code that it does not watch, and
 * would take what the machine does with its own memory for races. The library for ThreadSanitizer
 * is compiled to use these instead; a driver uses the C library's.
 */
#include <stddef.h>

/* Volatile, or the compiler would see what the loops do and call the functions instead. */
typedef volatile char byte_t;

void *unseen_memcpy(void *to, const void *from, size_t size);
void *unseen_memmove(void *to, const void *from, size_t size);
void *unseen_memset(void *to, int byte, size_t size);
int unseen_memcmp(const void *one, const void *other, size_t size);

void *unseen_memcpy(void *to, const void *from, size_t size)
{
	for (size_t i = 0; i < size; i++)
		((byte_t *)to)[i] = ((const char *)from)[i];
	return to;
}

void *unseen_memmove(void *to, const void *from, size_t size)
{
	if (to <= from)
		return unseen_memcpy(to, from, size);
	while (size--)
		((byte_t *)to)[size] = ((const char *)from)[size];
	return to;
}

void *unseen_memset(void *to, int byte, size_t size)
{
	for (size_t i = 0; i < size; i++)
		((byte_t *)to)[i] = byte;
	return to;
}

int unseen_memcmp(const void *one, const void *other, size_t size)
{
	const volatile unsigned char *a = one, *b = other;

	for (size_t i = 0; i < size; i++) {
		int difference = a[i] - b[i];

		if (difference)
			return difference;
	}
	return 0;
}
