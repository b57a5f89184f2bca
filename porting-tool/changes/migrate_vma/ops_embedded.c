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

#include "driver.h"

/* What a struct is called: "struct tag", and the name a typedef gives it; either may be missing. */
struct struct_name {
	const char *tag;
	const char *type;
};

/* The name after the "}" in "typedef struct { ... } name;", or NULL. */
static const char *typedef_name(const struct syntax *syntax, uint32_t open, uint32_t close)
{
	bool tagged = code_identifier(syntax, open - 1);
	uint32_t keyword = open - 1 - tagged;

	return keyword && code_is(syntax, keyword, "struct") &&
			       code_is(syntax, keyword - 1, "typedef") &&
			       code_identifier(syntax, close + 1) && code_is(syntax, close + 2, ";")
		       ? code_text(syntax, close + 1, close + 1)
		       : NULL;
}

/* The name of the struct whose definition holds token @at. */
static struct struct_name name_around(const struct syntax *syntax, uint32_t at)
{
	struct struct_name name = { NULL, NULL };

	for (uint32_t i = at; i-- > 2;) {
		if (syntax->match[i] < i) {
			i = syntax->match[i];
			continue;
		}
		if (!code_is(syntax, i, "{"))
			continue;
		if (syntax->match[i] > at && code_identifier(syntax, i - 1) &&
		    code_is(syntax, i - 2, "struct"))
			name.tag = code_text(syntax, i - 1, i - 1);
		if (syntax->match[i] > at)
			name.type = typedef_name(syntax, i, syntax->match[i]);
		break;
	}
	return name;
}

static bool is_struct(const struct syntax *syntax, struct span words, struct struct_name name)
{
	for (uint32_t i = words.first; i <= words.last; i++) {
		bool tagged = code_is(syntax, i - 1, "struct");

		if ((tagged && name.tag && code_is(syntax, i, name.tag)) ||
		    (!tagged && name.type && code_is(syntax, i, name.type)))
			return true;
	}
	return false;
}

/* Takes the objects in an initialiser of the struct; false when it does not name the member. */
static bool take_members(struct driver *driver, struct unit *unit, struct node *declaration,
			 struct span value, const char *member)
{
	const struct syntax *syntax = &unit->syntax;
	bool found = false;

	for (uint32_t i = value.first; i + 3 <= value.last; i++) {
		struct ops_object *ops;

		if (!code_is(syntax, i, ".") || !code_is(syntax, i + 1, member) ||
		    (!code_is(syntax, i - 1, "{") && !code_is(syntax, i - 1, ",")))
			continue;
		if (!code_is(syntax, i + 2, "=") || !code_is(syntax, i + 3, "{"))
			return false;
		ops = ops_add(driver, unit, declaration);
		ops->member = member;
		ops->element = (struct span){ i + 3, syntax->match[i + 3] };
		ops->indirect = true;
		ops->helper_void = true;
		ops_take_initialiser(driver, unit, ops, ops->element);
		found = true;
	}
	return found;
}

static bool take_variables(struct driver *driver, struct unit *unit, struct struct_name name,
			   const char *member)
{
	const struct syntax *syntax = &unit->syntax;

	for (struct node *node = syntax->file; node; node = node_after(node, syntax->file)) {
		struct declarator *list;
		size_t count;

		if (node->kind != NODE_DECLARATION)
			continue;
		count = declaration_parse(syntax, (struct span){ node->first, node->last }, &list);
		for (size_t i = 0; i < count; i++)
			if (is_struct(syntax, list[i].specifiers, name) && !list[i].stars &&
			    code_is(syntax, list[i].value.first, "{") &&
			    list[i].value.last > list[i].value.first &&
			    !take_members(driver, unit, node, list[i].value, member))
				return false;
	}
	return true;
}

const char *member_operand(const struct syntax *syntax, uint32_t at)
{
	uint32_t last = at;

	if (!code_is(syntax, at, "&"))
		return NULL;
	for (uint32_t i = at + 1; i < syntax->code.count;) {
		if (code_identifier(syntax, i))
			last = i++;
		else if ((code_is(syntax, i, "[") || code_is(syntax, i, "(")) &&
			 syntax->match[i] > i)
			i = syntax->match[i] + 1;
		else
			break;
		if (code_is(syntax, i, "->") || code_is(syntax, i, "."))
			i++;
		else if (!code_is(syntax, i, "[") && !code_is(syntax, i, "("))
			break;
	}
	return last > at + 1 && is_member_name(syntax, last) ? code_text(syntax, last, last) : NULL;
}

/* Whether token @at is in the first argument of a call of migrate_vma(). */
static bool is_first_argument(const struct syntax *syntax, uint32_t at)
{
	struct call call;

	for (uint32_t i = at; i-- > 1;)
		if (code_is(syntax, i, "migrate_vma") && call_parse(syntax, i, &call))
			return call.count && call.arguments[0].first <= at &&
			       call.arguments[0].last >= at;
	return false;
}

/* What else may be done with the member, which a function cannot follow. */
static bool used_otherwise(const struct unit *unit, const char *member)
{
	const struct syntax *syntax = &unit->syntax;

	for (uint32_t i = 1; i + 1 < syntax->code.count; i++) {
		const char *operand = member_operand(syntax, i);

		if (operand && !strcmp(operand, member) && !is_first_argument(syntax, i))
			return true;
		if (code_is(syntax, i, member) && is_member_name(syntax, i) &&
		    code_is(syntax, i + 1, ".") &&
		    (code_is(syntax, i + 2, "alloc_and_copy") ||
		     code_is(syntax, i + 2, "finalize_and_map")))
			return true;
	}
	return false;
}

bool understand_embedded(struct driver *driver, struct unit *unit, uint32_t at)
{
	const struct syntax *syntax = &unit->syntax;
	struct struct_name name = name_around(syntax, at);
	const char *member;
	size_t before = driver->ops_count;

	if ((!name.tag && !name.type) || !code_identifier(syntax, at + 1) || !code_is(syntax, at + 2, ";"))
		return false;
	member = code_text(syntax, at + 1, at + 1);
	for (size_t u = 0; u < driver->program.unit_count; u++)
		if (used_otherwise(&driver->program.units[u], member) ||
		    !take_variables(driver, &driver->program.units[u], name, member)) {
			driver->ops_count = before;
			return false;
		}
	return driver->ops_count > before;
}
