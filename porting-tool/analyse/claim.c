// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the forms of expressions and the conditions in front of them tell about a claim.
 */
#include "claim.h"

#include <stdlib.h>
#include <string.h>

/* Every PAGE_SIZE that there is divides it. */
#define LARGEST_PAGE 0x10000

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

static const struct expression *macro_value(const struct body *body, const char *name)
{
	const char *text = macro_text(body, name);

	return text ? expression_of_text(body, text) : NULL;
}

static bool is_binary(const struct expression *node, const char *operator)
{
	return expression_is(node, EXPRESSION_BINARY, operator);
}

static bool is_number(const struct expression *node, const char *text)
{
	return node && node->kind == EXPRESSION_NUMBER && !strcmp(node->text, text);
}

bool claim_is_nothing(const struct expression *node)
{
	node = claim_uncast(node);
	return is_number(node, "0") || is_number(node, "0UL") ||
	       expression_is(node, EXPRESSION_NAME, "NULL");
}

/* The arguments of min(), min_t() and their like that are values. */
static const struct expression *compared(const struct expression *call)
{
	bool typed = !strcmp(call->name, "min_t") || !strcmp(call->name, "max_t") ||
		     !strcmp(call->name, "clamp_t");

	return typed && call->child ? call->child->next : call->child;
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
		value = macro_value(body, node->name);
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
		value = claim_is_page_size(node->name) ? NULL : macro_value(body, node->name);
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

static enum verdict small(const struct body *body, const struct claim *claim, part_fn *part,
			  void *data)
{
	const struct expression *node = claim->left, *value;
	const struct variable *variable;

#define SMALL(of) is_kind(claim, CLAIM_SMALL, of, part, data)
	if (claim_is_fixed(body, node))
		return VERDICT_YES;
	switch (node->kind) {
	case EXPRESSION_NAME:
		variable = body_variable(body, node->name);
		if (!variable || variable->type == TYPE_OTHER || variable->type == TYPE_SIGNED)
			return VERDICT_NO;
		return variable->type == TYPE_NARROW ? VERDICT_YES : VERDICT_OPEN;
	case EXPRESSION_CHOICE:
		return node->right && SMALL(node->right) && SMALL(node->third);
	case EXPRESSION_BINARY:
		if (!strcmp(node->name, "+") || !strcmp(node->name, "|"))
			return SMALL(node->left) && SMALL(node->right);
		if (!strcmp(node->name, "*"))
			return (claim_is_fixed(body, node->left) && SMALL(node->right)) ||
			       (claim_is_fixed(body, node->right) && SMALL(node->left));
		if (!strcmp(node->name, "&"))
			return claim_is_fixed(body, node->left) || claim_is_fixed(body, node->right);
		if (!strcmp(node->name, "%"))
			return SMALL(node->right);
		if (!strcmp(node->name, "<<"))
			return claim_is_fixed(body, node->right) && SMALL(node->left);
		return (!strcmp(node->name, ">>") || !strcmp(node->name, "/")) && SMALL(node->left);
	case EXPRESSION_CALL:
		if (claim_is_call_of(node, smaller)) {
			for (value = compared(node); value; value = value->next)
				if (SMALL(value))
					return VERDICT_YES;
			return VERDICT_NO;
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

/* Left <= a + b: one of them is left or above it, and the other does not make it wrap. */
static bool below_sum(const struct claim *claim, const struct expression *sum, part_fn *part,
		      void *data)
{
	return (SMALL(sum->right) && holds_for(claim, claim->left, sum->left, part, data)) ||
	       (SMALL(sum->left) && holds_for(claim, claim->left, sum->right, part, data));
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

/* Left <= c ? a : b, where c may say that left <= a. */
static bool below_choice(const struct body *body, const struct claim *claim,
			 const struct expression *choice, part_fn *part, void *data)
{
	struct claim first = *claim, second = *claim;

	if (!choice->right)
		return false;
	first.right = choice->right;
	second.right = choice->third;
	return (claim_by_condition(body, &first, choice->left, true) || part(data, &first)) &&
	       (claim_by_condition(body, &second, choice->left, false) || part(data, &second));
}

/* "high - low", or it in pages, is small: then nothing was subtracted below 0. */
bool claim_is_length(const struct claim *claim, const struct expression *length)
{
	length = claim_uncast(length);
	if (is_binary(length, ">>") || is_binary(length, "/"))
		length = claim_uncast(length->left);
	return is_binary(length, "-") && same_expression(length->left, claim->right) &&
	       same_expression(length->right, claim->left);
}

static bool bounded_length(const struct claim *claim)
{
	for (size_t i = 0; i < claim->bounded_count; i++)
		if (claim_is_length(claim, claim->bounded[i]))
			return true;
	return false;
}

static enum verdict ordered(const struct body *body, const struct claim *claim, part_fn *part,
			    void *data)
{
	const struct expression *left = claim->left, *right = claim->right;

	if (same_expression(left, right) || claim_is_nothing(left) || bounded_length(claim))
		return VERDICT_YES;
	if (left->kind == EXPRESSION_MEMBER && right->kind == EXPRESSION_MEMBER &&
	    member_is_whole(body, left) && same_expression(left->left, right->left) &&
	    !strcmp(left->name, "vm_start") && !strcmp(right->name, "vm_end"))
		return VERDICT_YES;
	if (claim_is_call_of(right, smaller))
		return all_on_right(claim, compared(right), part, data);
	if (claim_is_call_of(right, larger))
		return any_on_right(claim, compared(right), part, data);
	if (claim_is_call_of(right, clamps) && compared(right))
		return holds_for(claim, left, compared(right)->next, part, data);
	if (right->kind == EXPRESSION_CHOICE)
		return below_choice(body, claim, right, part, data);
	if (left->kind == EXPRESSION_CHOICE)
		return left->right && holds_for(claim, left->right, right, part, data) &&
		       holds_for(claim, left->third, right, part, data);
	if (is_binary(right, "+") && below_sum(claim, right, part, data))
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
