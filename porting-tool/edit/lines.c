// SPDX-License-Identifier: GPL-2.0-only
#include "lines.h"

#include <string.h>

uint32_t line_top(const struct source *source, uint32_t offset)
{
	return source->lines[source_line(source, offset)];
}

static bool only_space(const char *text, uint32_t start, uint32_t end)
{
	for (; start < end; start++)
		if (!strchr(" \t\r\n\f\v", text[start]))
			return false;
	return true;
}

uint32_t top_with_comment(const struct syntax *syntax, uint32_t offset)
{
	const struct source *source = syntax->source;
	uint32_t top = line_top(source, offset);

	for (size_t i = tokens_behind(&syntax->all, top); i-- > 0;) {
		const struct token *token = &syntax->all.list[i];
		uint32_t comment_top;

		if (token->end > top)
			continue;
		comment_top = line_top(source, token->start);
		if (token->kind != TOKEN_COMMENT || !only_space(source->text, token->end, top) ||
		    source_line(source, top) - source_line(source, token->end) != 1 ||
		    !only_space(source->text, comment_top, token->start))
			break;
		top = comment_top;
	}
	return top;
}

/* Behind the comments that follow on the line of an offset, if nothing else does. */
static uint32_t behind_comments(const struct syntax *syntax, uint32_t offset)
{
	const struct source *source = syntax->source;
	uint32_t line_end = source_line_end(source, source_line(source, offset)), at = offset;

	for (size_t i = tokens_behind(&syntax->all, offset); i < syntax->all.count; i++) {
		const struct token *token = &syntax->all.list[i];

		if (token->start >= line_end)
			break;
		if (token->kind != TOKEN_COMMENT || token->end > line_end)
			return offset;
		at = token->end;
	}
	return at;
}

uint32_t end_of_statement(const struct syntax *syntax, uint32_t last)
{
	const struct source *source = syntax->source;
	uint32_t end = code_end(syntax, last), at = behind_comments(syntax, end);
	uint32_t line_end = source_line_end(source, source_line(source, end));

	return only_space(source->text, at, line_end) ? line_end : end;
}

void remove_lines(struct edits *edits, const struct syntax *syntax, uint32_t start, uint32_t end)
{
	const struct source *source = syntax->source;
	size_t first = source_line(source, start), last = source_line(source, end);

	if (only_space(source->text, source->lines[first], start))
		end = behind_comments(syntax, end);
	if (!only_space(source->text, source->lines[first], start) ||
	    !only_space(source->text, end, source_line_end(source, last))) {
		edit_remove(edits, start, end);
		return;
	}
	edit_remove(edits, source->lines[first], source_line_next(source, last));
}
