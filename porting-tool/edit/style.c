// SPDX-License-Identifier: GPL-2.0-only
#include "style.h"

#include <string.h>

static const char *detect_unit(const struct syntax *syntax)
{
	const struct source *source = syntax->source;
	size_t tabs = 0, spaces = 0, narrowest = 8;
	size_t all_tabs = 0, all_spaces = 0;

	for (struct node *node = syntax->file; node; node = node_after(node, syntax->file)) {
		const char *indent;
		size_t width;

		/* Statements directly in a function's body are indented by one step. */
		if (!node->parent || node->parent->kind != NODE_COMPOUND || !node->parent->parent ||
		    node->parent->parent->kind != NODE_FUNCTION || node->kind == NODE_LABEL)
			continue;
		indent = indent_at(syntax, code_start(syntax, node->first));
		width = strspn(indent, " ");
		if (source->text[code_start(syntax, node->first) -
				 source_column(source, code_start(syntax, node->first))] == '\t') {
			tabs++;
		} else if (width) {
			spaces++;
			narrowest = width < narrowest ? width : narrowest;
		}
	}
	/* A header may have no function: then all its lines count. */
	for (size_t line = 0; !tabs && !spaces && line < 2 * source->line_count; line++) {
		const char *text = source->text + source->lines[line % source->line_count];
		size_t width = strspn(text, " ");

		/* The comment's stars are one in. */
		if (line < source->line_count) {
			all_tabs += text[0] == '\t';
			all_spaces += width > 1;
		} else if (width > 1 && width < narrowest) {
			narrowest = width;
		}
	}
	if (tabs + all_tabs >= spaces + all_spaces)
		return "\t";
	return arena_copy(syntax->arena, "        ", narrowest);
}

static bool detect_allman(const struct syntax *syntax)
{
	size_t own_line = 0, same_line = 0;

	for (struct node *node = syntax->file; node; node = node_after(node, syntax->file)) {
		if (node->kind != NODE_COMPOUND || !node->parent || node->first == 0 ||
		    node->parent->kind == NODE_FUNCTION || node->parent->kind == NODE_COMPOUND)
			continue;
		if (source_line(syntax->source, code_start(syntax, node->first)) !=
		    source_line(syntax->source, code_start(syntax, node->first - 1)))
			own_line++;
		else
			same_line++;
	}
	return own_line > same_line;
}

/* One line in fifty beyond 80 columns is no accident. */
static unsigned int detect_width(const struct syntax *syntax)
{
	const struct source *source = syntax->source;
	size_t wide = 0;

	for (size_t line = 0; line < source->line_count; line++) {
		uint32_t start = source->lines[line];
		size_t length = source_line_end(source, line) - start;
		unsigned int columns;

		if (length <= 40 || length > 200)
			continue;
		columns = text_columns(arena_copy(syntax->arena, source->text + start, length), 0);
		wide += columns > 80 && columns <= 100;
	}
	return wide * 50 > source->line_count ? 100 : 80;
}

struct style style_detect(const struct syntax *syntax)
{
	struct style style = { .unit = detect_unit(syntax), .allman = detect_allman(syntax) };

	style.align_members = style.unit[0] == '\t';
	/* checkpatch.pl counts the carriage return. */
	style.width = detect_width(syntax) - (syntax->source->newline[0] == '\r');
	return style;
}

unsigned int text_columns(const char *text, unsigned int from)
{
	unsigned int column = from;

	for (; *text; text++) {
		if (*text == '\t')
			column = (column / TAB_WIDTH + 1) * TAB_WIDTH;
		else if (((unsigned char)*text & 0xc0) != 0x80)
			column++;
	}
	return column - from;
}

char *indent_at(const struct syntax *syntax, uint32_t offset)
{
	const struct source *source = syntax->source;
	uint32_t start = source->lines[source_line(source, offset)];
	uint32_t end = start;

	while (end < offset && (source->text[end] == ' ' || source->text[end] == '\t'))
		end++;
	return arena_copy(syntax->arena, source->text + start, end - start);
}

char *indent_deeper(struct arena *arena, const struct style *style, const char *indent)
{
	return arena_printf(arena, "%s%s", indent, style->unit);
}

const struct node *label_beside(const struct syntax *syntax, const struct node *node)
{
	const struct node *label = node->previous;

	if (!label || (label->kind != NODE_LABEL && label->kind != NODE_CASE) ||
	    source_line(syntax->source, code_start(syntax, label->last)) !=
		    source_line(syntax->source, code_start(syntax, node->first)))
		return NULL;
	return label;
}

char *statement_indent(const struct syntax *syntax, const struct style *style,
		       const struct node *node)
{
	const struct node *label = label_beside(syntax, node);

	if (!label)
		return indent_at(syntax, code_start(syntax, node->first));
	if (label->kind == NODE_LABEL)
		label = node->parent;
	return indent_deeper(syntax->arena, style,
			     indent_at(syntax, code_start(syntax, label->first)));
}

char *indent_to(struct arena *arena, const struct style *style, unsigned int column)
{
	char *indent = arena_alloc(arena, column + 1);
	unsigned int tabs = style->unit[0] == '\t' ? column / TAB_WIDTH : 0;

	memset(indent, '\t', tabs);
	memset(indent + tabs, ' ', column - tabs * TAB_WIDTH);
	return indent;
}

char *call_layout(struct arena *arena, const struct style *style, const char *indent,
		  const char *head, const char *const *parts, size_t count, const char *tail,
		  bool one_a_line)
{
	char *text = arena_printf(arena, "%s%s(", indent, head);
	const char *last_line = strrchr(text, '\n');
	unsigned int open = text_columns(last_line ? last_line + 1 : text, 0);
	unsigned int column = open, widest = 0, all = open;
	const char *behind;

	for (size_t i = 0; i < count; i++) {
		unsigned int width = text_columns(parts[i], 0);

		/* The first stands behind the bracket in any case. */
		widest = i && width > widest ? width : widest;
		all += width + 2;
	}
	if (all - 2 + 1 + text_columns(tail, 0) <= style->width)
		one_a_line = false;
	behind = indent_to(arena, style, open);
	if (open + widest + 2 > style->width) {
		/* Too far right for what has to go there: two steps in from the statement. */
		behind = arena_printf(arena, "%s%s%s", indent, style->unit, style->unit);
		open = text_columns(behind, 0);
	}
	for (size_t i = 0; i < count; i++) {
		unsigned int width = text_columns(parts[i], 0);
		unsigned int room = i + 1 < count ? 1 : 1 + text_columns(tail, 0);

		if (i && (one_a_line || column + 2 + width + room > style->width)) {
			text = arena_printf(arena, "%s,\n%s%s", text, behind, parts[i]);
			column = open + width;
		} else {
			text = arena_printf(arena, "%s%s%s", text, i ? ", " : "", parts[i]);
			column += width + (i ? 2 : 0);
		}
	}
	return arena_printf(arena, "%s)%s", text, tail);
}

/* The text between two tokens. */
static const char *between(const struct syntax *syntax, uint32_t first, uint32_t second)
{
	uint32_t start = code_end(syntax, first);

	return arena_copy(syntax->arena, syntax->source->text + start,
			  code_start(syntax, second) - start);
}

char *list_layout(const struct syntax *syntax, const struct call *list, const char *head,
		  const char *const *parts, size_t count)
{
	const char *open = between(syntax, list->open, list->open + 1);
	char *text = arena_printf(syntax->arena, "%s%s(", head,
				  between(syntax, list->name, list->open));

	if (open[strspn(open, " \t\r")] != '\n')
		return NULL;
	for (size_t i = 0; i < count; i++)
		text = arena_printf(syntax->arena, "%s%s\n%s%s", text, i ? "," : "",
				    indent_at(syntax, code_start(syntax, list->open + 1)),
				    parts[i]);
	open = between(syntax, list->close - 1, list->close);
	return arena_printf(syntax->arena, "%s%s)", text, strchr(open, '\n') ? strchr(open, '\n') : "");
}

const char *argument_gap(const struct syntax *syntax, const struct style *style, uint32_t open,
			 uint32_t close, const char *text)
{
	const struct source *source = syntax->source;
	uint32_t end = code_start(syntax, close);
	uint32_t top = source->lines[source_line(source, end)];
	const char *line = arena_copy(syntax->arena, source->text + top, end - top);
	uint32_t bracket = code_end(syntax, open);

	/* ", argument) {" has to fit. */
	if (text_columns(line, 0) + text_columns(text, 0) + 5 <= style->width)
		return " ";
	if (source_line(source, bracket) != source_line(source, end))
		return arena_printf(syntax->arena, "\n%s", indent_at(syntax, end));
	line = arena_copy(syntax->arena, source->text + top, bracket - top);
	return arena_printf(syntax->arena, "\n%s",
			    indent_to(syntax->arena, style, text_columns(line, 0)));
}

char *code_line(const struct syntax *syntax, uint32_t first, uint32_t last)
{
	const char *text = syntax->source->text;
	char *line, *to;

	if (last < first)
		return arena_copy(syntax->arena, "", 0);
	line = to = arena_alloc(syntax->arena,
				2 * (code_end(syntax, last) - code_start(syntax, first)) + 2);
	for (uint32_t i = first; i <= last; i++) {
		uint32_t start = code_start(syntax, i);
		uint32_t size = code_end(syntax, i) - start;

		if (i > first && start > code_end(syntax, i - 1) && !code_is(syntax, i, ")") &&
		    !code_is(syntax, i - 1, "("))
			*to++ = ' ';
		memcpy(to, text + start, size);
		to += size;
	}
	return line;
}
