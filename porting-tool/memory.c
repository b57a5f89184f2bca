// SPDX-License-Identifier: GPL-2.0-only
#include "memory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct arena_block {
	struct arena_block *previous;
	size_t used;
	size_t size;
	max_align_t bytes[];
};

#define BLOCK_SIZE (64 * 1024)

void *xmalloc(size_t size)
{
	void *memory = malloc(size ? size : 1);

	if (!memory) {
		fprintf(stderr, "migrate-vma: out of memory (%zu bytes wanted)\n", size);
		exit(2);
	}
	return memory;
}

void *arena_alloc(struct arena *arena, size_t size)
{
	struct arena_block *block = arena->block;
	char *piece;

	size = (size + sizeof(max_align_t) - 1) & ~(sizeof(max_align_t) - 1);
	if (!block || block->size - block->used < size) {
		size_t room = size > BLOCK_SIZE ? size : BLOCK_SIZE;

		block = xmalloc(sizeof(*block) + room);
		block->previous = arena->block;
		block->used = 0;
		block->size = room;
		arena->block = block;
	}
	piece = (char *)block->bytes + block->used;
	block->used += size;
	return memset(piece, 0, size);
}

char *arena_copy(struct arena *arena, const char *text, size_t length)
{
	char *copy = arena_alloc(arena, length + 1);

	if (length)
		memcpy(copy, text, length);
	return copy;
}

char *arena_vprintf(struct arena *arena, const char *format, va_list values)
{
	va_list again;
	char *text;
	int length;

	va_copy(again, values);
	length = vsnprintf(NULL, 0, format, again);
	va_end(again);
	if (length < 0)
		return arena_copy(arena, "", 0);
	text = arena_alloc(arena, (size_t)length + 1);
	vsnprintf(text, (size_t)length + 1, format, values);
	return text;
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
	va_list values;
	char *text;

	va_start(values, format);
	text = arena_vprintf(arena, format, values);
	va_end(values);
	return text;
}

void *arena_append(struct arena *arena, void *list, size_t *count, void *element)
{
	void **array = list;

	/* The room is doubled at every power of two. */
	if (!(*count & (*count - 1))) {
		array = arena_alloc(arena, (*count ? 2 * *count : 1) * sizeof(*array));
		if (*count)
			memcpy(array, list, *count * sizeof(*array));
	}
	array[(*count)++] = element;
	return array;
}

void arena_release(struct arena *arena)
{
	struct arena_block *block = arena->block;

	while (block) {
		struct arena_block *previous = block->previous;

		free(block);
		block = previous;
	}
	arena->block = NULL;
}

void *grow(void *array, size_t count, size_t *capacity, size_t size)
{
	if (count < *capacity)
		return array;
	*capacity = *capacity ? *capacity * 2 : 16;
	array = realloc(array, *capacity * size);
	if (!array) {
		fprintf(stderr, "migrate-vma: out of memory (%zu elements wanted)\n", *capacity);
		exit(2);
	}
	return array;
}
