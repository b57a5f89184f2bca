// SPDX-License-Identifier: GPL-2.0-only
/*
 * The driver's own header: a table, the probes, and each helper in the forms that its kernels have.
 */
#include "one_source.h"

#include <ctype.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "print/stream.h"

/* Where the header goes, and what for. */
struct writer {
	const struct one_source *driver;
	FILE *out;
	const char *upper;
	int from;
	int to;
};

static const char *in_upper(const struct one_source *driver)
{
	char *text = arena_copy(driver->arena, driver->prefix, strlen(driver->prefix));

	for (char *at = text; *at; at++)
		*at = (char)toupper((unsigned char)*at);
	return text;
}

static bool is_used(const struct writer *writer, const struct form_api *api, const char *name)
{
	size_t index = 0;

	if (!strcmp(name, "folio_page"))
		return writer->driver->folio_page;
	while (form_api_at(index) != api)
		index++;
	for (size_t i = 0; i < api->use_count; i++)
		if (!strcmp(api->uses[i].name, name))
			return writer->driver->used[index] & 1u << i;
	return false;
}

static void put_line(const struct writer *writer, const char *line, size_t size)
{
	for (size_t i = 0; i < size; i++) {
		if (size - i >= 3 && !memcmp(line + i, "@p@", 3)) {
			fputs(writer->driver->prefix, writer->out);
			i += 2;
		} else if (size - i >= 3 && !memcmp(line + i, "@P@", 3)) {
			fputs(writer->upper, writer->out);
			i += 2;
		} else {
			putc(line[i], writer->out);
		}
	}
	putc('\n', writer->out);
}

/* Lines of the table, less those that this driver or this range does not need. */
static void put_text(const struct writer *writer, const struct form_api *api, struct form_text text)
{
	const char *at = text.at, *end = text.at + text.size;
	bool skip = false;

	while (at < end) {
		const char *stop = memchr(at, '\n', (size_t)(end - at));
		const char *line = at;
		size_t size = (size_t)(stop - at);

		at = stop + 1;
		if (size > 3 && !memcmp(line, "if ", 3)) {
			skip = !is_used(writer, api, arena_copy(writer->driver->arena, line + 3, size - 3));
			continue;
		}
		if (size > 6 && !memcmp(line, "below ", 6)) {
			const char *rest = memchr(line + 6, ' ', size - 6);

			if (writer->from >= form_release(line + 6))
				continue;
			/* With nothing behind the release it is an empty line. */
			size = rest ? size - (size_t)(rest + 1 - line) : 0;
			line = rest ? rest + 1 : line;
		}
		if (!skip)
			put_line(writer, line, size);
		skip = false;
	}
}

static const struct form_api *used_api(const struct writer *writer, size_t *index)
{
	const struct form_api *api;

	while ((api = form_api_at(*index))) {
		if (writer->driver->used[(*index)++])
			return api;
	}
	return NULL;
}

static const char *text_of(const struct writer *writer, int release)
{
	return arena_printf(writer->driver->arena, "%d.%d", RELEASE_MAJOR(release),
			    RELEASE_MINOR(release));
}

/* The release before the first one that has something no more. */
static const char *last_of(const struct writer *writer, int until)
{
	const char *name, *last = "", *error;

	for (size_t i = 0; (name = release_list(i)); i++) {
		const struct release *release = release_find(name, &error);

		if (release->number < until && release->number <= writer->to)
			last = release->name;
	}
	return last;
}

static void put_table(const struct writer *writer)
{
	const struct form_api *api;
	size_t index = 0;

	while ((api = used_api(writer, &index))) {
		fprintf(writer->out, " *\n *   %s\n", api->name);
		for (size_t i = 0; i < api->form_count; i++) {
			const struct form *form = &api->forms[i];
			int since = form->since < writer->from ? writer->from : form->since;
			const char *when = form->backport ? "backport" :
				arena_printf(writer->driver->arena, "%s..%s", text_of(writer, since),
					     last_of(writer, form->until));

			if (form_applies(form, writer->from, writer->to))
				fprintf(writer->out, " *	%-12s%s\n", when, form->says);
		}
	}
}

static void put_includes(const struct writer *writer)
{
	const char *seen[FORM_APIS * FORM_INCLUDES];
	const struct form_api *api;
	size_t index = 0, count = 0;

	while ((api = used_api(writer, &index))) {
		for (size_t i = 0; i < api->include_count; i++) {
			size_t at = 0;

			while (at < count && strcmp(seen[at], api->includes[i].header))
				at++;
			if (at < count || writer->from >= api->includes[i].below)
				continue;
			seen[count++] = api->includes[i].header;
			fprintf(writer->out, "#include <%s>\n", api->includes[i].header);
		}
	}
}

static void put_probes(const struct writer *writer)
{
	const struct form_api *api;
	const char *word = "if";
	size_t index = 0;

	while ((api = used_api(writer, &index))) {
		for (size_t i = 0; i < api->form_count; i++) {
			if (!form_applies(&api->forms[i], writer->from, writer->to))
				continue;
			fprintf(writer->out, "\n#%s defined(%s_PROBE_%s)\n", word, writer->upper,
				api->forms[i].name);
			put_text(writer, api, api->forms[i].probe);
			word = "elif";
		}
	}
	fprintf(writer->out, "\n#else\n#include \"%s\"\n",
		one_source_name(writer->driver, "_probed.h"));
}

static void put_condition(const struct writer *writer, const struct form *form, const char *word,
			  bool goes_on)
{
	if (*word)
		fprintf(writer->out, "#%s ", word);
	fprintf(writer->out, "%s_HAVE_%s%s", writer->upper, form->name, goes_on ? " || " : "\n");
}

static void put_helper(const struct writer *writer, const struct form_api *api)
{
	const char *word = "if";

	fprintf(writer->out, "\n/* %s */\n", api->name);
	for (size_t i = 0; i < api->form_count; i++) {
		const struct form *form = &api->forms[i];
		bool joined = !form->code.at;

		if (!form_applies(form, writer->from, writer->to) &&
		    !(*word == '\0' && form->code.at))
			continue;
		if (form_applies(form, writer->from, writer->to)) {
			bool next = joined && i + 1 < api->form_count &&
				    form_applies(form + 1, writer->from, writer->to);

			put_condition(writer, form, word, next);
			word = next ? "" : "elif";
		}
		if (!joined) {
			put_text(writer, api, form->code);
			word = "elif";
		} else if (*word) {
			/* The next form, whose text this is, is older than the range. */
			put_text(writer, api, form[1].code);
		}
	}
	fprintf(writer->out, "#else\n"
		"#error \"%s: none of the forms above compiles; %s says why: please report it\"\n"
		"#endif\n", api->name, one_source_name(writer->driver, "_probed.log"));
	if (!api->after.at)
		return;
	if (writer->to >= api->forms[0].since)
		fprintf(writer->out, "\n#if !%s_HAVE_%s", writer->upper, api->forms[0].name);
	else
		fprintf(writer->out, "\n#if 1");
	fputs("\n", writer->out);
	put_text(writer, api, api->after);
	fputs("#endif\n", writer->out);
}

const char *compat_header_text(const struct one_source *driver)
{
	struct writer writer = {
		.driver = driver, .upper = in_upper(driver), .from = driver->range.from->number,
		.to = driver->range.to->number,
	};
	const struct form_api *api;
	size_t index = 0, size;
	const char *result;
	char *text;

	writer.out = stream_to_memory(&text, &size);
	fprintf(writer.out,
		"/* SPDX-License-Identifier: GPL-2.0-only */\n/*\n"
		" * What this driver uses of Linux %s to %s, by the name and with the arguments that the\n"
		" * newest has.  Which kernel has what, by the numbers of kernel.org:\n",
		driver->range.from->name, driver->range.to->name);
	put_table(&writer);
	fprintf(writer.out,
		" *\n * The number decides nothing: %s compiles the\n"
		" * probes below with the flags of the kernel at hand, and %s says\n"
		" * what it found.\n */\n",
		one_source_name(driver, ".kbuild"), one_source_name(driver, "_probed.h"));
	fprintf(writer.out, "#ifndef %s_COMPAT_H\n#define %s_COMPAT_H\n\n", writer.upper, writer.upper);
	put_includes(&writer);
	put_probes(&writer);
	while ((api = used_api(&writer, &index)))
		put_helper(&writer, api);
	fprintf(writer.out, "\n#endif /* no probe */\n#endif /* %s_COMPAT_H */\n", writer.upper);
	fclose(writer.out);
	result = arena_copy(driver->arena, text, size);
	free(text);
	return result;
}

const char *one_source_name(const struct one_source *driver, const char *ending)
{
	return arena_printf(driver->arena, "%s_compat%s", driver->prefix, ending);
}
