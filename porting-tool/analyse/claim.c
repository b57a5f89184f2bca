// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the forms of expressions and the conditions in front of them tell about a claim.
 */
#include "claim.h"

#include <stdlib.h>
#include <string.h>

/* Every PAGE_SIZE that there is divides it. */
#define LARGEST_PAGE 0x10000

static bool is_binary(const struct expression *node, const char *operator)
{
	return expression_is(node, EXPRESSION_BINARY, operator);
}

static bool is_number(const struct expression *node, const char *text)
{
	return node && node->kind == EXPRESSION_NUMBER && !strcmp(node->text, text);
}

static bool is_typed(const struct expression *call)
{
	return !strcmp(call->name, "min_t") || !strcmp(call->name, "max_t") ||
	       !strcmp(call->name, "clamp_t");
}

/* The arguments of min(), min_t() and their like that are values. */
static const struct expression *compared(const struct expression *call)
{
	return is_typed(call) && call->child ? call->child->next : call->child;
}

/* min() and the like where no value is cut off or taken for a negative one. */
static bool compares_whole(const struct expression *call)
{
	const char *type = call->child ? call->child->text : NULL;

	return !is_typed(call) || (type && claim_is_unsigned_type(type) && !strstr(type, "int") &&
				   !strstr(type, "short") && !strstr(type, "char") &&
				   !strpbrk(type, "1238"));
}

static const char *const smaller[] = { "min", "min_t", "umin", "min3", NULL };
static const char *const larger[] = { "max", "max_t", "umax", "max3", NULL };
static const char *const clamps[] = { "clamp", "clamp_t", "clamp_val", NULL };
static const char *const rounding[] = { "round_up", "round_down", "ALIGN", "ALIGN_DOWN",
					"roundup", "rounddown", NULL };
static const char *const up[] = { "PAGE_ALIGN", "round_up", "ALIGN", "roundup", NULL };
static const char *const down[] = { "PAGE_ALIGN_DOWN", "round_down", "ALIGN_DOWN", "rounddown",
				    NULL };
static const char *const hints[] = { "likely", "unlikely", "WARN_ON", "WARN_ON_ONCE",
				     "untagged_addr", NULL };

typedef bool part_fn(void *data, const struct claim *claim);

/* The same claim of another expression, on the left or on the right. */
static bool holds_for(const struct claim *claim, const struct expression *left,
		      const struct expression *right, part_fn *part, void *data)
{
	struct claim inner = *claim;

	inner.left = left;
	inner.right = right;
	return left && part(data, &inner);
}

static bool is_kind(const struct claim *claim, enum claim_kind kind, const struct expression *node,
		    part_fn *part, void *data)
{
	struct claim inner = *claim;

	inner.kind = kind;
	inner.left = node;
	inner.right = NULL;
	return node && part(data, &inner);
}

/* x->vm_start of a mapping, vmf->address */
static bool member_is_whole(const struct body *body, const struct expression *node)
{
	const struct expression *base = claim_uncast(node->left);
	const struct variable *variable = base && base->kind == EXPRESSION_NAME
						  ? body_variable(body, base->name) : NULL;
	const char *type = "";

	if (!node->arrow)
		return false;
	if (variable)
		type = code_text(&body->unit->syntax, variable->declarator->specifiers.last,
				 variable->declarator->specifiers.last);
	if (!strcmp(node->name, "address"))
		return !strcmp(type, "vm_fault");
	if (strcmp(node->name, "vm_start") && strcmp(node->name, "vm_end"))
		return false;
	return !strcmp(type, "vm_area_struct") || expression_is(base, EXPRESSION_MEMBER, "vma");
}

static enum verdict whole_pages(const struct body *body, const struct claim *claim, part_fn *part,
				void *data)
{
	const struct expression *node = claim->left, *value;

#define WHOLE(of) is_kind(claim, CLAIM_WHOLE_PAGES, of, part, data)
	switch (node->kind) {
	case EXPRESSION_NUMBER:
		return strtoull(node->text, NULL, 0) % LARGEST_PAGE ? VERDICT_NO : VERDICT_YES;
	case EXPRESSION_NAME:
		if (!is_constant(body, node->name))
			return VERDICT_OPEN;
		value = claim_is_page_size(node->name) ? NULL :
						      claim_macro_value(body, node->name);
		return claim_is_page_size(node->name) || (value && WHOLE(value)) ? VERDICT_YES
									  : VERDICT_NO;
	case EXPRESSION_MEMBER:
		return member_is_whole(body, node) ? VERDICT_YES : VERDICT_OPEN;
	case EXPRESSION_CHOICE:
		return node->right && WHOLE(node->right) && WHOLE(node->third);
	case EXPRESSION_PREFIX:
		/* ~(CHUNK - 1) */
		value = claim_uncast(node->left);
		if (!strcmp(node->name, "~"))
			return is_binary(value, "-") && is_number(value->right, "1") &&
			       WHOLE(value->left);
		return strcmp(node->name, "-") ? VERDICT_OPEN : (enum verdict)WHOLE(node->left);
	case EXPRESSION_BINARY:
		/* (x + n) - x */
		value = claim_uncast(node->left);
		if (!strcmp(node->name, "-") && is_binary(value, "+") &&
		    same_expression(value->left, node->right))
			return WHOLE(value->right);
		if (!strcmp(node->name, "-"))
			return WHOLE(node->left) && WHOLE(node->right) ? VERDICT_YES
								       : VERDICT_OPEN;
		if (strchr("+|^", *node->name) && !node->name[1])
			return WHOLE(node->left) && WHOLE(node->right);
		if (!strcmp(node->name, "*") || !strcmp(node->name, "&"))
			return WHOLE(node->left) || WHOLE(node->right);
		return !strcmp(node->name, "<<") &&
		       (expression_is(node->right, EXPRESSION_NAME, "PAGE_SHIFT") ||
			expression_is(node->right, EXPRESSION_NAME, "PMD_SHIFT") ||
			WHOLE(node->left));
	case EXPRESSION_CALL:
		if (!node->child)
			return VERDICT_NO;
		if (claim_is_call_of(node, rounding))
			return node->child->next && WHOLE(node->child->next);
		if (claim_is_call_of(node, smaller) || claim_is_call_of(node, larger) || claim_is_call_of(node, clamps)) {
			for (value = compared(node); value; value = value->next)
				if (!WHOLE(value))
					return VERDICT_NO;
			return VERDICT_YES;
		}
		if (claim_is_call_of(node, hints))
			return WHOLE(node->child);
		return expression_is(node, EXPRESSION_CALL, "PAGE_ALIGN") ||
		       expression_is(node, EXPRESSION_CALL, "PAGE_ALIGN_DOWN");
	default:
		return VERDICT_OPEN;
	}
}

#define SMALL(of) is_kind(claim, CLAIM_SMALL, of, part, data)
#define NOT_NEGATIVE(of) (claim_is_unsigned(body, of) || SMALL(of))

/* The claim of c ? a : b, where c may say that it holds for a, or !c for b. */
static bool either_of_choice(const struct body *body, const struct claim *claim,
			     const struct expression *choice, part_fn *part, void *data)
{
	struct claim first = *claim, second = *claim;
	bool right = claim->kind == CLAIM_ORDERED;

	if (!choice->right)
		return false;
	*(right ? &first.right : &first.left) = choice->right;
	*(right ? &second.right : &second.left) = choice->third;
	return (claim_by_condition(body, &first, choice->left, true) || part(data, &first)) &&
	       (claim_by_condition(body, &second, choice->left, false) || part(data, &second));
}

static enum verdict small(const struct body *body, const struct claim *claim, part_fn *part,
			  void *data)
{
	const struct expression *node = claim->left, *value;
	const struct variable *variable;
	bool bounded = false, negative = false;

	if (claim_is_fixed(body, node))
		return VERDICT_YES;
	switch (node->kind) {
	case EXPRESSION_NAME:
		variable = body_variable(body, node->name);
		if (!variable || variable->type == TYPE_OTHER || variable->type == TYPE_SIGNED)
			return VERDICT_NO;
		return variable->type == TYPE_NARROW ? VERDICT_YES : VERDICT_OPEN;
	case EXPRESSION_CHOICE:
		return either_of_choice(body, claim, node, part, data);
	case EXPRESSION_BINARY:
		if (!strcmp(node->name, "+") || !strcmp(node->name, "|"))
			return SMALL(node->left) && SMALL(node->right);
		if (!strcmp(node->name, "*"))
			return (claim_is_fixed(body, node->left) && SMALL(node->right)) ||
			       (claim_is_fixed(body, node->right) && SMALL(node->left));
		if (!strcmp(node->name, "&"))
			return claim_is_fixed(body, node->left) || claim_is_fixed(body, node->right);
		if (!strcmp(node->name, "%"))
			return SMALL(node->right) && NOT_NEGATIVE(node->left);
		if (!strcmp(node->name, "<<"))
			return claim_is_fixed(body, node->right) && SMALL(node->left);
		if (!strcmp(node->name, "/"))
			return SMALL(node->left) && NOT_NEGATIVE(node->right);
		return !strcmp(node->name, ">>") && SMALL(node->left);
	case EXPRESSION_CALL:
		if (claim_is_call_of(node, smaller)) {
			if (is_typed(node) && !claim_is_unsigned_type(node->child ? node->child->text : ""))
				return VERDICT_NO;
			for (value = compared(node); value; value = value->next) {
				bounded = bounded || SMALL(value);
				negative = negative || !(is_typed(node) || NOT_NEGATIVE(value));
			}
			return bounded && !negative ? VERDICT_YES : VERDICT_NO;
		}
		if (claim_is_call_of(node, larger)) {
			for (value = compared(node); value; value = value->next)
				if (!SMALL(value))
					return VERDICT_NO;
			return VERDICT_YES;
		}
		return (claim_is_call_of(node, up) || claim_is_call_of(node, down)) && SMALL(node->child);
	default:
		return VERDICT_NO;
	}
}

/* Whether something is an address for sure if the left side is one. */
static bool is_address(const struct body *body, const struct claim *claim,
		       const struct expression *node, part_fn *part, void *data)
{
	node = claim_uncast(node);
	if (same_expression(node, claim->left))
		return true;
	if (is_binary(node, "+"))
		return (is_address(body, claim, node->left, part, data) && SMALL(node->right)) ||
		       (is_address(body, claim, node->right, part, data) && SMALL(node->left));
	return node->kind == EXPRESSION_MEMBER && member_is_whole(body, node);
}

/* A page at most: behind the last address there is no mapping that this would wrap into. */
static bool is_tiny(const struct expression *node)
{
	return expression_is(node, EXPRESSION_NAME, "PAGE_SIZE") ||
	       (node->kind == EXPRESSION_NUMBER && strtoull(node->text, NULL, 0) <= LARGEST_PAGE);
}

/* Left <= a + b: a is left or above it, and b does not make it wrap. */
static bool below_sum(const struct body *body, const struct claim *claim,
		      const struct expression *sum, part_fn *part, void *data)
{
	const struct expression *a = sum->left, *b = sum->right;

	for (int i = 0; i < 2; i++, a = sum->right, b = sum->left)
		if ((is_tiny(b) || is_address(body, claim, a, part, data)) && SMALL(b) &&
		    holds_for(claim, claim->left, a, part, data))
			return true;
	return false;
}

static bool any_on_right(const struct claim *claim, const struct expression *list, part_fn *part,
			 void *data)
{
	for (; list; list = list->next)
		if (holds_for(claim, claim->left, list, part, data))
			return true;
	return false;
}

static bool all_on_right(const struct claim *claim, const struct expression *list, part_fn *part,
			 void *data)
{
	for (; list; list = list->next)
		if (!holds_for(claim, claim->left, list, part, data))
			return false;
	return true;
}

/* "high - low", or it in pages, is small: then nothing was subtracted below 0. */
bool claim_is_length(const struct body *body, const struct claim *claim,
		     const struct expression *length)
{
	length = claim_uncast(length);
	if ((is_binary(length, ">>") || is_binary(length, "/")) &&
	    claim_is_fixed(body, length->right))
		length = claim_uncast(length->left);
	return is_binary(length, "-") && same_expression(length->left, claim->right) &&
	       same_expression(length->right, claim->left);
}

static bool bounded_length(const struct body *body, const struct claim *claim)
{
	for (size_t i = 0; i < claim->bounded_count; i++)
		if (claim_is_length(body, claim, claim->bounded[i]))
			return true;
	return false;
}

static enum verdict ordered(const struct body *body, const struct claim *claim, part_fn *part,
			    void *data)
{
	const struct expression *left = claim->left, *right = claim->right;

	if (same_expression(left, right) || claim_is_nothing(left) ||
	    bounded_length(body, claim))
		return VERDICT_YES;
	if (left->kind == EXPRESSION_MEMBER && right->kind == EXPRESSION_MEMBER &&
	    member_is_whole(body, left) && same_expression(left->left, right->left) &&
	    !strcmp(left->name, "vm_start") && !strcmp(right->name, "vm_end"))
		return VERDICT_YES;
	if ((claim_is_call_of(right, smaller) || claim_is_call_of(right, larger) ||
	     claim_is_call_of(right, clamps)) && !compares_whole(right))
		return VERDICT_NO;
	if (claim_is_call_of(right, smaller))
		return all_on_right(claim, compared(right), part, data);
	if (claim_is_call_of(right, larger))
		return any_on_right(claim, compared(right), part, data);
	if (claim_is_call_of(right, clamps) && compared(right))
		return holds_for(claim, left, compared(right)->next, part, data);
	if (right->kind == EXPRESSION_CHOICE)
		return either_of_choice(body, claim, right, part, data);
	if (left->kind == EXPRESSION_CHOICE)
		return left->right && holds_for(claim, left->right, right, part, data) &&
		       holds_for(claim, left->third, right, part, data);
	if (is_binary(right, "+") && below_sum(body, claim, right, part, data))
		return VERDICT_YES;
	/* Whole pages that are not above something are not above the page it is in. */
	if (is_binary(right, "&") && expression_is(right->right, EXPRESSION_NAME, "PAGE_MASK"))
		return WHOLE(left) && holds_for(claim, left, right->left, part, data);
	if (is_binary(left, "&"))
		return holds_for(claim, left->left, right, part, data);
	if (claim_is_call_of(left, down))
		return holds_for(claim, left->child, right, part, data);
	if (claim_is_call_of(right, up))
		return holds_for(claim, left, right->child, part, data);
	/* Below 0 it is no address. */
	if (is_binary(left, "-") && SMALL(left->right) &&
	    holds_for(claim, left->left, right, part, data))
		return VERDICT_YES;
	return VERDICT_OPEN;
}

static enum verdict not_null(const struct body *body, const struct claim *claim, part_fn *part,
			     void *data)
{
	const struct expression *node = claim->left;
	struct claim first = *claim;

	if (claim_is_nothing(node))
		return VERDICT_NO;
	switch (node->kind) {
	case EXPRESSION_PREFIX:
		return strcmp(node->name, "&") ? VERDICT_OPEN : VERDICT_YES;
	case EXPRESSION_CHOICE:
		first.left = node->right ? node->right : node->left;
		return (claim_by_condition(body, &first, node->left, true) || part(data, &first)) &&
		       holds_for(claim, node->third, NULL, part, data);
	case EXPRESSION_STRING:
	case EXPRESSION_BRACES:
		return VERDICT_YES;
	default:
		return VERDICT_OPEN;
	}
}

enum verdict claim_by_form(const struct body *body, const struct claim *claim, part_fn *part,
			   void *data)
{
	static enum verdict (*const forms[])(const struct body *body, const struct claim *claim,
					     part_fn *part, void *data) = {
		[CLAIM_WHOLE_PAGES] = whole_pages,
		[CLAIM_ORDERED] = ordered,
		[CLAIM_SMALL] = small,
		[CLAIM_NOT_NULL] = not_null,
	};
	struct claim inner = *claim;

	inner.left = claim->kind == CLAIM_WHOLE_PAGES ? expression_inner(claim->left)
						      : claim_uncast(claim->left);
	inner.right = claim_uncast(claim->right);
	return forms[claim->kind](body, &inner, part, data);
}
