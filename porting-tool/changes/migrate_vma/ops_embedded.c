// SPDX-License-Identifier: GPL-2.0-only
/*
 * Ops objects that are a member of another struct, as a driver has them that serves several kinds
 * of device: the member becomes a pointer to a function.
 *
 *	struct kind { struct migrate_vma_ops ops; };
 *	static const struct kind kinds[] = { { .ops = { .alloc_and_copy = f } } };
 *	migrate_vma(&kind->ops, ...)
 */
#include <string.h>

#include "analyse/symbols.h"
#include "driver.h"

/* The values of a member in the initialiser of a struct, or of an array of such; false if none. */
static bool take_member_values(struct driver *driver, struct unit *unit, struct node *node,
			       const struct expression *braces, const struct declaration *member,
			       bool array)
{
	size_t index = 0;
	bool found = false;

	for (const struct expression *one = braces->child; one; one = one->next, index++) {
		if (!array && (one->name ? strcmp(one->name, member->symbol->name) :
					   index != member->index))
			continue;
		if (!one->left || one->left->kind != EXPRESSION_BRACES)
			return false;
		if (array && !take_member_values(driver, unit, node, one->left, member, false))
			return false;
		if (!array)
			ops_take_braces(driver, ops_add_part(driver, unit, node, OPS_MEMBER,
							     member->symbol->name, one->left),
					one->left, 0);
		found = true;
	}
	return found;
}

static bool take_struct(struct driver *driver, struct symbol *type, enum reference_kind kind,
			const struct declaration *member);

/* What a declaration declares of a struct with the member: variables, or another name for it. */
static bool take_of_struct(struct driver *driver, struct unit *unit, struct node *node,
			   uint32_t type, const struct declaration *member)
{
	const struct syntax *syntax = &unit->syntax;
	struct declarator *list;
	size_t count = node->kind != NODE_DECLARATION ? 0 :
		declaration_parse(syntax, (struct span){ node->first, node->last }, &list);

	if (!count || list[0].specifiers.first > type || list[0].specifiers.last < type)
		return true;
	for (size_t i = 0; i < count; i++) {
		const struct expression *value = expression_parse(syntax, list[i].value);
		bool array = list[i].array.last >= list[i].array.first;

		if (list[i].stars || list[i].function)
			continue;
		if (code_is(syntax, node->first, "typedef")) {
			if (!take_struct(driver, symbol_at(unit, list[i].name), REFERENCE_TYPE, member))
				return false;
		} else if (value && value->kind == EXPRESSION_BRACES && value->child &&
			   !take_member_values(driver, unit, node, value, member, array)) {
			return false;
		}
	}
	return true;
}

static bool take_struct(struct driver *driver, struct symbol *type, enum reference_kind kind,
			const struct declaration *member)
{
	for (const struct reference *use = type->references; use; use = use->next)
		if (use->kind == kind &&
		    !take_of_struct(driver, use->unit, node_at(&use->unit->syntax, use->token),
				    use->token, member))
			return false;
	return true;
}

/* Whether a token is in the first argument of a call of migrate_vma(). */
static bool is_ops_argument(const struct driver *driver, const struct unit *unit, uint32_t at)
{
	struct call call;

	for (const struct reference *use = name_references(&driver->program, "migrate_vma"); use;
	     use = use->next)
		if (use->kind == REFERENCE_CALL && use->unit == unit &&
		    call_parse(&unit->syntax, use->token, &call) && call.count &&
		    call.arguments[0].first <= at && call.arguments[0].last >= at)
			return true;
	return false;
}

/* The first token of "a->b[i].c", of which @at is the last name. */
static uint32_t operand_first(const struct syntax *syntax, uint32_t at)
{
	while (is_member_name(syntax, at)) {
		at -= 2;
		while (syntax->match[at] < at)
			at = syntax->match[at] - !code_is(syntax, syntax->match[at] - 1, "(");
	}
	return at;
}

/* What else may be done with the member, which a function cannot follow. */
static bool used_otherwise(const struct driver *driver, const struct symbol *member)
{
	for (const struct reference *use = member->references; use; use = use->next) {
		const struct syntax *syntax = &use->unit->syntax;

		if (use->kind != REFERENCE_MEMBER)
			continue;
		if (code_is(syntax, operand_first(syntax, use->token) - 1, "&") &&
		    !is_ops_argument(driver, use->unit, use->token))
			return true;
		if (code_is(syntax, use->token + 1, ".") &&
		    ops_member_index(code_text(syntax, use->token + 2, use->token + 2)) < 2)
			return true;
	}
	return false;
}

bool understand_embedded(struct driver *driver, struct unit *unit, uint32_t at)
{
	const struct symbol *symbol = symbol_at(unit, at + 1);
	const struct declaration *member = symbol ? symbol->declarations : NULL;
	size_t before = driver->ops_count;

	while (member && (member->kind != DECLARATION_MEMBER || member->unit != unit ||
			  member->token != at + 1))
		member = member->next;
	if (!member || !code_is(&unit->syntax, at + 2, ";"))
		return false;
	if (used_otherwise(driver, symbol) ||
	    !take_of_struct(driver, unit, member->node, at, member) ||
	    (member->of && !take_struct(driver, member->of->symbol, REFERENCE_TAG, member)))
		driver->ops_count = before;
	return driver->ops_count > before;
}
