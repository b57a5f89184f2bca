/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One file as the user gave it: its bytes, and where its lines begin.
 */
#ifndef MIGRATE_VMA_SOURCE_H
#define MIGRATE_VMA_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/**
 * struct source - the text of one file
 * @path: as the user named it or as it was found below a folder; "-" is standard input
 * @text: the bytes, with a NUL after the last one; contains no other NUL
 * @size: bytes in @text, without that NUL
 * @lines: offset of the first byte of each line
 * @line_count: elements in @lines; at least 1
 * @newline: how its lines end: "\n" or "\r\n", by the first line
 */
struct source {
	char *path;
	char *text;
	size_t size;
	uint32_t *lines;
	size_t line_count;
	const char *newline;
};

/**
 * enum source_status - why a file could not be taken
 * @SOURCE_OK: it was
 * @SOURCE_UNREADABLE: errno says why
 * @SOURCE_NOT_TEXT: it holds a NUL byte
 * @SOURCE_TOO_LARGE: more than SOURCE_SIZE_MAX bytes
 */
enum source_status { SOURCE_OK, SOURCE_UNREADABLE, SOURCE_NOT_TEXT, SOURCE_TOO_LARGE };

/* No C file written by people is larger; offsets fit in 32 bits with room to spare. */
#define SOURCE_SIZE_MAX (64u << 20)

/**
 * source_read() - take a file, or standard input
 * @source: filled in; to be given to source_release()
 * @path: a file, or "-"
 *
 * A file that changes while it is read is taken as far as it was seen.
 *
 * Return: SOURCE_OK, or why not; then @source holds nothing.
 */
enum source_status source_read(struct source *source, const char *path);

/**
 * source_set() - make a source of text that is in memory
 * @source: filled in; to be given to source_release()
 * @path: the name to show; copied
 * @text: the bytes; copied
 * @size: how many
 *
 * Return: SOURCE_OK, SOURCE_NOT_TEXT or SOURCE_TOO_LARGE.
 */
enum source_status source_set(struct source *source, const char *path, const char *text,
			      size_t size);

/** source_release() - give back what source_read() or source_set() took. */
void source_release(struct source *source);

/**
 * source_line() - the line an offset is in
 * @source: the file
 * @offset: in bytes, at most @source->size
 *
 * Return: the line's index, counted from 0.
 */
size_t source_line(const struct source *source, size_t offset);

/** source_column() - bytes from the start of its line to @offset, counted from 0. */
size_t source_column(const struct source *source, size_t offset);

/** source_line_end() - offset of the end of a line's text, before its line ending. */
size_t source_line_end(const struct source *source, size_t line);

/** source_line_next() - offset of the first byte of the line after @line, or the file's end. */
size_t source_line_next(const struct source *source, size_t line);

/** source_is_header() - whether a file is a header, by its name. */
bool source_is_header(const struct source *source);

#endif
