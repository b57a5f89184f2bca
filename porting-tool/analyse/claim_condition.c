// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a condition in front of a place tells about a claim.
 */
#include <string.h>

#include "claim.h"

static const char *const hints[] = { "likely", "unlikely", "WARN_ON", "WARN_ON_ONCE",
				     "untagged_addr", NULL };

static bool is_binary(const struct expression *node, const char *operator)
{
	return expression_is(node, EXPRESSION_BINARY, operator);
}

static bool is_number(const struct expression *node, const char *text)
{
	return node && node->kind == EXPRESSION_NUMBER && !strcmp(node->text, text);
}

/* A condition as it holds: "a < b", or "x" that is not 0. */
struct relation {
	const struct expression *low;
	const struct expression *high;
	bool equal;
};

/* a <= b, a < b, a == b in whatever form; false when the condition is none of them. */
static bool relation_of(const struct expression *node, bool truth, struct relation *relation)
{
	bool less = is_binary(node, "<") || is_binary(node, "<=");
	bool more = is_binary(node, ">") || is_binary(node, ">=");

	*relation = (struct relation){ 0 };
	if (less || more) {
		bool turned = more == truth;

		relation->low = turned ? node->right : node->left;
		relation->high = turned ? node->left : node->right;
		return true;
	}
	if ((is_binary(node, "==") && truth) || (is_binary(node, "!=") && !truth)) {
		relation->low = node->left;
		relation->high = node->right;
		relation->equal = true;
		return true;
	}
	return false;
}

static bool is_no_signed_cast(const struct expression *node, void *data)
{
	(void)data;
	return node->kind != EXPRESSION_CAST || claim_is_unsigned_type(node->name);
}

static bool has_signed_cast(const struct expression *node)
{
	return !expression_walk(node, is_no_signed_cast, NULL);
}

static bool has_no_sign(const struct expression *node, void *data)
{
	const struct variable *variable = NULL;

	if (node->kind == EXPRESSION_NAME)
		variable = body_variable(data, node->name);
	if (node->kind == EXPRESSION_CAST)
		return claim_is_unsigned_type(node->name);
	return node->kind != EXPRESSION_MEMBER && node->kind != EXPRESSION_CALL &&
	       !expression_is(node, EXPRESSION_PREFIX, "-") &&
	       (!variable || (variable->type != TYPE_SIGNED && variable->type != TYPE_OTHER));
}

bool claim_is_unsigned(const struct body *body, const struct expression *node)
{
	return expression_walk(node, has_no_sign, (void *)body);
}

/* Whether two values are compared as unsigned ones: a bound from above excludes the negative. */
static bool compares_unsigned(const struct body *body, const struct expression *low,
			      const struct expression *high)
{
	static const char *const sizes[] = { "PAGE_SIZE", "sizeof", "ARRAY_SIZE" };

	for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++)
		if (expression_mentions(high, sizes[i]) && !has_signed_cast(high))
			return true;
	return claim_is_unsigned(body, low);
}

static bool relation_implies(const struct body *body, const struct claim *claim,
			     const struct relation *relation)
{
	const struct expression *low = relation->low, *high = relation->high;

	if (claim->kind == CLAIM_ORDERED) {
		if (same_expression(low, claim->left) && same_expression(high, claim->right))
			return true;
		if (relation->equal && same_expression(high, claim->left) &&
		    same_expression(low, claim->right))
			return true;
		return claim_is_fixed(body, high) && claim_is_length(body, claim, low) &&
		       compares_unsigned(body, low, high);
	}
	return claim->kind == CLAIM_SMALL && claim_is_fixed(body, high) &&
	       same_expression(low, claim->left) && compares_unsigned(body, low, high);
}

/* Whether @node | ... has @part in it. */
static bool or_has(const struct expression *node, const struct expression *part)
{
	node = claim_uncast(node);
	return same_expression(node, part) ||
	       (is_binary(node, "|") && (or_has(node->left, part) || or_has(node->right, part)));
}

static bool is_page_offset(const struct expression *mask)
{
	mask = claim_uncast(mask);
	return (expression_is(mask, EXPRESSION_PREFIX, "~") &&
		expression_is(claim_uncast(mask->left), EXPRESSION_NAME, "PAGE_MASK")) ||
	       (is_binary(mask, "-") && is_number(mask->right, "1") &&
		expression_is(claim_uncast(mask->left), EXPRESSION_NAME, "PAGE_SIZE"));
}

/* A value that is true, or 0. */
static bool value_implies(const struct claim *claim, const struct expression *node, bool truth)
{
	static const char *const aligned[] = { "PAGE_ALIGNED", "IS_ALIGNED", NULL };

	if (claim->kind == CLAIM_NOT_NULL)
		return truth && same_expression(node, claim->left);
	if (claim->kind != CLAIM_WHOLE_PAGES)
		return false;
	if (truth)
		return claim_is_call_of(node, aligned) && node->child &&
		       or_has(node->child, claim->left) &&
		       (!node->child->next ||
			(node->child->next->name && claim_is_page_size(node->child->next->name)));
	if (is_binary(node, "&"))
		return is_page_offset(node->right) && or_has(node->left, claim->left);
	if (is_binary(node, "%"))
		return expression_is(node->right, EXPRESSION_NAME, "PAGE_SIZE") &&
		       same_expression(node->left, claim->left);
	return expression_is(node, EXPRESSION_CALL, "offset_in_page") && node->child &&
	       or_has(node->child, claim->left);
}

/* Takes "!", "== 0", likely() and the like off a condition. */
static const struct expression *plain(const struct expression *node, bool *truth)
{
	for (;;) {
		node = claim_uncast(node);
		if (expression_is(node, EXPRESSION_PREFIX, "!")) {
			*truth = !*truth;
			node = node->left;
		} else if (claim_is_call_of(node, hints) && node->child) {
			node = node->child;
		} else if (is_binary(node, "!=") && claim_is_nothing(node->right)) {
			node = node->left;
		} else if (is_binary(node, "==") && claim_is_nothing(node->right)) {
			*truth = !*truth;
			node = node->left;
		} else {
			return node;
		}
	}
}

bool claim_by_condition(const struct body *body, const struct claim *claim,
			const struct expression *condition, bool truth)
{
	const struct expression *node = plain(condition, &truth);
	struct relation relation;

	if (!node)
		return false;
	if (is_binary(node, "&&") || is_binary(node, "||")) {
		bool both = is_binary(node, "&&") == truth;
		bool left = claim_by_condition(body, claim, node->left, truth);

		if (left == both)
			return left;
		return claim_by_condition(body, claim, node->right, truth);
	}
	if (relation_of(node, truth, &relation))
		return relation_implies(body, claim, &relation);
	return value_implies(claim, node, truth);
}

void claim_take_bounds(const struct body *body, struct claim *claim,
		       const struct expression *condition, bool truth)
{
	const struct expression *node = plain(condition, &truth);
	struct relation relation;

	if (!node || claim->kind != CLAIM_ORDERED)
		return;
	if (is_binary(node, "&&") == truth && (is_binary(node, "&&") || is_binary(node, "||"))) {
		claim_take_bounds(body, claim, node->left, truth);
		claim_take_bounds(body, claim, node->right, truth);
	} else if (relation_of(node, truth, &relation) && claim_is_fixed(body, relation.high) &&
		   compares_unsigned(body, relation.low, relation.high) && claim->bounded_count < BOUNDS_MAX) {
		claim->bounded[claim->bounded_count++] = relation.low;
	}
}
