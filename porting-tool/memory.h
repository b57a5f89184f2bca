/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Memory that lives as long as the work on one group of files.
 *
 * Everything learned about a driver (tokens, nodes, texts of edits) is taken from an arena and
 * given back at once, so no other file of the tool needs a free().  Running out of memory ends the
 * program with a message and status 2: nothing has been written by then.
 */
#ifndef MIGRATE_VMA_MEMORY_H
#define MIGRATE_VMA_MEMORY_H

#include <stdarg.h>
#include <stddef.h>

struct arena_block;

/**
 * struct arena - memory that is released all at once
 * @block: the block that the next piece is cut from, linked to the earlier ones
 *
 * An arena of all zeroes is empty and ready.  One thread uses it at a time.
 */
struct arena {
	struct arena_block *block;
};

/**
 * arena_alloc() - take zeroed memory from an arena
 * @arena: where from
 * @size: how many bytes
 *
 * Return: memory aligned for any type; it never fails.
 */
void *arena_alloc(struct arena *arena, size_t size);

/**
 * arena_copy() - copy bytes into an arena and end them with a NUL
 * @arena: where the copy lives
 * @text: what to copy
 * @length: how many bytes
 *
 * Return: the copy.
 */
char *arena_copy(struct arena *arena, const char *text, size_t length);

/**
 * arena_printf() - format a string into an arena
 * @arena: where the string lives
 * @format: as for printf()
 *
 * Return: the string.
 */
char *arena_printf(struct arena *arena, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/** arena_vprintf() - as arena_printf(), with the arguments in a va_list. */
char *arena_vprintf(struct arena *arena, const char *format, va_list values)
	__attribute__((nonnull(2)));

/**
 * arena_append() - put a pointer at the end of an array of pointers in an arena
 * @arena: where the array lives
 * @list: NULL or an earlier result
 * @count: elements, updated
 * @element: the pointer
 *
 * Return: the array, perhaps moved.
 */
void *arena_append(struct arena *arena, void *list, size_t *count, void *element);

/**
 * arena_release() - give back everything taken from an arena
 * @arena: empty and ready again afterwards
 */
void arena_release(struct arena *arena);

/**
 * grow() - make room for one more element in a heap array
 * @array: NULL or an earlier result
 * @count: elements in use
 * @capacity: room in elements, updated
 * @size: bytes of one element
 *
 * Return: the array, perhaps moved; it never fails.
 */
void *grow(void *array, size_t count, size_t *capacity, size_t size);

/** xmalloc() - malloc() that ends the program with a message instead of failing. */
void *xmalloc(size_t size);

#endif
