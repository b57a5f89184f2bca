// SPDX-License-Identifier: GPL-2.0-only
/*
 * Uses of what the kernels of the range have in different forms: they become those of helpers.
 *
 * Tokens are looked at where they stand, in code and in the text of macros; see kernel/forms.h for
 * what a use is.  A use that no helper can stand for is left and named.
 */
#include "form_uses.h"

#include <string.h>

#include "analyse/includes.h"
#include "edit/edit.h"

/* The texts that a helper's name is made of. */
static const char *lower(const struct use_reader *reader, const char *name)
{
	return arena_printf(reader->driver->arena, "%s_%s", reader->driver->prefix, name);
}

static const char *upper(const struct use_reader *reader, const char *name)
{
	char *text = arena_printf(reader->driver->arena, "%s_%s", reader->driver->prefix, name);

	for (char *at = text; *at; at++)
		if (*at >= 'a' && *at <= 'z')
			*at = (char)(*at - 'a' + 'A');
	return text;
}

static void replace(struct use_reader *reader, size_t first, size_t last, const char *text)
{
	edit_replace(&reader->edits, reader->tokens.list[first].start,
		     reader->tokens.list[last].end, text);
}

static void mark(struct use_reader *reader, const struct form_use *use)
{
	reader->driver->used[reader->api_index] |= 1u << (use - reader->api->uses);
	reader->file->calls_helpers = true;
}

static void rename_use(struct use_reader *reader, const struct form_use *use, size_t at,
		       const char *text)
{
	replace(reader, at, at, text);
	mark(reader, use);
}

/* x.NAME = value; */
static void rewrite_set(struct use_reader *reader, const struct form_use *use, size_t at)
{
	size_t first = postfix_begin(reader, at - 2), end = at;
	bool arrow = use_is(reader, at - 1, "->");

	if (use_is(reader, at + 1, "="))
		while (end < reader->tokens.count && !use_is(reader, end, ";"))
			end++;
	if (end == at || end >= reader->tokens.count || !first || !begins_statement(reader, first)) {
		one_source_left(reader->driver, reader->file, reader->tokens.list[at].start,
				arena_printf(reader->driver->arena,
					     "older kernels of the range have no such member, and the helper "
					     "for it stands for a statement that sets it: set %s in one",
					     use->name));
		return;
	}
	edit_insert(&reader->edits, reader->tokens.list[first].start,
		    arena_printf(reader->driver->arena, "%s(%s", lower(reader, use->helper),
				 arrow ? "" : "&"));
	edit_replace(&reader->edits, reader->tokens.list[at - 2].end,
		     reader->tokens.list[at + 2].start, ", ");
	edit_insert(&reader->edits, reader->tokens.list[end].start, ")");
	mark(reader, use);
}

static void rewrite_read(struct use_reader *reader, const struct form_use *use, size_t at)
{
	size_t first = postfix_begin(reader, at - 2);

	edit_insert(&reader->edits, reader->tokens.list[first].start,
		    arena_printf(reader->driver->arena, "%s(%s", lower(reader, use->helper),
				 use_is(reader, at - 1, "->") ? "" : "&"));
	edit_replace(&reader->edits, reader->tokens.list[at - 2].end, reader->tokens.list[at].end, ")");
	mark(reader, use);
}

static void rewrite_argument(struct use_reader *reader, const struct form_use *use, size_t at)
{
	size_t close = bracket_end(reader, at + 1);

	/* NAME(&x.member): only what names a member that is a use itself. */
	if (close > at + 4 && use_is(reader, at + 2, "&") &&
	    member_of(reader, close - 1, reader->api->uses[0].of) &&
	    use_is(reader, close - 1, reader->api->uses[0].name)) {
		rename_use(reader, use, at, lower(reader, use->helper));
	}
}

static void rewrite_callback(struct use_reader *reader, const struct form_use *use, size_t at)
{
	size_t value = at + 2 + use_is(reader, at + 2, "&");

	rename_use(reader, use, at, lower(reader, use->name));
	if (use_is(reader, at + 1, "=") && reader->tokens.list[value].kind == TOKEN_IDENTIFIER)
		note_callback(reader, value);
}

/* What is done about a use at a token, if it is one. */
static void rewrite_use(struct use_reader *reader, const struct form_use *use, size_t at)
{
	bool member = at && (use_is(reader, at - 1, ".") || use_is(reader, at - 1, "->"));

	switch (use->kind) {
	case FORM_CALL:
		if (!member && use_is(reader, at + 1, "(") && !declared_here(reader, at))
			rename_use(reader, use, at, lower(reader, use->name));
		break;
	case FORM_TAG:
		if (at && use_is(reader, at - 1, "struct"))
			rename_use(reader, use, at, lower(reader, use->name));
		break;
	case FORM_NAME:
		if (!member)
			rename_use(reader, use, at, upper(reader, use->name));
		break;
	case FORM_CALLBACK:
		if (member)
			rewrite_callback(reader, use, at);
		break;
	case FORM_MEMBER:
		if (member && member_of(reader, at, use->of))
			rename_use(reader, use, at, lower(reader, use->helper));
		break;
	case FORM_ARGUMENT:
		if (!member && use_is(reader, at + 1, "("))
			rewrite_argument(reader, use, at);
		break;
	case FORM_SET:
		if (member && member_of(reader, at, use->of))
			rewrite_set(reader, use, at);
		break;
	case FORM_READ:
		if (member && member_of(reader, at, use->of))
			rewrite_read(reader, use, at);
		break;
	}
}

static void rewrite_apis(struct use_reader *reader)
{
	for (reader->api_index = 0; (reader->api = form_api_at(reader->api_index));
	     reader->api_index++) {
		if (!form_api_differs(reader->api, reader->driver->range.from->number))
			continue;
		for (size_t i = 0; i < reader->api->use_count; i++)
			for (size_t at = 0; at < reader->tokens.count; at++)
				if (use_is(reader, at, reader->api->uses[i].name))
					rewrite_use(reader, &reader->api->uses[i], at);
	}
}

/* The body of a function for folio_free: it may ask for the page of its folio, and for no more. */
static void rewrite_folio_body(struct use_reader *reader, size_t open, size_t parameter)
{
	size_t close = bracket_end(reader, open);

	for (size_t at = open; at < close; at++) {
		if (!same_token(reader, at, parameter) || use_is(reader, at - 1, ".") ||
		    (use_is(reader, at - 1, "->")))
			continue;
		if (use_is(reader, at - 1, "&") && use_is(reader, at + 1, "->") &&
		    use_is(reader, at + 2, "page")) {
			replace(reader, at - 1, at + 2,
				arena_printf(reader->driver->arena, "%s(%s)",
					     lower(reader, "folio_page"), token_text(reader, at)));
			reader->driver->folio_page = true;
		} else {
			one_source_left(reader->driver, reader->file, reader->tokens.list[at].start,
					"kernels before folio_free have a page here: get it with "
					"&folio->page, and use that");
		}
	}
}

static void rewrite_callbacks(struct use_reader *reader)
{
	for (size_t at = 0; at + 5 < reader->tokens.count; at++) {
		size_t close;

		if (!is_callback(reader, at) || !use_is(reader, at + 1, "("))
			continue;
		close = bracket_end(reader, at + 1);
		if (use_is(reader, at + 2, "struct") && use_is(reader, at + 3, "folio")) {
			replace(reader, at + 3, at + 3, lower(reader, "folio"));
			reader->file->calls_helpers = true;
			if (use_is(reader, close + 1, "{"))
				rewrite_folio_body(reader, close + 1, close - 1);
		} else if (!use_is(reader, at + 2, "struct")) {
			one_source_left(reader->driver, reader->file, reader->tokens.list[at].start,
					"this calls the driver's folio_free, which older kernels of the "
					"range hand a page: let both call a function of a page");
		}
	}
}

/* Behind the last #include that is in no #if, or at the top. */
static void add_include(struct use_reader *reader)
{
	const struct source *source = &reader->file->now;
	uint32_t behind = behind_includes(source, &reader->all);
	size_t line = behind ? source_line(source, behind - 1) : source->line_count;
	struct include last = { .quoted = false };
	const char *text;

	include_next(source, &line, &last);
	text = one_source_name(reader->driver, ".h");
	edit_insert(&reader->edits, behind,
		    arena_printf(reader->driver->arena, "%s#include \"%s\"\n",
				 last.quoted || !behind ? "" : "\n", text));
}

/* <linux/version.h> goes with the last test of a release. */
static void drop_version_header(struct use_reader *reader)
{
	const struct source *source = &reader->file->now;

	if (!reader->file->changed || strstr(source->text, "LINUX_VERSION_CODE") ||
	    strstr(source->text, "KERNEL_VERSION("))
		return;
	for (size_t i = 0; i < reader->all.count; i++) {
		const struct token *token = &reader->all.list[i];
		struct include include;

		if (include_read(source->text, token, &include) &&
		    include_names(&include, "linux/version.h"))
			edit_remove(&reader->edits, token->start,
				    (uint32_t)source_line_next(source, source_line(source, token->start)));
	}
}

static void finish(struct use_reader *reader)
{
	struct one_source_file *file = reader->file;
	size_t conflict;

	if (file->calls_helpers)
		add_include(reader);
	drop_version_header(reader);
	if (!file->changed && !reader->edits.count)
		return;
	free(file->file->result);
	file->file->result = edits_apply(&reader->edits, &file->now, &file->file->result_size,
					 &conflict);
	file->changed = true;
	if (!file->file->result)
		one_source_left(reader->driver, file, conflict,
				"two changes for the range overlap here; this is a defect of "
				"migrate-vma, please report the lines around it");
}

void form_uses_rewrite(struct one_source *driver)
{
	struct use_reader *readers = arena_alloc(driver->arena, driver->count * sizeof(*readers));
	struct use_names names = { .arena = driver->arena };

	for (size_t i = 0; i < driver->count; i++) {
		readers[i].driver = driver;
		readers[i].file = &driver->files[i];
		readers[i].names = &names;
		use_reader_open(&readers[i]);
	}
	for (size_t i = 0; i < driver->count; i++)
		rewrite_apis(&readers[i]);
	for (size_t i = 0; i < driver->count; i++) {
		rewrite_callbacks(&readers[i]);
		finish(&readers[i]);
		use_reader_close(&readers[i]);
	}
}
