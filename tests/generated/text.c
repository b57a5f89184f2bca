// SPDX-License-Identifier: GPL-2.0-only
#include "text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LINE_SIZE	1024
#define TAB_WIDTH	8

static void put(struct text *text, const char *bytes, size_t count)
{
	if (text->length + count + 1 > text->room) {
		text->room = 2 * (text->length + count + 1);
		text->bytes = realloc(text->bytes, text->room);
		if (!text->bytes)
			abort();
	}
	memcpy(text->bytes + text->length, bytes, count);
	text->length += count;
	text->bytes[text->length] = '\0';
}

static void put_string(struct text *text, const char *string)
{
	const char *at;

	for (; (at = strchr(string, '@')) != NULL; string = at + 1) {
		put(text, string, (size_t)(at - string));
		put(text, text->name, strlen(text->name));
	}
	put(text, string, strlen(string));
}

static void put_end(struct text *text)
{
	put_string(text, text->crlf ? "\r\n" : "\n");
}

static void put_indent(struct text *text, int depth)
{
	while (depth-- > 0)
		put_string(text, text->spaces ? "    " : "\t");
}

static void put_blanks(struct text *text, size_t columns)
{
	if (!text->spaces)
		for (; columns >= TAB_WIDTH; columns -= TAB_WIDTH)
			put_string(text, "\t");
	while (columns-- > 0)
		put_string(text, " ");
}

void text_blank(struct text *text)
{
	put_end(text);
}

void text_line(struct text *text, const char *format, ...)
{
	char line[LINE_SIZE];
	va_list values;

	va_start(values, format);
	vsnprintf(line, sizeof(line), format, values);
	va_end(values);
	put_indent(text, text->depth);
	put_string(text, line);
	put_end(text);
}

void text_flat(struct text *text, const char *format, ...)
{
	char line[LINE_SIZE];
	va_list values;

	va_start(values, format);
	vsnprintf(line, sizeof(line), format, values);
	va_end(values);
	put_string(text, line);
	put_end(text);
}

static void open_block(struct text *text, const char *line, bool own_line)
{
	put_indent(text, text->depth);
	put_string(text, line);
	if (own_line) {
		put_end(text);
		put_indent(text, text->depth);
		put_string(text, "{");
	} else {
		put_string(text, *line ? " {" : "{");
	}
	put_end(text);
	text->depth++;
}

void text_open(struct text *text, const char *format, ...)
{
	char line[LINE_SIZE];
	va_list values;

	va_start(values, format);
	vsnprintf(line, sizeof(line), format, values);
	va_end(values);
	open_block(text, line, *line && text->allman);
}

void text_close(struct text *text, const char *after)
{
	text->depth--;
	text_line(text, "}%s", after);
}

void text_close_open(struct text *text, const char *format, ...)
{
	char line[LINE_SIZE];
	va_list values;

	va_start(values, format);
	vsnprintf(line, sizeof(line), format, values);
	va_end(values);
	text->depth--;
	if (text->allman) {
		text_line(text, "}");
		open_block(text, line, true);
	} else {
		put_indent(text, text->depth);
		put_string(text, "} ");
		put_string(text, line);
		put_string(text, " {");
		put_end(text);
		text->depth++;
	}
}

void text_mark(struct text *text)
{
	static const char *const odd[] = {
		"/*  " TEXT_MARK "\t%u  */", "// " TEXT_MARK " %u\t ", "/* " TEXT_MARK " %u \xc3\xa4\xe2\x82\xac */",
		"/* " TEXT_MARK " %u if (x) { */", "//" TEXT_MARK "%u \"'", "/*" TEXT_MARK "%u migrate_vma(*/",
	};
	char what[32];
	unsigned long number;

	snprintf(what, sizeof(what), "mark %u", text->marks++);
	number = choose_number(text->choices, what, 60);
	if (text->comments == COMMENTS_NONE || number >= 24)
		return;
	if (text->comments == COMMENTS_PLAIN)
		text_line(text, "/* " TEXT_MARK " %u */", text->marks);
	else
		text_line(text, odd[number % 6], text->marks);
}

static size_t columns(const char *string, const struct text *text)
{
	size_t count = 0;

	for (; *string; string++)
		count += *string == '@' ? strlen(text->name) : 1;
	return count;
}

static void put_arguments(struct text *text, const char *const *arguments, size_t count,
			  size_t hang, bool one_a_line, bool remarks)
{
	size_t column = hang, i;
	char remark[32];

	for (i = 0; i < count; i++) {
		size_t width = columns(arguments[i], text);

		if (i && (one_a_line || column + width + 2 > 90)) {
			put_end(text);
			put_blanks(text, hang);
			column = hang;
		} else if (i) {
			put_string(text, " ");
		}
		put_string(text, arguments[i]);
		if (text->call_layout == CALL_COMMENTED && !remarks && i % 3 == 1)
			put_string(text, " /* may go */");
		if (i + 1 < count)
			put_string(text, ",");
		if (text->call_layout == CALL_COMMENTED && remarks && i &&
		    (i + text->remarks) % 3 == 1) {
			snprintf(remark, sizeof(remark), " /* " TEXT_REMARK " %u */",
				 ++text->remarks);
			put_string(text, remark);
		}
		column += width + 2;
	}
}

void text_call(struct text *text, const char *before, const char *function,
	       const char *const *arguments, size_t count, const char *after)
{
	size_t hang = (size_t)text->depth * (text->spaces ? 4 : TAB_WIDTH) +
		      columns(before, text) + columns(function, text) + 1;
	size_t i;

	put_indent(text, text->depth);
	if (text->head)
		put_string(text, text->head);
	text->head = NULL;
	put_string(text, before);
	put_string(text, function);
	put_string(text, "(");
	switch (text->call_layout) {
	case CALL_ONE_LINE:
		for (i = 0; i < count; i++) {
			put_string(text, i ? ", " : "");
			put_string(text, arguments[i]);
		}
		break;
	case CALL_HANGING:
		put_end(text);
		put_indent(text, text->depth + 2);
		put_arguments(text, arguments, count,
			      (size_t)(text->depth + 2) * (text->spaces ? 4 : TAB_WIDTH), false,
			      true);
		break;
	default:
		put_arguments(text, arguments, count, hang,
			      text->call_layout == CALL_ONE_A_LINE ||
			      text->call_layout == CALL_COMMENTED, true);
		break;
	}
	put_string(text, ")");
	put_string(text, after);
	if (text->tail)
		put_string(text, text->tail);
	text->tail = NULL;
	put_end(text);
}

void text_function(struct text *text, const char *head, const char *const *parameters,
		   size_t count, const char *after)
{
	size_t hang = columns(head, text) + 1;

	put_string(text, head);
	put_string(text, "(");
	put_arguments(text, parameters, count, hang, text->call_layout == CALL_ONE_A_LINE,
		      false);
	put_string(text, ")");
	put_string(text, after);
	put_end(text);
	if (!*after) {
		put_string(text, "{");
		put_end(text);
		text->depth++;
	}
}
