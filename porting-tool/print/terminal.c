// SPDX-License-Identifier: GPL-2.0-only
#include "terminal.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The colours gcc and git use for the same things. */
static const char *const codes[] = {
	[STYLE_PLAIN] = "",
	[STYLE_ERROR] = "\033[1;31m",
	[STYLE_WARNING] = "\033[1;35m",
	[STYLE_NOTE] = "\033[1;36m",
	[STYLE_PLACE] = "\033[1m",
	[STYLE_CARET] = "\033[32m",
	[STYLE_DIFF_FILE] = "\033[1m",
	[STYLE_DIFF_HUNK] = "\033[36m",
	[STYLE_DIFF_REMOVED] = "\033[31m",
	[STYLE_DIFF_ADDED] = "\033[32m",
};

static bool is_set(const char *variable)
{
	const char *value = getenv(variable);

	return value && *value;
}

bool style_wanted(enum color_mode mode, FILE *stream)
{
	const char *terminal = getenv("TERM");

	if (mode != COLOR_AUTO)
		return mode == COLOR_ALWAYS;
	return isatty(fileno(stream)) && !is_set("NO_COLOR") &&
	       terminal && strcmp(terminal, "dumb");
}

void style_begin(FILE *stream, bool colored, enum style style)
{
	if (colored)
		fputs(codes[style], stream);
}

void style_end(FILE *stream, bool colored)
{
	if (colored)
		fputs("\033[0m", stream);
}

void print_harmless(FILE *stream, const char *text, size_t size)
{
	for (size_t i = 0; i < size; i++) {
		unsigned char byte = (unsigned char)text[i];
		bool control = (byte < 0x20 && byte != '\t') || byte == 0x7f;

		/* U+0080 to U+009F are control characters too, in UTF-8 led by 0xc2. */
		if (byte == 0xc2 && i + 1 < size && ((unsigned char)text[i + 1] & 0xe0) == 0x80) {
			control = true;
			i++;
		}
		putc(control ? '?' : byte, stream);
	}
}
