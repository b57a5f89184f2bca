// SPDX-License-Identifier: GPL-2.0-only
#include "values.h"

#include <string.h>

#include "known_calls.h"
#include "symbols.h"

static enum value_type type_of(const struct syntax *syntax, const struct declarator *declarator)
{
	static const struct {
		const char *word;
		enum value_type type;
	} words[] = {
		{ "u64", TYPE_WORD },	       { "uint64_t", TYPE_WORD },   { "__u64", TYPE_WORD },
		{ "size_t", TYPE_WORD },       { "uintptr_t", TYPE_WORD },  { "phys_addr_t", TYPE_WORD },
		{ "dma_addr_t", TYPE_WORD },   { "pgoff_t", TYPE_WORD },    { "resource_size_t", TYPE_WORD },
		{ "u32", TYPE_NARROW },	       { "uint32_t", TYPE_NARROW }, { "__u32", TYPE_NARROW },
		{ "u16", TYPE_NARROW },	       { "u8", TYPE_NARROW },	    { "bool", TYPE_NARROW },
		{ "int", TYPE_SIGNED },	       { "long", TYPE_SIGNED },	    { "s64", TYPE_SIGNED },
		{ "short", TYPE_SIGNED },
	};
	bool is_unsigned = false, wide = false;
	enum value_type type = TYPE_OTHER;

	if (declarator->stars)
		return TYPE_POINTER;
	if (declarator->array.last >= declarator->array.first)
		return TYPE_OTHER;
	for (uint32_t i = declarator->specifiers.first; i <= declarator->specifiers.last; i++) {
		if (code_is(syntax, i, "struct") || code_is(syntax, i, "union"))
			return TYPE_OTHER;
		is_unsigned |= code_is(syntax, i, "unsigned");
		wide |= code_is(syntax, i, "long");
		for (size_t w = 0; w < sizeof(words) / sizeof(*words); w++)
			if (code_is(syntax, i, words[w].word))
				type = words[w].type;
	}
	if (is_unsigned)
		return wide ? TYPE_WORD : TYPE_NARROW;
	return type;
}

static struct variable *find(const struct body *body, const char *name)
{
	for (size_t i = 0; i < body->variable_count; i++)
		if (!strcmp(body->variables[i].name, name))
			return &body->variables[i];
	return NULL;
}

const struct variable *body_variable(const struct body *body, const char *name)
{
	return find(body, name);
}

static void add_variable(struct body *body, const struct declarator *declarator, size_t index)
{
	const struct syntax *syntax = &body->unit->syntax;
	const char *name = code_text(syntax, declarator->name, declarator->name);
	struct variable *variable = find(body, name);

	if (variable) {
		variable->known = false;
		variable->last = declarator->name;
		return;
	}
	body->variables[body->variable_count++] = (struct variable){
		.name = name,
		.declarator = declarator,
		.type = type_of(syntax, declarator),
		.index = index,
		.last = declarator->name,
		.known = !declared_static(syntax, declarator->specifiers.first,
					  declarator->specifiers.last) &&
			 !code_is(syntax, declarator->specifiers.first, "extern"),
	};
}

static bool is_array(const struct variable *variable)
{
	return variable->index == SIZE_MAX &&
	       variable->declarator->array.last >= variable->declarator->array.first;
}

/* Whether "&" in front of a token takes an address. */
static bool takes_address(const struct syntax *syntax, uint32_t at)
{
	return code_is(syntax, at, "&") && !code_identifier(syntax, at - 1) &&
	       !code_is(syntax, at - 1, ")") && !code_is(syntax, at - 1, "]") &&
	       syntax->code.list[at - 1].kind != TOKEN_NUMBER;
}

/* Variables whose address gets about. */
static void find_aliases(struct body *body)
{
	const struct syntax *syntax = &body->unit->syntax;
	struct span span = { node_body(body->function)->first, body->function->last };

	for (uint32_t i = span.first; i < span.last; i++) {
		struct variable *variable;
		uint32_t first = i;

		if (code_is(syntax, i, "goto") &&
		    (code_is(syntax, i + 1, "*") || code_is(syntax, i + 1, "(")))
			body->hidden_jumps = true;
		if (!code_identifier(syntax, i) || is_member_name(syntax, i))
			continue;
		variable = find(body, code_text(syntax, i, i));
		if (!variable || i == variable->declarator->name)
			continue;
		while (code_is(syntax, first - 1, "("))
			first--;
		if (takes_address(syntax, first - 1) && !code_is(syntax, i + 1, "->") &&
		    !(variable->type == TYPE_POINTER && code_is(syntax, i + 1, "[")))
			variable->known = false;
		/* The name of an array is a pointer to it. */
		if (is_array(variable) && !code_is(syntax, i + 1, "["))
			variable->known = false;
	}
}

/* Variables that an arm of #if mentions which is not read. */
static void find_unread(struct body *body)
{
	const struct syntax *syntax = &body->unit->syntax;
	const struct tokens *all = &syntax->all;
	uint32_t start = code_start(syntax, body->function->first);
	uint32_t end = code_end(syntax, body->function->last), code = body->function->first;
	size_t low = 0, high = all->count;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (all->list[middle].start < start)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < all->count && all->list[low].start < end; low++) {
		const struct token *token = &all->list[low];
		struct variable *variable;

		while (code < body->function->last && code_start(syntax, code) < token->start)
			code++;
		if (token->kind != TOKEN_IDENTIFIER || code_start(syntax, code) == token->start)
			continue;
		variable = find(body, arena_copy(body->program->arena,
						 syntax->source->text + token->start,
						 token->end - token->start));
		if (variable)
			variable->known = false;
	}
}

const struct body *body_of(const struct program *program, const struct unit *unit,
			   const struct node *node)
{
	struct function *function = unit_function(unit, node);
	struct arena *arena = program->arena;
	struct body *body = function->body;

	if (body)
		return body;
	body = arena_alloc(arena, sizeof(*body));
	*body = (struct body){ .program = program, .unit = unit, .function = node,
			       .flow = *function_flow(function) };
	flow_link(&body->flow, arena);
	body->variables = arena_alloc(arena, (function->parameter_count + body->flow.count) *
						     sizeof(*body->variables));
	for (size_t i = 0; i < function->parameter_count; i++)
		if (function->parameters[i].name)
			add_variable(body, &function->parameters[i], i);
	for (size_t i = 0; i < body->flow.count; i++)
		if (body->flow.steps[i].declarator)
			add_variable(body, body->flow.steps[i].declarator, SIZE_MAX);
	find_aliases(body);
	find_unread(body);
	body->walk = arena_alloc(arena, sizeof(*body->walk));
	body->walk->list = arena_alloc(arena, (body->flow.count + 1) * sizeof(uint32_t));
	body->walk->seen = arena_alloc(arena, (body->flow.count + 1) * sizeof(uint32_t));
	function->body = body;
	return body;
}

static bool step_holds(const struct flow_step *step, uint32_t token)
{
	if (step->declarator && token >= step->declarator->whole.first &&
	    token <= step->declarator->whole.last)
		return true;
	return step->expression && token >= step->expression->first &&
	       token <= step->expression->last;
}

uint32_t body_step(const struct body *body, uint32_t token)
{
	for (size_t i = 0; i < body->flow.count; i++)
		if (step_holds(&body->flow.steps[i], token))
			return i;
	return FLOW_NONE;
}

/* Where a step stands in the text. */
static uint32_t position(const struct flow_step *step)
{
	if (step->declarator)
		return step->declarator->name;
	return step->expression ? step->expression->first : step->node ? step->node->first : 0;
}

static bool is_known_divisor(const struct body *body, const struct expression *divisor)
{
	divisor = expression_inner(divisor);
	if (divisor->kind == EXPRESSION_NUMBER)
		return strcmp(divisor->text, "0");
	return divisor->kind == EXPRESSION_NAME && !strncmp(divisor->name, "PAGE_", 5) &&
	       is_constant(body, divisor->name);
}

/* The struct vm_fault of a fault handler is there, and its members do not change. */
static bool of_fault(const struct body *body, const struct expression *member)
{
	static const char *const tests[] = { "!", "==", "!=", "&&", "||", "?" };
	const struct syntax *syntax = &body->unit->syntax;
	const struct variable *variable;
	uint32_t name;

	if (member->left->kind != EXPRESSION_NAME)
		return false;
	variable = body_variable(body, member->left->name);
	if (!variable || variable->index == SIZE_MAX || variable->type != TYPE_POINTER ||
	    !code_is(syntax, variable->declarator->specifiers.last, "vm_fault"))
		return false;
	for (name = node_body(body->function)->first; name < body->function->last; name++) {
		bool tested = code_is(syntax, name - 1, "!");

		if (!code_is(syntax, name, variable->name) || code_is(syntax, name + 1, "->"))
			continue;
		for (size_t i = 0; i < sizeof(tests) / sizeof(*tests); i++)
			tested |= code_is(syntax, name + 1, tests[i]);
		if (tested || (code_is(syntax, name - 1, "(") && code_is(syntax, name + 1, ")") &&
			       !code_identifier(syntax, name - 2)))
			return false;
	}
	return true;
}

/* Whether evaluating an expression cannot fault, calls nothing and does nothing. */
static bool is_harmless(const struct body *body, const struct expression *node)
{
	const struct expression *base;

	if (!node)
		return true;
	switch (node->kind) {
	case EXPRESSION_NAME:
	case EXPRESSION_NUMBER:
	case EXPRESSION_STRING:
		return true;
	case EXPRESSION_MEMBER:
		return (!node->arrow || of_fault(body, node)) && is_harmless(body, node->left);
	case EXPRESSION_INDEX:
		base = expression_inner(node->left);
		return base->kind == EXPRESSION_NAME && body_variable(body, base->name) &&
		       is_array(body_variable(body, base->name)) && node->right &&
		       node->right->kind == EXPRESSION_NUMBER;
	case EXPRESSION_PREFIX:
		if (!strcmp(node->name, "*") || !strcmp(node->name, "++") ||
		    !strcmp(node->name, "--"))
			return false;
		base = expression_inner(node->left);
		/* &p->member, &array[i]: nothing is read there. */
		if (!strcmp(node->name, "&") &&
		    (base->kind == EXPRESSION_MEMBER || base->kind == EXPRESSION_INDEX))
			return is_harmless(body, base->left) && is_harmless(body, base->right);
		return is_harmless(body, node->left);
	case EXPRESSION_BINARY:
		if ((!strcmp(node->name, "/") || !strcmp(node->name, "%")) &&
		    !is_known_divisor(body, node->right))
			return false;
		break;
	case EXPRESSION_CALL:
		if (!node->name || known_call(node->name) != CALL_ARITHMETIC)
			return false;
		for (const struct expression *child = node->child; child; child = child->next)
			if (child->kind != EXPRESSION_UNKNOWN && !is_harmless(body, child))
				return false;
		return true;
	case EXPRESSION_CHOICE:
	case EXPRESSION_CAST:
		break;
	default:
		return false;
	}
	return is_harmless(body, node->left) && is_harmless(body, node->right) &&
	       is_harmless(body, node->third);
}

/* Names whose values make up an expression's value; the address of a variable is a constant. */
struct names {
	const struct body *body;
	const struct flow_step *step;
	const struct expression *expression;
	bool memory;
	bool written;
};

static void look_at_names(struct names *names, const struct expression *node)
{
	const struct variable *variable;

	if (!node || names->written)
		return;
	if (expression_is(node, EXPRESSION_PREFIX, "&")) {
		node = expression_inner(node->left);
		while (node->kind == EXPRESSION_MEMBER && !node->arrow)
			node = expression_inner(node->left);
		if (node->kind == EXPRESSION_NAME)
			return;
		if (node->kind == EXPRESSION_MEMBER || node->kind == EXPRESSION_INDEX) {
			look_at_names(names, node->left);
			look_at_names(names, node->right);
			return;
		}
	}
	if (node->kind == EXPRESSION_NAME) {
		variable = body_variable(names->body, node->name);
		/* What the files do not name is not theirs to change. */
		if (!variable && !symbol_find(names->body->program, node->name))
			return;
		if (!variable || !is_array(variable))
			names->written = names->step &&
					 step_may_write(names->body, names->step, node->name);
		return;
	}
	if (node->kind == EXPRESSION_INDEX && expression_inner(node->left)->kind == EXPRESSION_NAME) {
		variable = body_variable(names->body, expression_inner(node->left)->name);
		names->written = variable && is_array(variable) && names->step &&
				 step_may_write(names->body, names->step, variable->name);
		names->memory |= !variable || !is_array(variable);
	} else if ((node->kind == EXPRESSION_MEMBER && node->arrow) ||
		   node->kind == EXPRESSION_INDEX || expression_is(node, EXPRESSION_PREFIX, "*")) {
		names->memory |= node->kind != EXPRESSION_MEMBER || !of_fault(names->body, node);
	}
	look_at_names(names, node->left);
	if (node->kind != EXPRESSION_MEMBER)
		look_at_names(names, node->right);
	look_at_names(names, node->third);
	for (const struct expression *child = node->child; child; child = child->next)
		look_at_names(names, child);
}

bool reads_memory(const struct body *body, const struct expression *expression)
{
	struct names names = { .body = body };

	look_at_names(&names, expression);
	return names.memory;
}

static bool step_changes(const struct body *body, const struct flow_step *step,
			 const struct expression *expression, bool memory)
{
	struct names names = { .body = body, .step = step };

	look_at_names(&names, expression);
	return names.written || (memory && step_may_store(body, step));
}

/* Whether a name in an expression is declared in a block, from a token on. */
static bool declared_later(const struct body *body, const struct expression *node,
			   const struct node *block, uint32_t declared)
{
	const struct variable *variable = NULL;
	bool later = false;

	if (!node)
		return false;
	if (node->kind == EXPRESSION_NAME)
		variable = body_variable(body, node->name);
	for (const struct expression *child = node->child; child && !later; child = child->next)
		later = declared_later(body, child, block, declared);
	return later || (variable && variable->last >= declared && variable->last <= block->last) ||
	       declared_later(body, node->left, block, declared) ||
	       declared_later(body, node->right, block, declared) ||
	       declared_later(body, node->third, block, declared);
}

/* Whether a step does no more than to work out something and to keep it in a variable. */
static bool goes_straight_on(const struct body *body, const struct flow_step *step)
{
	return step->kind == FLOW_PASS || (step->kind == FLOW_DECLARE && !step->expression) ||
	       ((step->kind == FLOW_DECLARE || step->kind == FLOW_EXPRESSION) &&
		step->expression && !may_store(body, step->expression) &&
		is_harmless(body, step->expression->kind == EXPRESSION_ASSIGN
					  ? step->expression->right : step->expression));
}

/* What is written into a struct that a fault handler was given, anywhere in the driver. */
static bool fault_member_written(const struct body *body, const struct expression *node)
{
	const struct syntax *syntax = &body->unit->syntax;
	bool found = false;

	if (!node)
		return false;
	if (node->kind == EXPRESSION_MEMBER && node->arrow && of_fault(body, node))
		for (uint32_t i = 2; i < syntax->code.count && !found; i++)
			found = code_is(syntax, i, node->name) && is_member_name(syntax, i) &&
				(code_is(syntax, i + 1, "=") || code_is(syntax, i + 1, "&=") ||
				 code_is(syntax, i + 1, "+=") || code_is(syntax, i + 1, "-=")) &&
				code_is(syntax, i - 2, node->left->name);
	for (const struct expression *child = node->child; child && !found; child = child->next)
		found = fault_member_written(body, child);
	return found || fault_member_written(body, node->left) ||
	       fault_member_written(body, node->right) || fault_member_written(body, node->third);
}

bool flow_reaches(const struct body *body, uint32_t from, uint32_t to,
		  const struct node *declaration)
{
	const struct flow *flow = &body->flow;
	struct walk *walk = body->walk;
	uint32_t number = ++walk->number;
	size_t count = 0;

	if (from == FLOW_NONE || to == FLOW_NONE || body->hidden_jumps)
		return true;
	walk->list[count++] = to;
	while (count) {
		uint32_t at = walk->list[--count];

		for (uint32_t i = flow->begin[at]; i < flow->begin[at + 1]; i++) {
			uint32_t before = flow->before[i];

			if (before == from)
				return true;
			if (walk->seen[before] == number ||
			    (flow->steps[before].kind == FLOW_DECLARE &&
			     flow->steps[before].node == declaration))
				continue;
			walk->seen[before] = number;
			walk->list[count++] = before;
		}
	}
	return false;
}

bool value_stays(const struct body *body, const struct expression *expression, uint32_t step,
		 const struct node *block, uint32_t declared, bool surely)
{
	const struct flow *flow = &body->flow;
	bool memory = reads_memory(body, expression) || fault_member_written(body, expression);
	bool harmless = is_harmless(body, expression) && !memory, stays = true;
	struct walk *walk = body->walk;
	uint32_t number = ++walk->number;
	size_t count = 0;

	if (step == FLOW_NONE || body->hidden_jumps || (!harmless && !surely) ||
	    declared_later(body, expression, block, declared))
		return false;
	/* What the statement itself does comes in no order that is known. */
	if (!surely && step_changes(body, &flow->steps[step], expression, memory))
		return false;
	walk->list[count++] = step;
	while (count && stays) {
		uint32_t at = walk->list[--count];

		for (uint32_t i = flow->begin[at]; i < flow->begin[at + 1] && stays; i++) {
			uint32_t before = flow->before[i];
			const struct flow_step *other = &flow->steps[before];
			uint32_t place = position(other);

			if (walk->seen[before] == number || place < declared ||
			    place > block->last)
				continue;
			walk->seen[before] = number;
			walk->list[count++] = before;
			stays = !step_changes(body, other, expression, memory) &&
				(harmless || (goes_straight_on(body, other) && before != step));
		}
	}
	return stays;
}
