// SPDX-License-Identifier: GPL-2.0-only
#include "forms.h"

#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "memory.h"
#include "release.h"

/* All files of forms/, one behind the other. */
__asm__(".pushsection .rodata\n"
	"forms_text:\n"
	"	.incbin \"" FORMS_TABLE "\"\n"
	"forms_end:\n"
	"	.popsection\n");
extern const char forms_text[], forms_end[];

#define APIS_MAX 64

static struct form_api apis[APIS_MAX];
static size_t api_count;
static struct arena texts;
static pthread_once_t parsed = PTHREAD_ONCE_INIT;

int form_release(const char *text)
{
	int major, minor;

	return sscanf(text, "%d.%d", &major, &minor) == 2 ? RELEASE(major, minor) : 0;
}

struct reader {
	const char *at;
	char *line;
};

/* Takes the next line; false behind the last. */
static bool next_line(struct reader *reader)
{
	const char *end;

	if (reader->at >= forms_end)
		return false;
	end = memchr(reader->at, '\n', (size_t)(forms_end - reader->at));
	reader->line = arena_copy(&texts, reader->at, (size_t)(end - reader->at));
	reader->at = end + 1;
	return true;
}

static const struct {
	const char *word;
	enum form_use_kind kind;
	bool of;
} kinds[] = {
	{ "call", FORM_CALL, false },		{ "tag", FORM_TAG, false },
	{ "name", FORM_NAME, false },		{ "callback", FORM_CALLBACK, false },
	{ "member", FORM_MEMBER, true },	{ "argument", FORM_ARGUMENT, false },
	{ "set", FORM_SET, true },		{ "read", FORM_READ, true },
};

static void read_use(struct form_api *api, char *text)
{
	struct form_use *use = &api->uses[api->use_count++];
	const char *kind = strsep(&text, " ");

	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
		if (strcmp(kinds[i].word, kind))
			continue;
		use->kind = kinds[i].kind;
		use->of = kinds[i].of ? strsep(&text, " ") : NULL;
	}
	use->name = strsep(&text, " ");
	use->helper = text;
}

static void read_form(struct form_api *api, char *text)
{
	struct form *form = &api->forms[api->form_count++];
	static const char backport[] = "backport ";

	form->name = strsep(&text, " ");
	form->backport = !strncmp(text, backport, sizeof(backport) - 1);
	form->until = INT_MAX;
	if (form->backport) {
		form->until = form_release(text + sizeof(backport) - 1);
		return;
	}
	form->since = form_release(text);
	for (struct form *newer = form; newer > api->forms;) {
		newer--;
		if (!newer->backport) {
			form->until = newer->since;
			break;
		}
	}
}

static void read_include(struct form_api *api, const char *header, int below)
{
	api->includes[api->include_count++] = (struct form_include){ header, below };
}

/* Reads lines up to "code", "joined" or "end"; says which. */
static const char *read_text(struct reader *reader, struct form_text *text)
{
	text->at = reader->at;
	for (;;) {
		const char *start = reader->at;

		if (!next_line(reader) || !strcmp(reader->line, "code") ||
		    !strcmp(reader->line, "joined") || !strcmp(reader->line, "end")) {
			text->size = (size_t)(start - text->at);
			return reader->line;
		}
	}
}

static char *behind(char *line, const char *word)
{
	size_t length = strlen(word);

	return strncmp(line, word, length) ? NULL : line + length;
}

static void read_line(struct reader *reader, struct form_api *api)
{
	struct form *form = api->form_count ? &api->forms[api->form_count - 1] : NULL;
	char *rest;

	if ((rest = behind(reader->line, "use "))) {
		read_use(api, rest);
	} else if ((rest = behind(reader->line, "include "))) {
		read_include(api, rest, INT_MAX);
	} else if ((rest = behind(reader->line, "below "))) {
		read_include(api, strchr(strchr(rest, ' ') + 1, ' ') + 1, form_release(rest));
	} else if ((rest = behind(reader->line, "form "))) {
		read_form(api, rest);
	} else if (form && (rest = behind(reader->line, "says "))) {
		form->says = rest;
	} else if (form && !strcmp(reader->line, "probe")) {
		if (!strcmp(read_text(reader, &form->probe), "code"))
			read_text(reader, &form->code);
	} else if (!strcmp(reader->line, "after")) {
		read_text(reader, &api->after);
	}
}

static void parse(void)
{
	struct reader reader = { .at = forms_text };
	struct form_api *api = apis;

	while (next_line(&reader)) {
		char *name = behind(reader.line, "api ");

		if (name) {
			api = &apis[api_count++];
			api->name = name;
		} else {
			read_line(&reader, api);
		}
	}
}

const struct form_api *form_api_at(size_t index)
{
	pthread_once(&parsed, parse);
	return index < api_count ? &apis[index] : NULL;
}

bool form_applies(const struct form *form, int from, int to)
{
	return form->since <= to && form->until > from;
}

bool form_api_differs(const struct form_api *api, int from)
{
	return from < api->forms[0].since;
}
