// SPDX-License-Identifier: GPL-2.0-only
/*
 * Finds the first steps that a fault of device memory gets to.
 *
 * Only where all is in sight: the function sets up one migration, and sets members of its struct
 * itself.  What lies further apart is named as left by the check of members.
 */
#include "three_steps.h"

#include <string.h>

#include "analyse/fault_path.h"
#include "analyse/symbols.h"
#include "analyse/values.h"
#include "edit/lines.h"

/* Also in an arm of an #if that is not read. */
static bool names_fault_page(const struct driver *driver, const struct unit *unit)
{
	for (const struct reference *use = name_references(&driver->program, "fault_page"); use;
	     use = use->next)
		if (use->unit == unit && use->kind == REFERENCE_UNREAD)
			return true;
	return false;
}

/* "&args", "args", "&job->args": names and members, whose value nothing changes meanwhile. */
static bool take_args(struct fault_step *step, struct span argument)
{
	const struct syntax *syntax = &step->function->unit->syntax;
	uint32_t first = argument.first;
	bool address = code_is(syntax, first, "&");

	first += address;
	for (uint32_t i = first; i <= argument.last; i++)
		if ((i - first) % 2 ? !code_is(syntax, i, ".") && !code_is(syntax, i, "->")
				    : !code_identifier(syntax, i))
			return false;
	step->args = (struct span){ first, argument.last };
	step->local = address && first == argument.last;
	step->dot = address ? "." : "->";
	return argument.last >= first && (argument.last - first) % 2 == 0;
}

/* Which struct migrate_vma of its callers a function sets up, with all that they put into it. */
static size_t set_up_parameter(const struct program *program, const struct function *function)
{
	const struct syntax *syntax = &function->unit->syntax;
	const struct variable *args = NULL;
	const struct body *body = NULL;

	for (uint32_t i = function->node->head_close; i < function->node->last; i++) {
		if (!code_is(syntax, i, "migrate_vma_setup"))
			continue;
		if (body || !code_is(syntax, i + 1, "(") || !code_is(syntax, i + 3, ")"))
			return SIZE_MAX;
		body = body_of(program, function->unit, function->node);
		args = body_variable(body, code_text(syntax, i + 2, i + 2));
	}
	if (!args || args->index == SIZE_MAX || !args->known)
		return SIZE_MAX;
	/* What sets a member by itself is a place for the others. */
	for (uint32_t i = function->node->head_close; i + 3 < function->node->last; i++)
		if (code_is(syntax, i, args->name) && code_is(syntax, i + 1, "->") &&
		    code_is(syntax, i + 3, "="))
			return SIZE_MAX;
	return args->index;
}

/* Whether a token is a call that sets up the struct which is one of its arguments. */
static bool sets_up(const struct program *program, const struct function *caller, uint32_t at,
		    struct span *argument)
{
	const struct unit *unit = caller->unit;
	const struct function *callee;
	struct call call;
	size_t index = 0;

	if (!code_identifier(&unit->syntax, at) || !code_is(&unit->syntax, at + 1, "(") ||
	    is_member_name(&unit->syntax, at))
		return false;
	if (!code_is(&unit->syntax, at, "migrate_vma_setup")) {
		callee = program_function(program, unit, code_text(&unit->syntax, at, at));
		index = callee ? set_up_parameter(program, callee) : SIZE_MAX;
	}
	if (index == SIZE_MAX || !call_parse(&unit->syntax, at, &call) || index >= call.count)
		return false;
	*argument = call.arguments[index];
	return true;
}

static bool is_assignment(const struct fault_step *step, const struct node *node)
{
	const struct syntax *syntax = &step->function->unit->syntax;
	uint32_t length = step->args.last - step->args.first + 1;

	if (node->kind != NODE_EXPRESSION || node->last - node->first < length + 3)
		return false;
	for (uint32_t i = 0; i < length; i++)
		if (!code_is(syntax, node->first + i,
			     code_text(syntax, step->args.first + i, step->args.first + i)))
			return false;
	return code_is(syntax, node->first + length, step->dot) &&
	       code_is(syntax, node->first + length + 2, "=");
}

/* The one struct migrate_vma that a function has and fills, for a function that it does not call itself. */
static bool find_filled(struct fault_step *step)
{
	const struct function *function = step->function;
	const struct syntax *syntax = &function->unit->syntax;

	for (uint32_t i = function->node->head_close; i < function->node->last; i++) {
		if (!code_is(syntax, i, "struct") || !code_is(syntax, i + 1, "migrate_vma") ||
		    !code_identifier(syntax, i + 2))
			continue;
		if (step->setup)
			return false;
		step->args = (struct span){ i + 2, i + 2 };
		step->setup = i + 2;
	}
	if (!step->setup)
		return false;
	step->local = true;
	step->dot = ".";
	for (uint32_t i = step->args.first + 1; i < function->node->last; i++)
		if (is_assignment(step, node_at(syntax, i)))
			step->setup = node_at(syntax, i)->first;
	return true;
}

bool step_find(const struct program *program, struct fault_step *step)
{
	const struct function *function = step->function;
	const struct syntax *syntax = &function->unit->syntax;
	struct span argument;

	for (uint32_t i = function->node->head_close; i < function->node->last; i++) {
		if (is_member_name(syntax, i) && code_is(syntax, i, "fault_page"))
			return false;
		if (!sets_up(program, function, i, &argument))
			continue;
		if (step->setup)
			return false;
		step->setup = i;
		if (!take_args(step, argument))
			return false;
	}
	return step->setup || find_filled(step);
}

/* Who gets the struct from elsewhere may find the member set, where the driver sets it at all. */
static bool set_elsewhere(const struct driver *driver, const struct fault_step *step)
{
	const struct reference *use = name_references(&driver->program, "fault_page");

	while (use && use->kind != REFERENCE_MEMBER && use->kind != REFERENCE_MACRO)
		use = use->next;
	return !step->local && use;
}

/* Pages of system memory alone are collected: no page that faulted is among them. */
static bool is_to_device(const struct function *function)
{
	const struct syntax *syntax = &function->unit->syntax;
	bool system = false;

	for (uint32_t i = function->node->head_close; i < function->node->last; i++) {
		if (code_is(syntax, i, "MIGRATE_VMA_SELECT_DEVICE_PRIVATE") ||
		    code_is(syntax, i, "MIGRATE_VMA_SELECT_DEVICE_COHERENT"))
			return false;
		system |= code_is(syntax, i, "MIGRATE_VMA_SELECT_SYSTEM");
	}
	return system;
}

const struct node *step_assignment(const struct fault_step *step)
{
	const struct node *setup = node_at(&step->function->unit->syntax, step->setup);

	for (const struct node *node = setup; node; node = node->previous)
		if (is_assignment(step, node))
			return node;
	return NULL;
}

/* "." of foo.bar, not of ".member =" */
static bool is_operand(const struct syntax *syntax, uint32_t dot)
{
	return !code_is(syntax, dot - 1, ",") && !code_is(syntax, dot - 1, "{");
}

uint32_t step_initialiser(const struct fault_step *step, uint32_t *last_member)
{
	const struct unit *unit = step->function->unit;
	const struct syntax *syntax = &unit->syntax;
	const struct declaration *declaration = declaration_at(unit, step->args.first);
	uint32_t close, dot;

	if (!step->local || !declaration || declaration->kind != DECLARATION_VARIABLE ||
	    !node_function(declaration->node) ||
	    !code_is(syntax, declaration->declarator.value.first, "{"))
		return 0;
	close = syntax->match[declaration->declarator.value.first];
	if (close != declaration->declarator.value.last)
		return 0;
	for (dot = close; dot > declaration->declarator.value.first &&
			  (!code_is(syntax, dot, ".") || is_operand(syntax, dot));)
		dot--;
	if (!code_is(syntax, dot, "."))
		return 0;
	*last_member = dot;
	return close;
}

bool step_has_place(const struct fault_step *step)
{
	uint32_t last_member;

	return step_initialiser(step, &last_member) || step_assignment(step);
}

/* By the ops object alone: other functions with a struct vm_fault may serve other faults. */
static bool *reached_by_device(struct driver *driver)
{
	bool *reached = arena_alloc(driver->arena, call_graph(&driver->program)->count + 1);

	fault_path_reach(&driver->program, reached);
	return reached;
}

void understand_three_step_faults(struct driver *driver)
{
	const bool *reached = reached_by_device(driver);

	for (size_t i = 0; driver->target->fault_page_member && i < driver->program.function_count;
	     i++) {
		struct fault_step step = { .function = &driver->program.functions[i] };
		struct fault_step *kept;

		if (!reached[i] || !step_find(&driver->program, &step) || is_to_device(step.function) || !step_has_place(&step) ||
		    set_elsewhere(driver, &step) ||
		    names_fault_page(driver, step.function->unit))
			continue;
		step.page = page_for_setup(driver, step.function, step.setup);
		if (!step.page)
			continue;
		step.next = driver->faults->steps;
		kept = arena_alloc(driver->arena, sizeof(*kept));
		*kept = step;
		driver->faults->steps = kept;
	}
}
