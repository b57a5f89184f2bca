// SPDX-License-Identifier: GPL-2.0-only
#include "pointers.h"

#include "syntax/expression.h"

/* A pointer at file scope that is set where it is defined and never set to what may be NULL. */
bool pointer_always_set(const struct program *program, const char *name)
{
	const struct symbol *symbol = symbol_find(program, name);
	const struct declaration *variable = symbol_declared(symbol, DECLARATION_VARIABLE);
	const struct declarator *declarator = variable ? &variable->declarator : NULL;

	if (!variable || variable->next || !declarator->stars ||
	    declarator->value.last < declarator->value.first ||
	    !code_is(&variable->unit->syntax, declarator->value.first, "&") ||
	    !declared_static(&variable->unit->syntax, declarator->specifiers.first,
			     declarator->specifiers.last))
		return false;
	for (const struct reference *use = symbol->references; use; use = use->next)
		if (use->kind == REFERENCE_ADDRESS || use->kind == REFERENCE_MACRO ||
		    use->kind == REFERENCE_UNREAD ||
		    (use->kind == REFERENCE_VALUE &&
		     code_is(&use->unit->syntax, use->token + 1, "=") &&
		     !code_is(&use->unit->syntax, use->token + 2, "&")))
			return false;
	return true;
}

/* An array without a length of its own, all of whose elements are addresses and stay so. */
bool elements_always_set(const struct program *program, const char *name)
{
	const struct symbol *symbol = symbol_find(program, name);
	const struct declaration *array = symbol_declared(symbol, DECLARATION_VARIABLE);
	const struct expression *list;

	if (!array || array->next || array->declarator.array.last != array->declarator.array.first + 1)
		return false;
	for (const struct reference *use = symbol->references; use; use = use->next)
		if (use->kind == REFERENCE_MACRO || use->kind == REFERENCE_UNREAD ||
		    use->kind == REFERENCE_ADDRESS || !code_is(&use->unit->syntax, use->token + 1, "[") ||
		    code_is(&use->unit->syntax, use->unit->syntax.match[use->token + 1] + 1, "="))
			return false;
	list = expression_parse(&array->unit->syntax, array->declarator.value);
	if (!list || list->kind != EXPRESSION_BRACES || !list->child)
		return false;
	for (list = list->child; list; list = list->next)
		if (list->name || !expression_is(expression_inner(list->left), EXPRESSION_PREFIX, "&"))
			return false;
	return true;
}
