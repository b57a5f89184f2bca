// SPDX-License-Identifier: GPL-2.0-only
/*
 * How a call is going to be written: in its place, or as a call of a function made for it.
 */
#include <string.h>

#include "analyse/symbols.h"
#include "analyse/values.h"
#include "plan.h"

/* "x", "x < 0", "x != 0", also in unlikely(): from @first to @last with x from @open to @close. */
static bool tests_for_error(const struct syntax *syntax, uint32_t first, uint32_t last,
			    uint32_t open, uint32_t close)
{
	while (first < open) {
		if (code_is(syntax, first, "(") && syntax->match[first] == last) {
			first++;
			last--;
		} else if (code_is(syntax, first, "unlikely") && syntax->match[first + 1] == last) {
			first += 2;
			last--;
		} else if (code_is(syntax, first, "(") && syntax->match[first] < last &&
			   syntax->match[first] + 2 == last) {
			/* (x) < 0 */
			if (!code_is(syntax, last, "0") ||
			    (!code_is(syntax, last - 1, "<") && !code_is(syntax, last - 1, "!=")))
				return false;
			last = syntax->match[first] - 1;
			first++;
		} else {
			return false;
		}
	}
	if (first != open)
		return false;
	if (last == close)
		return true;
	return last == close + 2 && code_is(syntax, last, "0") &&
	       (code_is(syntax, close + 1, "<") || code_is(syntax, close + 1, "!="));
}

/* Whether an #if decides about a part of what stands between two tokens. */
static bool is_divided(const struct syntax *syntax, uint32_t first, uint32_t last)
{
	for (size_t i = 0; i < syntax->all.count; i++) {
		const struct token *token = &syntax->all.list[i];

		if (token->start >= code_end(syntax, last))
			return false;
		if (token->kind == TOKEN_DIRECTIVE && token->start > code_start(syntax, first))
			return true;
	}
	return false;
}

/* The statement behind @node that leaves when the variable @name holds an error. */
static struct node *error_check(const struct syntax *syntax, struct node *node, const char *name)
{
	struct node *next = node->next;

	if (!next || next->kind != NODE_IF || !next->child || next->child->next ||
	    !node_leaves(next->child) || is_divided(syntax, node->first, next->last))
		return NULL;
	for (uint32_t at = next->head_open + 1; at < next->head_close; at++)
		if (code_is(syntax, at, name))
			return tests_for_error(syntax, next->head_open + 1, next->head_close - 1,
					       at, at)
				       ? next
				       : NULL;
	return NULL;
}

/* A local variable whose address nobody takes: no callback can see it change. */
static bool private_to_function(const struct site *site, uint32_t token)
{
	const struct syntax *syntax = &site->unit->syntax;
	const char *name = code_text(syntax, token, token);
	struct declarator declarator;
	struct node *declaration;

	if (!local_find(syntax, token, name, &declarator, &declaration) ||
	    (declaration->kind == NODE_DECLARATION && !node_function(declaration)) ||
	    code_is(syntax, declarator.specifiers.first, "static"))
		return false;
	for (uint32_t i = site->function->first + 1; i <= site->function->last; i++)
		if (code_is(syntax, i, name) && code_is(syntax, i - 1, "&") &&
		    !is_member_name(syntax, i))
			return false;
	return true;
}

static void shape_of_statement(const struct site *site, struct layout *layout)
{
	const struct syntax *syntax = &site->unit->syntax;
	const struct call *call = &site->call;
	struct node *node = site->statement;
	uint32_t first = node->first;

	if (code_is(syntax, first, "(") && code_is(syntax, first + 1, "void") &&
	    code_is(syntax, first + 2, ")"))
		first += 3;
	if (first == call->name && call->close + 1 == node->last) {
		layout->shape = SHAPE_PLAIN;
		return;
	}
	if (call->name == node->first + 2 && code_is(syntax, node->first + 1, "=") &&
	    call->close + 1 == node->last && private_to_function(site, node->first)) {
		layout->shape = SHAPE_ASSIGNED;
		layout->result = code_text(syntax, node->first, node->first);
	}
}

static void shape_of_declaration(const struct site *site, struct layout *layout)
{
	const struct syntax *syntax = &site->unit->syntax;
	struct node *node = site->statement;
	struct declarator *list;
	size_t count = declaration_parse(syntax, (struct span){ node->first, node->last }, &list);

	if (count != 1 || list[0].value.first != site->call.name ||
	    list[0].value.last != site->call.close || code_is(syntax, node->first, "static") ||
	    (node->next && node->next->kind == NODE_DECLARATION) ||
	    !private_to_function(site, list[0].name))
		return;
	layout->shape = SHAPE_DECLARED;
	layout->result = code_text(syntax, list[0].name, list[0].name);
}

static void shape_of_test(const struct site *site, struct layout *layout)
{
	const struct syntax *syntax = &site->unit->syntax;
	const struct call *call = &site->call;
	struct node *node = site->statement;
	uint32_t open = call->name, close = call->close;

	if (node->child->next || !node_leaves(node->child) ||
	    is_divided(syntax, node->first, node->last))
		return;
	/* if ((ret = migrate_vma(...))) */
	if (code_is(syntax, open - 1, "=") && code_identifier(syntax, open - 2) &&
	    code_is(syntax, open - 3, "(") && syntax->match[open - 3] == close + 1 &&
	    open - 3 > node->head_open && private_to_function(site, open - 2)) {
		open -= 3;
		close += 1;
	}
	if (tests_for_error(syntax, node->head_open + 1, node->head_close - 1, open, close)) {
		layout->shape = SHAPE_TESTED;
		layout->check = node;
	}
}

/* The last statement of ({ ... }) is its value. */
static bool is_value_of_block(const struct node *node)
{
	const struct node *block = node->parent;

	return !node->next && block->kind == NODE_COMPOUND && block->parent &&
	       (block->parent->kind == NODE_EXPRESSION || block->parent->kind == NODE_RETURN ||
		block->parent->kind == NODE_DECLARATION);
}

static void find_shape(const struct site *site, struct layout *layout)
{
	layout->shape = SHAPE_OTHER;
	if (is_value_of_block(site->statement))
		return;
	switch (site->statement->kind) {
	case NODE_EXPRESSION:
		shape_of_statement(site, layout);
		break;
	case NODE_DECLARATION:
		shape_of_declaration(site, layout);
		break;
	case NODE_IF:
		if (site->statement->child)
			shape_of_test(site, layout);
		break;
	default:
		break;
	}
	if (layout->result && site->statement->parent->kind == NODE_COMPOUND)
		layout->check = error_check(&site->unit->syntax, site->statement, layout->result);
}

/* The pointer for the callbacks of a call. */
struct private_pointer {
	const struct site *site;
	const struct body *body;
};

/* Whether a member of this name is assigned to anywhere but in the function of the call. */
static bool assigns_member(const struct private_pointer *pointer, const char *member)
{
	static const char *const operators[] = { "=", "+=", "-=", "|=", "&=", "++", "--" };
	for (const struct reference *use = name_references(pointer->body->program, member); use;
	     use = use->next) {
		const struct function *function = reference_function(use);

		if (use->kind == REFERENCE_MACRO || use->kind == REFERENCE_UNREAD)
			return true;
		if (use->kind != REFERENCE_MEMBER || !function ||
		    function->node == pointer->site->function)
			continue;
		for (size_t o = 0; o < sizeof(operators) / sizeof(*operators); o++)
			if (code_is(&use->unit->syntax, use->token + 1, operators[o]))
				return true;
	}
	return false;
}

/* A variable that only its function can change, or an array, which is always the same address. */
static bool name_stays(const struct private_pointer *pointer, const char *name)
{
	const struct variable *variable = body_variable(pointer->body, name);
	const struct declaration *global;

	if (variable)
		return variable->known || (variable->index == SIZE_MAX &&
					   variable->declarator->array.last >=
						   variable->declarator->array.first);
	global = symbol_declared(symbol_find(pointer->body->program, name), DECLARATION_VARIABLE);
	return is_constant(pointer->body, name) ||
	       (global && global->declarator.array.last >= global->declarator.array.first);
}

/* Whether nothing that runs between the call and the callbacks can give an operand another value. */
static bool operand_stays(const struct expression *node, void *data)
{
	const struct private_pointer *pointer = data;

	switch (node->kind) {
	case EXPRESSION_MEMBER:
		return !assigns_member(pointer, node->name);
	case EXPRESSION_NAME:
		return name_stays(pointer, node->name);
	case EXPRESSION_PREFIX:
		return !strcmp(node->name, "&");
	case EXPRESSION_NUMBER:
	case EXPRESSION_CAST:
		return true;
	default:
		return false;
	}
}

/*
 * Whether the pointer for the callbacks may be worked out where they are called, once for each of
 * them or not at all.
 */
static bool private_is_simple(const struct driver *driver, const struct site *site)
{
	const struct private_pointer pointer = {
		site, body_of(&driver->program, site->unit, site->function)
	};
	const struct expression *node =
		expression_parse(&site->unit->syntax, site->call.arguments[ARGUMENT_PRIVATE]);

	if (!node || has_effect(pointer.body, node))
		return false;
	/* The address of an object does not change, nor does that of its member. */
	if (expression_is(expression_inner(node), EXPRESSION_PREFIX, "&")) {
		node = expression_inner(expression_inner(node)->left);
		while (node->kind == EXPRESSION_MEMBER && !node->arrow)
			node = expression_inner(node->left);
		if (node->kind == EXPRESSION_NAME)
			return true;
		if (node->kind == EXPRESSION_MEMBER)
			node = node->left;
	}
	return expression_walk(node, operand_stays, (void *)&pointer);
}

/* A comma that is an operator or divides declarators, not one between arguments. */
static bool is_sequencing_comma(const struct site *site, uint32_t at)
{
	const struct syntax *syntax = &site->unit->syntax;

	if (!code_is(syntax, at, ","))
		return false;
	for (uint32_t i = at; i-- > site->statement->first;)
		if (syntax->match[i] > at)
			return code_is(syntax, i, "(") &&
			       !(i > 0 && code_identifier(syntax, i - 1));
	return true;
}

/*
 * Whether something else in the statement comes before the call for sure, or decides whether the
 * call is made.
 */
static bool comes_after_others(const struct site *site)
{
	const struct syntax *syntax = &site->unit->syntax;
	const struct node *node = site->statement;

	for (uint32_t i = node->first; i < site->call.name; i++)
		if (code_is(syntax, i, "&&") || code_is(syntax, i, "||") ||
		    code_is(syntax, i, "?") || code_is(syntax, i, ";") ||
		    is_sequencing_comma(site, i))
			return true;
	/* else if (migrate_vma(...)) */
	return node->kind == NODE_IF && node->parent->kind == NODE_IF && node->previous;
}

/* Whether the arguments can be worked out before it is known that the call is made. */
static bool can_be_early(const struct driver *driver, const struct site *site,
			 const struct layout *layout)
{
	struct layout early = *layout;

	early.form = FORM_HELPER;
	site_members(driver, site, &early);
	for (size_t i = 0; i < early.member_count; i++)
		if (early.members[i].assigned)
			return false;
	return true;
}

/* The call stands within ({ ... }), whose statements the control-flow graph does not show. */
static bool in_statement_expression(const struct site *site)
{
	for (const struct node *node = site->statement->parent; node; node = node->parent)
		if (node->kind == NODE_EXPRESSION || node->kind == NODE_RETURN ||
		    node->kind == NODE_DECLARATION)
			return true;
	return false;
}

static bool is_loop_head(const struct node *node)
{
	return node->kind == NODE_WHILE || node->kind == NODE_FOR || node->kind == NODE_DO ||
	       node->kind == NODE_MACRO;
}

/* Whether a goto leads to a label, or the label's address is taken, from outside of a block. */
static bool jumped_to(const struct site *site, const struct node *label, const struct node *block)
{
	const struct syntax *syntax = &site->unit->syntax;
	const char *name = code_text(syntax, label->name, label->name);

	for (uint32_t i = site->function->first; i < site->function->last; i++)
		if ((i < block->first || i > block->last) && code_is(syntax, i, name) &&
		    (code_is(syntax, i - 1, "goto") || code_is(syntax, i - 1, "&&")))
			return true;
	return false;
}

/* Whether a case label belongs to a switch around a block. */
static bool of_outer_switch(const struct node *label, const struct node *block)
{
	const struct node *node = label->parent;

	while (node != block && node->kind != NODE_SWITCH)
		node = node->parent;
	return node == block;
}

/* Whether a jump from outside leads into a block, past the declarations it begins with. */
static bool is_jumped_into(const struct site *site, const struct node *block)
{
	if (block == node_body(site->function))
		return false;
	for (const struct node *node = block->child; node; node = node_after(node, block))
		if ((node->kind == NODE_LABEL && jumped_to(site, node, block)) ||
		    (node->kind == NODE_CASE && of_outer_switch(node, block)))
			return true;
	return false;
}

/* The block that can declare the struct, and the statement in it that needs it. */
static void find_block(const struct site *site, struct layout *layout)
{
	struct node *node = site->statement;

	while (node->parent->kind != NODE_COMPOUND || is_jumped_into(site, node->parent))
		node = node->parent;
	layout->before = node;
	layout->block = node->parent;
}

/* Braces around the statement would begin in front of an #if and end under it. */
static bool braces_divided(const struct site *site)
{
	const struct node *node = site->statement;

	return node->parent->kind != NODE_COMPOUND &&
	       is_divided(&site->unit->syntax, node->first - 1, node->last);
}

/* One arm of an #if of which several are read: a variable for each would be one too many. */
static bool is_arm(const struct site *site)
{
	const struct tokens *all = &site->unit->syntax.all;
	uint32_t at = code_start(&site->unit->syntax, site->call.name);

	for (size_t g = 0; g < site->unit->syntax.conditional_count; g++) {
		const struct conditional *group = &site->unit->syntax.conditionals[g];

		if (group->statements && at > all->list[group->arms[0].directive].start &&
		    at < all->list[group->endif].start)
			return true;
	}
	return false;
}

void site_layout(const struct driver *driver, const struct site *site, struct layout *layout)
{
	bool steps;

	*layout = (struct layout){ .form = FORM_HELPER };
	find_shape(site, layout);
	find_block(site, layout);
	layout->surely = !comes_after_others(site) && !in_statement_expression(site);
	/* The pointer would be worked out after the result has got its value. */
	for (uint32_t i = site->call.arguments[ARGUMENT_PRIVATE].first;
	     layout->result && i <= site->call.arguments[ARGUMENT_PRIVATE].last; i++)
		if (code_is(&site->unit->syntax, i, layout->result))
			layout->shape = SHAPE_OTHER;
	steps = site->ops && !site->ops->indirect && site->ops->site_count == 1 &&
		layout->shape != SHAPE_OTHER && private_is_simple(driver, site) &&
		!comes_after_others(site) && (!site->resets_failed || layout->check) &&
		!braces_divided(site) && !is_arm(site);
	if (steps)
		layout->form = FORM_STEPS;
	else if (is_loop_head(site->statement) || braces_divided(site) || is_arm(site))
		layout->form = FORM_LITERAL;
	else if (comes_after_others(site))
		layout->form = can_be_early(driver, site, layout) ? FORM_HELPER : FORM_LITERAL;
	if (site->statement->parent->kind != NODE_COMPOUND && layout->form != FORM_LITERAL &&
	    !comes_after_others(site)) {
		layout->braces = true;
		layout->block = NULL;
		layout->before = site->statement;
	}
	site_members(driver, site, layout);
	/* Inside a switch there is no place to declare and no need to: the values come later. */
	if (layout->form == FORM_HELPER && layout->shape == SHAPE_OTHER &&
	    site->statement->kind == NODE_DECLARATION) {
		for (size_t i = 0; i < layout->member_count; i++)
			if (layout->members[i].assigned)
				layout->form = FORM_LITERAL;
	}
}
