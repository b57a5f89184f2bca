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
			text_add_pointer(&text, fmt > letters ? letters : " ", va_arg(args, void *));
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

void host_message(const char *text)
{
	fputs(text, stderr);
}

/* addr2line(1) wants the address as it stands in the file, which depends on how that was linked. */
static unsigned long address_in_file(const Dl_info *object, const void *address)
{
	const ElfW(Ehdr) *header = object->dli_fbase;

	if (header->e_type == ET_EXEC)
		return (unsigned long)address;
	return (unsigned long)address - (unsigned long)object->dli_fbase;
}

const char *host_describe(const void *address, char *buf, unsigned long size)
{
	/* A return address may belong to the next line already: look at the call before it. */
	const void *call = (const char *)address - 1;
	char command[512], function[128] = "", place[256] = "";
	FILE *pipe = NULL;
	Dl_info object;

	if (address && dladdr(call, &object)) {
		snprintf(command, sizeof(command), "addr2line -f -s -e '%s' 0x%lx 2>/dev/null",
			 object.dli_fname, address_in_file(&object, call));
		pipe = popen(command, "r");
	}
	if (pipe && fgets(function, sizeof(function), pipe) && fgets(place, sizeof(place), pipe)) {
		function[strcspn(function, "\n")] = '\0';
		place[strcspn(place, " \n")] = '\0';
	}
	if (pipe)
		pclose(pipe);

	if (function[0] && function[0] != '?')
		snprintf(buf, size, "%s() (%s)", function, place);
	else
		snprintf(buf, size, "%p", address);
	return buf;
}

void host_backtrace(void)
{
	void *calls[32];
	int count = backtrace(calls, 32);
	char where[256];

	for (int i = 2; i < count; i++) {
		host_describe(calls[i], where, sizeof(where));
		if (where[0] != '0')
			fprintf(stderr, "    called from %s\n", where);
	}
}

void host_abort(void)
{
	fflush(NULL);
	abort();
}
