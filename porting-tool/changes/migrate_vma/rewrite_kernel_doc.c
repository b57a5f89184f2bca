// SPDX-License-Identifier: GPL-2.0-only
/*
 * The kernel-doc comment above a callback follows its parameters: scripts/kernel-doc warns of a
 * description without a parameter.
 */
#include <stdlib.h>
#include <string.h>

#include "edit/lines.h"
#include "plan.h"

/* One comment, taken apart line by line. */
struct doc {
	const struct source *source;
	size_t first;
	size_t last;
};

/* The comment directly above an offset, when it is one for kernel-doc. */
static bool find_doc(const struct syntax *syntax, uint32_t offset, struct doc *doc)
{
	const struct source *source = syntax->source;
	uint32_t top = line_top(source, offset);

	for (size_t i = syntax->all.count; i-- > 0;) {
		const struct token *token = &syntax->all.list[i];

		if (token->end > top)
			continue;
		doc->source = source;
		doc->first = source_line(source, token->start);
		doc->last = source_line(source, token->end);
		return token->kind == TOKEN_COMMENT && doc->last + 1 == source_line(source, top) &&
		       !strncmp(source->text + token->start, "/**", 3) &&
		       source->text[token->start + 3] != '/';
	}
	return false;
}

/* The text of a line after its "*"; sets *length. */
static const char *line_words(const struct doc *doc, size_t line, size_t *length)
{
	const char *text = doc->source->text + doc->source->lines[line];
	const char *end = doc->source->text + source_line_end(doc->source, line);

	text += strspn(text, " \t");
	while (text < end && *text == '*')
		text++;
	text += strspn(text, " \t");
	*length = text < end ? end - text : 0;
	return text;
}

/* "@name:" at the start of a line: where the name is, and how long. */
static const char *described(const struct doc *doc, size_t line, size_t *length)
{
	size_t all;
	const char *text = line_words(doc, line, &all);

	*length = 0;
	if (line <= doc->first || line >= doc->last || !all || *text != '@')
		return NULL;
	text++;
	*length = strcspn(text, ": \t\r\n");
	return text[*length] == ':' ? text : NULL;
}

/* Whether a line goes on with what the line above describes. */
static bool goes_on(const struct doc *doc, size_t line)
{
	size_t length;
	const char *text = line_words(doc, line, &length);
	size_t word = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

	if (line >= doc->last || !length || *text == '@')
		return false;
	/* "Return:", "Context:" and other sections. */
	return !(*text >= 'A' && *text <= 'Z' && text[word] == ':');
}

static bool is_empty_line(const struct doc *doc, size_t line)
{
	size_t length;
	const char *text = line_words(doc, line, &length);

	if (line <= doc->first)
		return false;
	return !length || (line == doc->last && *text == '/');
}

/* The role of the parameter that a description names, or PARAMETER_COUNT. */
static size_t role_of(const struct syntax *syntax, const struct call *list, const char *name,
		      size_t length)
{
	for (size_t role = 0; role < PARAMETER_COUNT; role++) {
		uint32_t last = list->arguments[role].last;
		const struct token *token = &syntax->code.list[last];

		if (token->end - token->start == length &&
		    !strncmp(syntax->source->text + token->start, name, length))
			return role;
	}
	return PARAMETER_COUNT;
}

/* The same, with the changes to the comment going to @edits. */
static void change_doc(const struct driver *driver, const struct callback *callback,
		       const struct unit *unit, const struct call *list, uint32_t first,
		       struct edits *edits)
{
	const struct syntax *syntax = &unit->syntax;
	const struct source *source = unit->source;
	size_t kept = 0, dropped = 0, top = 0, bottom = 0, last_kept = 0;
	struct doc doc;

	if (!find_doc(syntax, code_start(syntax, first), &doc))
		return;
	for (size_t line = doc.first + 1; line < doc.last; line++) {
		size_t length, role, end = line + 1;
		const char *name = described(&doc, line, &length);

		if (!name)
			continue;
		while (goes_on(&doc, end))
			end++;
		role = role_of(syntax, list, name, length);
		top = top ? top : line;
		bottom = end - 1;
		if (role < PARAMETER_COUNT && !callback->used[role]) {
			edit_remove(edits, source->lines[line], source->lines[end]);
			dropped++;
			continue;
		}
		kept++;
		last_kept = end - 1;
		if (role == PARAMETER_PRIVATE &&
		    (strlen(callback->private_name) != length ||
		     strncmp(callback->private_name, name, length)) &&
		    callback->form != PRIVATE_VOID)
			edit_replace(edits, name - source->text,
				     name - source->text + length, callback->private_name);
	}
	if (dropped && !kept && is_empty_line(&doc, top - 1) && is_empty_line(&doc, bottom + 1))
		edit_remove(edits, source->lines[top - 1], source->lines[top]);
	if (callback->writes_error && last_kept) {
		uint32_t start = source->lines[last_kept];
		const char *text = source->text + start;

		edit_insert(edits, source_line_end(source, last_kept),
			    arena_printf(driver->arena, "\n%.*s @failed: set when a page is lost",
					 (int)strspn(text, " \t") + 1, text));
	}
}

void plan_kernel_doc(const struct driver *driver, const struct callback *callback,
		     struct unit *unit, const struct call *list, uint32_t first)
{
	change_doc(driver, callback, unit, list, first, unit->edits);
}

void move_kernel_doc(const struct driver *driver, const struct callback *callback,
		     const struct unit *unit, const struct call *list, uint32_t first)
{
	const struct syntax *own = &callback->unit->syntax;
	uint32_t place = code_start(own, callback->function->first);
	struct edits edits = { 0 };
	size_t size, conflict;
	uint32_t top, end;
	struct doc doc;
	char *text;

	if (!find_doc(&unit->syntax, code_start(&unit->syntax, first), &doc) ||
	    top_with_comment(own, place) != line_top(own->source, place))
		return;
	change_doc(driver, callback, unit, list, first, &edits);
	text = edits_apply(&edits, unit->source, &size, &conflict);
	top = unit->source->lines[doc.first];
	end = unit->source->lines[doc.last + 1];
	if (text)
		edit_insert(callback->unit->edits, line_top(own->source, place),
			    arena_copy(driver->arena, text + top,
				       end - top + size - unit->source->size));
	free(text);
	edits_release(&edits);
}
