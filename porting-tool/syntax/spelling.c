// SPDX-License-Identifier: GPL-2.0-only
#include "spelling.h"

#include <string.h>

/* Texts are compared, not shown: a longer one stands for itself alone. */
#define TEXT_MAX 400

const char *spell(const struct speller *speller, const char *a, const char *b, const char *c,
		  const char *d)
{
	if (strlen(a) + strlen(b) + strlen(c) + strlen(d) > TEXT_MAX)
		return arena_printf(speller->arena, "<%u>", speller->token);
	return arena_printf(speller->arena, "%s%s%s%s", a, b, c, d);
}

const char *spelling_of(const struct expression *node)
{
	return node ? node->text : "";
}

const char *spell_prefix(const struct speller *speller, const char *operator,
			 const struct expression *left)
{
	const struct expression *inner = expression_inner(left);

	if (inner->kind == EXPRESSION_PREFIX &&
	    ((!strcmp(operator, "*") && !strcmp(inner->name, "&")) ||
	     (!strcmp(operator, "&") && !strcmp(inner->name, "*"))))
		return spelling_of(inner->left);
	/* &x[0] is x. */
	if (!strcmp(operator, "&") && inner->kind == EXPRESSION_INDEX &&
	    !strcmp(spelling_of(inner->right), "0"))
		return spelling_of(inner->left);
	if (inner->kind == EXPRESSION_BINARY || inner->kind == EXPRESSION_CHOICE)
		return spell(speller, operator, "(", spelling_of(left), ")");
	return spell(speller, operator, spelling_of(left), "", "");
}

const char *spell_member(const struct speller *speller, const struct expression *left, bool arrow,
			 const char *name)
{
	const struct expression *inner = expression_inner(left);

	if (arrow && expression_is(inner, EXPRESSION_PREFIX, "&"))
		return spell(speller, spelling_of(inner->left), ".", name, "");
	if (!arrow && expression_is(inner, EXPRESSION_PREFIX, "*"))
		return spell(speller, spelling_of(inner->left), "->", name, "");
	return spell(speller, spelling_of(left), arrow ? "->" : ".", name, "");
}
