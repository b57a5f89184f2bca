// SPDX-License-Identifier: GPL-2.0-only
/*
 * What an expression is in itself, whatever is claimed of it.
 */
#include "claim.h"

#include <stdlib.h>
#include <string.h>

/* Without the casts that keep all of an address. */
const struct expression *claim_uncast(const struct expression *node)
{
	static const char *const wide[] = { "long", "*", "64", "size_t", "uintptr_t", "phys_addr_t" };
	bool keeps = true;

	while (node && node->kind == EXPRESSION_CAST && keeps) {
		keeps = false;
		for (size_t i = 0; i < sizeof(wide) / sizeof(*wide); i++)
			keeps |= strstr(node->name, wide[i]) != NULL;
		node = keeps ? node->left : node;
	}
	return node;
}

bool same_expression(const struct expression *left, const struct expression *right)
{
	const struct expression *a, *b;

	left = claim_uncast(left);
	right = claim_uncast(right);
	if (!left || !right)
		return left == right;
	if (left->kind != right->kind || left->arrow != right->arrow ||
	    !left->name != !right->name || (left->name && strcmp(left->name, right->name)))
		return false;
	if ((left->kind == EXPRESSION_NUMBER || left->kind == EXPRESSION_STRING ||
	     left->kind == EXPRESSION_UNKNOWN) && strcmp(left->text, right->text))
		return false;
	for (a = left->child, b = right->child; a && b; a = a->next, b = b->next)
		if (!same_expression(a, b))
			return false;
	return a == b && same_expression(left->left, right->left) &&
	       same_expression(left->right, right->right) &&
	       same_expression(left->third, right->third);
}

const struct expression *expression_of_text(const struct body *body, const char *text)
{
	const struct expression *value = NULL;
	struct source source;
	struct syntax syntax;

	if (source_set(&source, "", text, strlen(text)) != SOURCE_OK)
		return NULL;
	syntax_parse(&syntax, &source, body->program->arena);
	if (syntax.code.count)
		value = expression_parse(&syntax, (struct span){ 0, syntax.code.count - 1 });
	syntax_release(&syntax);
	source_release(&source);
	return value && value->kind != EXPRESSION_UNKNOWN ? value : NULL;
}

const struct expression *claim_macro_value(const struct body *body, const char *name)
{
	const char *text = macro_text(body, name);

	return text ? expression_of_text(body, text) : NULL;
}

bool claim_is_nothing(const struct expression *node)
{
	node = claim_uncast(node);
	return (node && node->kind == EXPRESSION_NUMBER &&
		(!strcmp(node->text, "0") || !strcmp(node->text, "0UL"))) ||
	       expression_is(node, EXPRESSION_NAME, "NULL");
}

/* Whether a type has no negative values: "unsigned long", "u64", "size_t", "void *". */
bool claim_is_unsigned_type(const char *name)
{
	static const char *const begin[] = { "unsigned", "u", "__u", "size_t", "phys_addr_t",
					     "dma_addr_t", "pgoff_t", "resource_size_t" };

	for (size_t i = 0; i < sizeof(begin) / sizeof(*begin); i++)
		if (!strncmp(name, begin[i], strlen(begin[i])))
			return true;
	return strchr(name, '*') != NULL;
}

bool claim_is_call_of(const struct expression *node, const char *const *names)
{
	if (!node || node->kind != EXPRESSION_CALL || !node->name)
		return false;
	for (; *names; names++)
		if (!strcmp(node->name, *names))
			return true;
	return false;
}

bool claim_is_fixed(const struct body *body, const struct expression *node)
{
	static const char *const sizes[] = { "sizeof", "ARRAY_SIZE", NULL };
	const struct expression *value;

	node = claim_uncast(node);
	if (!node)
		return false;
	switch (node->kind) {
	case EXPRESSION_NUMBER:
		return true;
	case EXPRESSION_NAME:
		if (!is_constant(body, node->name))
			return false;
		value = claim_macro_value(body, node->name);
		return !value || (value->kind != EXPRESSION_NAME && claim_is_fixed(body, value));
	case EXPRESSION_CALL:
		return claim_is_call_of(node, sizes);
	case EXPRESSION_BINARY:
		return strcmp(node->name, "-") && claim_is_fixed(body, node->left) &&
		       claim_is_fixed(body, node->right);
	default:
		return false;
	}
}

bool claim_is_page_size(const char *name)
{
	static const char *const names[] = { "PAGE_SIZE",  "PAGE_MASK", "PMD_SIZE",  "PMD_MASK",
					     "HPAGE_SIZE", "PUD_SIZE",	"HPAGE_PMD_SIZE" };
	char *unit;

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (!strcmp(name, names[i]))
			return true;
	if (strncmp(name, "SZ_", 3))
		return false;
	return strtoul(name + 3, &unit, 10) >= 64 ? *unit == 'K' || *unit == 'M' || *unit == 'G'
						  : *unit == 'M' || *unit == 'G';
}
