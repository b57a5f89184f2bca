// SPDX-License-Identifier: GPL-2.0-only
#include "fixes.h"

#include <string.h>

#include "edit/lines.h"
#include "edit/style.h"

void fix_token(struct checker *checker, struct finding *finding, uint32_t token, const char *text)
{
	const struct syntax *syntax = finding ? &finding->spot.unit->syntax : NULL;

	if (finding)
		add_edit(checker, finding, code_start(syntax, token), code_end(syntax, token), "%s",
			 text);
}

/* The statement that a token belongs to, below its block, or NULL. */
static const struct node *statement_of(const struct syntax *syntax, uint32_t token)
{
	const struct node *node = node_at(syntax, token);

	return node && node->parent && (node->kind == NODE_EXPRESSION || node->kind == NODE_RETURN) ?
		       node : NULL;
}

static bool begins_line(const struct source *source, uint32_t offset)
{
	uint32_t at = (uint32_t)source->lines[source_line(source, offset)];

	while (at < offset && (source->text[at] == ' ' || source->text[at] == '\t'))
		at++;
	return at == offset;
}

void fix_statement_before(struct checker *checker, struct finding *finding, uint32_t token,
			  const char *text)
{
	const struct syntax *syntax = finding ? &finding->spot.unit->syntax : NULL;
	const struct node *node = finding ? statement_of(syntax, token) : NULL;
	const struct node *parent = node ? node->parent : NULL;
	const char *indent;
	uint32_t start, head, end;

	if (!node || !begins_line(finding->spot.unit->source, code_start(syntax, node->first)))
		return;
	start = code_start(syntax, node->first);
	indent = indent_at(syntax, start);
	if (parent->kind == NODE_COMPOUND) {
		add_edit(checker, finding, start, start, "%s\n%s", text, indent);
		return;
	}
	/* if (x) return y; has no else to take into account */
	if (parent->kind != NODE_IF || code_is(syntax, parent->last + 1, "else") ||
	    node->first != parent->head_close + 1 || node->last != parent->last)
		return;
	head = code_end(syntax, parent->head_close);
	end = end_of_statement(syntax, node->last);
	add_edit(checker, finding, head, head, " {");
	add_edit(checker, finding, start, start, "%s\n%s", text, indent);
	add_edit(checker, finding, end, end, "\n%s}",
		 indent_at(syntax, code_start(syntax, parent->first)));
}
