// SPDX-License-Identifier: GPL-2.0-only
/* message.c - formatting, standard error, and the end of the process */
#define _GNU_SOURCE
#include <ctype.h>
#include <dlfcn.h>
#include <execinfo.h>
#include <link.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "host/host.h"

/* A buffer that is written to as snprintf(3) does: nothing past the end, but counted. */
struct text {
	char *buf;
	size_t size;
	size_t length;
};

static void __attribute__((format(printf, 2, 3))) text_add(struct text *text, const char *fmt, ...)
{
	size_t room = text->length < text->size ? text->size - text->length : 0;
	va_list args;
	int length;

	va_start(args, fmt);
	length = vsnprintf(room ? text->buf + text->length : NULL, room, fmt, args);
	va_end(args);
	if (length > 0)
		text->length += length;
}

static void text_add_pointer(struct text *text, const char *letters, void *pointer)
{
	char where[256];

	switch (letters[0]) {
	case 'S':
	case 's':
	case 'B':
		text_add(text, "%s", host_describe(pointer, where, sizeof(where)));
		break;
	case 'e':
		text_add(text, "%s", strerrorname_np(-(long)pointer) ?: "no error");
		break;
	case 'a':
		text_add(text, "0x%llx", pointer ? *(unsigned long long *)pointer : 0);
		break;
	default:
		text_add(text, "%p", pointer);
	}
}

/* Copies one conversion, from the % to its letter, and says which sizes of argument it takes. */
static const char *take_conversion(const char *fmt, char *conversion, size_t size, int *longs,
				   int *stars)
{
	size_t n = 0;

	*longs = 0;
	*stars = 0;
	conversion[n++] = *fmt++;
	while (*fmt && strchr("-+ #0123456789.*hlzjtqL", *fmt) && n < size - 2) {
		if (*fmt == 'l' || *fmt == 'z' || *fmt == 'j' || *fmt == 't')
			*longs += 1;
		if (*fmt == 'q' || *fmt == 'L')
			*longs += 2;
		if (*fmt == '*')
			*stars += 1;
		conversion[n++] = *fmt++;
	}
	conversion[n++] = *fmt;
	conversion[n] = '\0';
	return *fmt ? fmt + 1 : fmt;
}

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"

#define ADD_VALUE(value) do { \
	if (stars == 2) \
		text_add(&text, conversion, star[0], star[1], value); \
	else if (stars == 1) \
		text_add(&text, conversion, star[0], value); \
	else \
		text_add(&text, conversion, value); \
} while (0)

int host_format(char *buf, unsigned long size, const char *fmt, va_list args)
{
	struct text text = { .buf = buf, .size = size };
	char conversion[64];
	int longs, stars, star[2] = { 0 };

	if (size)
		buf[0] = '\0';
	while (*fmt) {
		size_t plain = strcspn(fmt, "%");
		char letter;

		text_add(&text, "%.*s", (int)plain, fmt);
		fmt += plain;
		if (!*fmt)
			break;
		fmt = take_conversion(fmt, conversion, sizeof(conversion), &longs, &stars);
		for (int i = 0; i < stars && i < 2; i++)
			star[i] = va_arg(args, int);
		letter = conversion[strlen(conversion) - 1];
		switch (letter) {
		case '%':
			text_add(&text, "%%");
			break;
		case 'p': {
			const char *letters = fmt;

			while (isalnum((unsigned char)*fmt))
				fmt++;
			text_add_pointer(&text, fmt > letters ? letters : " ",
					 va_arg(args, void *));
			break;
		}
		case 's':
			ADD_VALUE(va_arg(args, char *) ?: "(null)");
			break;
		case 'c':
			ADD_VALUE(va_arg(args, int));
			break;
		case 'd': case 'i': case 'u': case 'x': case 'X': case 'o':
			if (longs)
				ADD_VALUE(va_arg(args, long));
			else
				ADD_VALUE(va_arg(args, int));
			break;
		default:
			text_add(&text, "%s", conversion);
		}
	}
	return text.length;
}
#pragma GCC diagnostic pop

const char *host_environment(const char *name)
{
	return getenv(name);
}

void host_message(const char *text)
{
	fputs(text, stderr);
}

/* Where an address is: in which file, and as it stands in that file. */
struct place {
	const char *file;
	unsigned long address;
};

static bool find_place(const void *address, struct place *place)
{
	const ElfW(Ehdr) *header;
	Dl_info object;

	/* A return address may belong to the next line already: look at the call before it. */
	address = (const char *)address - 1;
	if (!dladdr(address, &object))
		return false;
	header = object.dli_fbase;
	place->file = object.dli_fname;
	place->address = (unsigned long)address;
	if (header->e_type != ET_EXEC)
		place->address -= (unsigned long)object.dli_fbase;
	return true;
}

/* Reads a line without its end, and without what addr2line(1) adds in brackets. */
static bool read_line(FILE *pipe, char *line, size_t size)
{
	if (!fgets(line, size, pipe))
		return false;
	line[strcspn(line, " \n")] = '\0';
	return true;
}

static bool read_description(FILE *pipe, char *buf, size_t size)
{
	char function[128], place[256];

	if (!pipe || !read_line(pipe, function, sizeof(function)) ||
	    !read_line(pipe, place, sizeof(place)) || function[0] == '?')
		return false;
	snprintf(buf, size, "%s() (%s)", function, place);
	return true;
}

static void describe(const void *address, char *buf, unsigned long size)
{
	struct place place;
	char command[512];
	FILE *pipe = NULL;

	if (address && find_place(address, &place)) {
		snprintf(command, sizeof(command), "addr2line -f -s -e '%s' 0x%lx 2>/dev/null",
			 place.file, place.address);
		pipe = popen(command, "r");
	}
	if (!read_description(pipe, buf, size))
		snprintf(buf, size, "%p", address);
	if (pipe)
		pclose(pipe);
}

/* The same places come again and again: those that were described last are kept. */
const char *host_describe(const void *address, char *buf, unsigned long size)
{
	static struct {
		const void *address;
		char text[400];
	} known[32];
	static unsigned int next;

	for (unsigned int i = 0; i < 32; i++) {
		if (!known[i].address || known[i].address != address)
			continue;
		snprintf(buf, size, "%s", known[i].text);
		return buf;
	}
	known[next].address = address;
	describe(address, known[next].text, sizeof(known[next].text));
	snprintf(buf, size, "%s", known[next].text);
	next = (next + 1) % 32;
	return buf;
}

/*
 * The calls inside of the first file that is met: the executable, not the C library below it. Those
 * that the compiler has put inline are among them.
 */
void host_backtrace(void)
{
	char command[1024], where[512];
	void *calls[32];
	int count = backtrace(calls, 32), length = 0;
	const char *file = NULL;
	struct place place;
	FILE *pipe;

	/* This function and the two that report are left out. */
	for (int i = 3; i < count; i++) {
		if (!find_place(calls[i], &place) || (file && strcmp(file, place.file)))
			continue;
		if (!file)
			length = snprintf(command, sizeof(command),
					  "addr2line -i -f -s -e '%s' 2>/dev/null", place.file);
		file = place.file;
		if (length < (int)sizeof(command))
			length += snprintf(command + length, sizeof(command) - length, " 0x%lx",
					   place.address);
	}
	pipe = file && length < (int)sizeof(command) ? popen(command, "r") : NULL;
	while (read_description(pipe, where, sizeof(where)))
		fprintf(stderr, "    called from %s\n", where);
	if (pipe)
		pclose(pipe);
}

void host_abort(void)
{
	fflush(NULL);
	abort();
}
