// SPDX-License-Identifier: GPL-2.0-only
#include "source.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "memory.h"

static void find_lines(struct source *source)
{
	const char *text = source->text, *end = text + source->size, *next;
	size_t capacity = 0;

	source->lines = grow(NULL, 0, &capacity, sizeof(*source->lines));
	source->lines[0] = 0;
	source->line_count = 1;
	while ((next = memchr(text, '\n', (size_t)(end - text)))) {
		text = next + 1;
		if (text == end)
			break;
		source->lines = grow(source->lines, source->line_count, &capacity,
				     sizeof(*source->lines));
		source->lines[source->line_count++] = (uint32_t)(text - source->text);
	}
	next = memchr(source->text, '\n', source->size);
	source->newline = next && next > source->text && next[-1] == '\r' ? "\r\n" : "\n";
}

/* Takes over @text, which has room for one byte behind @size. */
static enum source_status source_take(struct source *source, const char *path, char *text,
				      size_t size)
{
	memset(source, 0, sizeof(*source));
	if (size > SOURCE_SIZE_MAX || memchr(text, '\0', size)) {
		free(text);
		return size > SOURCE_SIZE_MAX ? SOURCE_TOO_LARGE : SOURCE_NOT_TEXT;
	}
	text[size] = '\0';
	source->text = text;
	source->size = size;
	source->path = strcpy(xmalloc(strlen(path) + 1), path);
	find_lines(source);
	return SOURCE_OK;
}

/* Room for the whole file where its size is known, for the NUL, and for a byte to see its end. */
static size_t first_room(int file)
{
	struct stat status;

	if (fstat(file, &status) || !S_ISREG(status.st_mode))
		return 64 * 1024;
	if (status.st_size > SOURCE_SIZE_MAX)
		return SOURCE_SIZE_MAX + 2;
	return (size_t)status.st_size + 2;
}

static enum source_status source_read_file(struct source *source, const char *path, int file)
{
	size_t room = first_room(file), size = 0;
	char *text = xmalloc(room);

	while (size <= SOURCE_SIZE_MAX) {
		ssize_t got = read(file, text + size, room - size - 1);

		if (got < 0) {
			int error = errno;

			if (error == EINTR)
				continue;
			free(text);
			errno = error;
			return SOURCE_UNREADABLE;
		}
		if (!got)
			break;
		size += (size_t)got;
		if (size + 1 == room) {
			char *larger;

			room *= 2;
			larger = realloc(text, room);
			if (!larger) {
				free(text);
				errno = ENOMEM;
				return SOURCE_UNREADABLE;
			}
			text = larger;
		}
	}
	return source_take(source, path, text, size);
}

enum source_status source_read(struct source *source, const char *path)
{
	enum source_status status;
	int file, error;

	memset(source, 0, sizeof(*source));
	if (!strcmp(path, "-"))
		return source_read_file(source, path, STDIN_FILENO);

	file = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (file < 0)
		return SOURCE_UNREADABLE;
	status = source_read_file(source, path, file);
	error = errno;
	close(file);
	errno = error;
	return status;
}

enum source_status source_set(struct source *source, const char *path, const char *text,
			      size_t size)
{
	char *copy;

	memset(source, 0, sizeof(*source));
	if (size > SOURCE_SIZE_MAX)
		return SOURCE_TOO_LARGE;
	copy = xmalloc(size + 1);
	if (size)
		memcpy(copy, text, size);
	return source_take(source, path, copy, size);
}

void source_release(struct source *source)
{
	free(source->path);
	free(source->text);
	free(source->lines);
	memset(source, 0, sizeof(*source));
}

size_t source_line(const struct source *source, size_t offset)
{
	size_t first = 0, behind = source->line_count;

	while (behind - first > 1) {
		size_t middle = first + (behind - first) / 2;

		if (source->lines[middle] <= offset)
			first = middle;
		else
			behind = middle;
	}
	return first;
}

size_t source_column(const struct source *source, size_t offset)
{
	return offset - source->lines[source_line(source, offset)];
}

size_t source_line_next(const struct source *source, size_t line)
{
	return line + 1 < source->line_count ? source->lines[line + 1] : source->size;
}

size_t source_line_end(const struct source *source, size_t line)
{
	size_t start = source->lines[line], end = source_line_next(source, line);

	if (end > start && source->text[end - 1] == '\n')
		end--;
	if (end > start && source->text[end - 1] == '\r')
		end--;
	return end;
}

bool source_is_header(const struct source *source)
{
	size_t length = strlen(source->path);

	return length > 2 && !strcmp(source->path + length - 2, ".h");
}
