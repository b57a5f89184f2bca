// SPDX-License-Identifier: GPL-2.0-only
/* string.c - functions on strings and bits that only a kernel has */
#include <linux/bitmap.h>
#include <linux/err.h>
#include <linux/minmax.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>

ssize_t strscpy(char *to, const char *from, size_t size)
{
	size_t length = strnlen(from, size);

	if (!size)
		return -E2BIG;
	if (length == size) {
		memcpy(to, from, size - 1);
		to[size - 1] = '\0';
		return -E2BIG;
	}
	memcpy(to, from, length + 1);
	return length;
}

size_t strlcpy(char *to, const char *from, size_t size)
{
	if (size)
		strscpy(to, from, size);
	return strlen(from);
}

void *kmemdup(const void *from, size_t size, gfp_t gfp)
{
	void *copy = kmalloc(size, gfp);

	if (copy)
		memcpy(copy, from, size);
	return copy;
}

char *kstrdup(const char *text, gfp_t gfp)
{
	return text ? kmemdup(text, strlen(text) + 1, gfp) : NULL;
}

void *memdup_user(const void __user *from, size_t size)
{
	void *copy = kmalloc(size, GFP_USER);

	if (!copy)
		return ERR_PTR(-ENOMEM);
	if (copy_from_user(copy, from, size)) {
		kfree(copy);
		return ERR_PTR(-EFAULT);
	}
	return copy;
}

void *memchr_inv(const void *from, int byte, size_t size)
{
	const unsigned char *bytes = from;

	for (size_t i = 0; i < size; i++)
		if (bytes[i] != (unsigned char)byte)
			return (void *)(bytes + i);
	return NULL;
}

unsigned long find_next_bit(const unsigned long *map, unsigned long bits, unsigned long from)
{
	while (from < bits) {
		unsigned long word = map[BIT_WORD(from)] >> (from % BITS_PER_LONG);

		if (word)
			return min(from + __ffs(word), bits);
		from = (BIT_WORD(from) + 1) * BITS_PER_LONG;
	}
	return bits;
}

unsigned long find_next_zero_bit(const unsigned long *map, unsigned long bits, unsigned long from)
{
	while (from < bits) {
		unsigned long word = ~map[BIT_WORD(from)] >> (from % BITS_PER_LONG);

		if (word)
			return min(from + __ffs(word), bits);
		from = (BIT_WORD(from) + 1) * BITS_PER_LONG;
	}
	return bits;
}

void bitmap_set(unsigned long *map, unsigned int start, unsigned int count)
{
	while (count--)
		__set_bit(start++, map);
}

void bitmap_clear(unsigned long *map, unsigned int start, unsigned int count)
{
	while (count--)
		__clear_bit(start++, map);
}

unsigned int bitmap_weight(const unsigned long *map, unsigned int bits)
{
	unsigned int weight = 0;
	unsigned long bit;

	for_each_set_bit(bit, map, bits)
		weight++;
	return weight;
}
