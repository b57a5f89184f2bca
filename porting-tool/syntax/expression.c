// SPDX-License-Identifier: GPL-2.0-only
#include "expression.h"

#include <string.h>

bool expression_is(const struct expression *expression, enum expression_kind kind, const char *name)
{
	return expression && expression->kind == kind && expression->name &&
	       same_text(expression->name, name);
}

const struct expression *expression_inner(const struct expression *expression)
{
	while (expression && expression->kind == EXPRESSION_CAST)
		expression = expression->left;
	return expression;
}

const struct expression *expression_argument(const struct expression *call, unsigned int index)
{
	const struct expression *argument = call->child;

	while (argument && index--)
		argument = argument->next;
	return argument;
}

bool expression_walk(const struct expression *expression,
		     bool (*visit)(const struct expression *node, void *data), void *data)
{
	if (!expression)
		return true;
	if (!visit(expression, data) || !expression_walk(expression->left, visit, data) ||
	    !expression_walk(expression->right, visit, data) ||
	    !expression_walk(expression->third, visit, data))
		return false;
	for (const struct expression *child = expression->child; child; child = child->next)
		if (!expression_walk(child, visit, data))
			return false;
	return true;
}

static bool name_differs(const struct expression *node, void *data)
{
	if (node->kind == EXPRESSION_UNKNOWN)
		return !text_mentions(node->text, data);
	return !node->name || strcmp(node->name, data);
}

bool expression_mentions(const struct expression *expression, const char *name)
{
	return !expression_walk(expression, name_differs, (void *)name);
}

bool text_mentions(const char *text, const char *part)
{
	size_t length = strlen(part);

	if (!length)
		return false;
	for (const char *at = strstr(text, part); at; at = strstr(at + 1, part)) {
		bool begins = at == text || !name_character(at[-1]) || !name_character(*part);

		if (begins && (!name_character(at[length]) || !name_character(part[length - 1])))
			return true;
	}
	return false;
}

static bool take_one(const struct expression *node, void *data)
{
	size_t *room = data;

	(void)node;
	return (*room)-- > 0;
}

bool expression_has_more_parts(const struct expression *expression, size_t parts)
{
	return !expression_walk(expression, take_one, &parts);
}
