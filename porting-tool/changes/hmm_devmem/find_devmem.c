// SPDX-License-Identifier: GPL-2.0-only
/*
 * How a driver uses the hmm_devmem API: all of it has to be understood, or none of it changes.
 */
#include "devmem.h"

#include <string.h>

#include "analyse/includes.h"
#include "analyse/preprocess.h"
#include "syntax/expression.h"

static const char *const member_names[] = {
	[DEVMEM_DEVICE] = "device",	  [DEVMEM_RESOURCE] = "resource",
	[DEVMEM_PFN_FIRST] = "pfn_first", [DEVMEM_PFN_LAST] = "pfn_last",
	[DEVMEM_PAGEMAP] = "pagemap",
};

/* What is in the way; always false. */
static bool stop(struct devmem *devmem, const struct reference *use, const char *why)
{
	devmem->obstacle = (struct place){ use->unit, use->token };
	devmem->why = why;
	return false;
}

/* A use outside of what is read has no place among the tokens that count: the first token then. */
static bool is_read(struct devmem *devmem, const struct reference *use)
{
	struct reference top = *use;

	if (use->kind < REFERENCE_MACRO) {
		if (!preprocess_undecided(&use->unit->syntax, use->offset))
			return true;
		return stop(devmem, use, "an #if that is not decided holds this use");
	}
	top.token = 0;
	return stop(devmem, &top, use->kind == REFERENCE_UNREAD ?
		    "this file uses it in an arm of an #if that is not read as well" :
		    "this file uses it in a macro");
}

static const struct reference *uses_of(const struct driver *driver, const char *name)
{
	const struct symbol *symbol = symbol_find(&driver->program, name);

	return symbol ? symbol->references : NULL;
}

static bool take_member(struct devmem *devmem, const struct reference *use)
{
	const struct syntax *syntax = &use->unit->syntax;
	uint32_t name = use->token + 2;

	if (!code_is(syntax, use->token + 1, "->"))
		return true;
	if (use->unit != devmem->unit)
		devmem->elsewhere = use;
	for (size_t i = 0; i < DEVMEM_MEMBERS; i++) {
		if (!code_is(syntax, name, member_names[i]))
			continue;
		devmem->members[i] = true;
		return true;
	}
	return stop(devmem, use, "this uses a member that has no successor");
}

/* The name that is declared behind "struct hmm_devmem *". */
static bool take_declared(struct devmem *devmem, const struct unit *unit, uint32_t name)
{
	const struct symbol *symbol = symbol_at(unit, name);
	const struct declaration *declaration = declaration_at(unit, name);
	bool member = false;

	if (!symbol)
		return true;
	for (const struct declaration *one = symbol->declarations; one; one = one->next)
		member = member || (one->kind == DECLARATION_MEMBER && one->unit == unit &&
				    one->token == name);
	for (const struct reference *use = symbol->references; use; use = use->next)
		if ((member ? use->kind == REFERENCE_MEMBER :
			      use->kind < REFERENCE_MEMBER && declaration &&
				      declaration_at(use->unit, use->token) == declaration) &&
		    !take_member(devmem, use))
			return false;
	return true;
}

/* "container_of(x, struct hmm_devmem, pagemap)" is as true of the new struct. */
static bool is_container(const struct syntax *syntax, uint32_t at)
{
	return code_is(syntax, at + 1, ",") && code_is(syntax, at + 2, "pagemap") &&
	       code_is(syntax, at + 3, ")");
}

static bool follow_type(const struct driver *driver, struct devmem *devmem)
{
	for (const struct reference *use = uses_of(driver, "hmm_devmem"); use; use = use->next) {
		const struct syntax *syntax = &use->unit->syntax;

		if (!is_read(devmem, use))
			return false;
		if (use->kind != REFERENCE_TAG ||
		    (!code_is(syntax, use->token + 1, "*") &&
		     !code_is(syntax, use->token + 1, ";") && !is_container(syntax, use->token)))
			return stop(devmem, use, "this is more than a pointer to it");
		if (code_is(syntax, use->token + 1, "*") &&
		    !take_declared(devmem, use->unit, use->token + 2))
			return false;
	}
	return true;
}

static bool is_designated(const struct reference *use)
{
	const struct syntax *syntax = &use->unit->syntax;
	uint32_t at = use->token;

	while (code_is(syntax, at - 1, "&"))
		at--;
	return (use->kind == REFERENCE_VALUE || use->kind == REFERENCE_ADDRESS) &&
	       code_is(syntax, at - 1, "=") &&
	       (code_is(syntax, at - 2, "free") || code_is(syntax, at - 2, "fault")) &&
	       code_is(syntax, at - 3, ".");
}

static const char *vmf_name(const struct function *function)
{
	for (uint32_t i = function->node->first; i <= function->node->last; i++)
		if (code_is(&function->unit->syntax, i, "vmf"))
			return "fault";
	return "vmf";
}

/* Whether a function can get the parameters that its successor has. */
static bool take_operation(struct driver *driver, struct devmem *devmem,
			   const struct reference *at, const char *name, bool fault)
{
	struct function *function = program_function(&driver->program, at->unit, name);
	const struct symbol *symbol = symbol_find(&driver->program, name);
	struct devmem_operation *operation = &devmem->operations[devmem->operation_count];

	for (size_t i = 0; i < devmem->operation_count; i++)
		if (devmem->operations[i].function == function &&
		    devmem->operations[i].fault == fault)
			return true;
	if (!function)
		return stop(devmem, at, "a function that this names is in none of the files given");
	if (function->parameter_count != (fault ? 6 : 2))
		return stop(devmem, at, "a function that this names has other parameters");
	for (size_t i = 0; i < function->parameter_count; i++)
		if (!function->parameters[i].name)
			return stop(devmem, at, "a parameter of a function that this names has no name");
	for (const struct reference *use = symbol->references; use; use = use->next)
		if (!is_designated(use) && use->kind != REFERENCE_TYPE)
			return stop(devmem, use, "this function is used otherwise as well");
	*operation = (struct devmem_operation){ function, symbol, fault, vmf_name(function) };
	devmem->operation_count++;
	return true;
}

static bool take_ops(struct driver *driver, struct devmem *devmem, const struct reference *use,
		     struct span value)
{
	const struct expression *braces = expression_parse(&use->unit->syntax, value);

	if (!braces || braces->kind != EXPRESSION_BRACES)
		return stop(devmem, use, "this object is not initialised as it should be");
	for (const struct expression *one = braces->child; one; one = one->next) {
		const struct expression *inner = one->left ? expression_inner(one->left) : NULL;
		bool fault = one->name && !strcmp(one->name, "fault");

		if (expression_is(inner, EXPRESSION_PREFIX, "&"))
			inner = inner->left;
		if (one->kind != EXPRESSION_ELEMENT || !one->name ||
		    (!fault && strcmp(one->name, "free")) || !inner ||
		    inner->kind != EXPRESSION_NAME)
			return stop(devmem, use, "this object has a value that is not understood");
		if (!take_operation(driver, devmem, use, inner->name, fault))
			return false;
		devmem->designators[devmem->designator_count++] =
			(struct devmem_designator){ use->unit, one->first + 1, fault };
	}
	return true;
}

static bool follow_ops(struct driver *driver, struct devmem *devmem)
{
	size_t count = 0;

	for (const struct reference *use = uses_of(driver, "hmm_devmem_ops"); use; use = use->next)
		count++;
	devmem->operations = arena_alloc(driver->arena, (2 * count + 1) *
					 sizeof(*devmem->operations));
	devmem->designators = arena_alloc(driver->arena, (2 * count + 1) *
					  sizeof(*devmem->designators));
	for (const struct reference *use = uses_of(driver, "hmm_devmem_ops"); use; use = use->next) {
		const struct declaration *object;

		if (!is_read(devmem, use))
			return false;
		object = declaration_at(use->unit, use->token + 1);
		if (use->kind != REFERENCE_TAG ||
		    (!object && !code_is(&use->unit->syntax, use->token + 1, "*")))
			return stop(devmem, use, "this is more than an object or a pointer to one");
		if (!object || object->declarator.stars || object->kind == DECLARATION_EXTERN)
			continue;
		if (object->declarator.value.last <= object->declarator.value.first)
			return stop(devmem, use, "this object has no initialiser");
		if (!take_ops(driver, devmem, use, object->declarator.value))
			return false;
	}
	return true;
}

static bool follow_calls(const struct driver *driver, struct devmem *devmem, const char *name,
			 size_t count)
{
	for (const struct reference *use = uses_of(driver, name); use; use = use->next) {
		struct call call;

		if (!is_read(devmem, use))
			return false;
		if (use->kind != REFERENCE_CALL || !reference_function(use) ||
		    !call_parse(&use->unit->syntax, use->token, &call) || call.count != count)
			return stop(devmem, use, "this is not a plain call");
		if (devmem->unit && use->unit != devmem->unit)
			return stop(devmem, use, "more than one file makes or removes them");
		devmem->unit = use->unit;
	}
	return true;
}

/* Functions of the API that only look like those that are ported. */
static bool follows_others(const struct driver *driver, struct devmem *devmem)
{
	static const char *const others[] = { "hmm_devmem_add_resource", "hmm_devmem_fault_range",
					      "hmm_devmem_pages_register" };

	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++) {
		const struct reference *use = uses_of(driver, others[i]);

		if (use)
			return is_read(devmem, use) &&
			       stop(devmem, use, "this function has no successor");
	}
	return true;
}

/* Whether a function needs the new struct to be complete, or what makes it. */
static bool needs_struct(const struct devmem *devmem, const struct node *function)
{
	const struct unit *unit = devmem->unit;

	for (uint32_t i = function->first; i <= function->last; i++)
		if (code_is(&unit->syntax, i, "hmm_devmem") ||
		    code_is(&unit->syntax, i, "hmm_devmem_add") ||
		    code_is(&unit->syntax, i, "hmm_devmem_remove"))
			return true;
		else if (is_member_name(&unit->syntax, i))
			for (size_t member = 0; member < DEVMEM_MEMBERS; member++)
				if (code_is(&unit->syntax, i, member_names[member]))
					return true;
	return false;
}

static void choose_place(struct driver *driver, struct devmem *devmem)
{
	const struct node *node = devmem->unit->syntax.file->child;

	while (node && (node->kind != NODE_FUNCTION || !needs_struct(devmem, node)))
		node = node->next;
	devmem->place = node;
	devmem->stem = driver_stem(driver, devmem->unit);
	devmem->type = arena_printf(driver->arena, "%s_devmem", devmem->stem);
	for (int number = 2; driver_name_taken(driver, devmem->type) ||
			     driver_name_taken(driver, arena_printf(driver->arena, "%s_add",
								     devmem->type));
	     number++)
		devmem->type = arena_printf(driver->arena, "%s_devmem%d", devmem->stem, number);
}

static bool includes_header(const struct unit *unit, const struct unit *header)
{
	return unit == header || unit_includes(unit, header);
}

/* Whether each file that names the struct includes a header. */
static bool all_include(const struct driver *driver, const struct unit *header)
{
	for (const struct reference *use = uses_of(driver, "hmm_devmem"); use; use = use->next)
		if (!includes_header(use->unit, header))
			return false;
	for (const struct reference *use = uses_of(driver, "hmm_devmem_add"); use; use = use->next)
		if (!includes_header(use->unit, header))
			return false;
	return true;
}

/* The header for a struct that more than one file has to know; false when there is none. */
static bool choose_header(const struct driver *driver, struct devmem *devmem)
{
	if (!devmem->elsewhere)
		return true;
	for (const struct reference *use = uses_of(driver, "hmm_devmem"); use; use = use->next) {
		const struct node *node = node_at(&use->unit->syntax, use->token);

		if (!source_is_header(use->unit->source) || !all_include(driver, use->unit))
			continue;
		while (node->parent && node->parent->kind != NODE_FILE)
			node = node->parent;
		devmem->header = use->unit;
		devmem->above = node;
		return true;
	}
	return stop(devmem, devmem->elsewhere,
		    "this file uses its members, and no header is included by all that name it");
}

/* A driver that declares such a struct itself is about something else. */
static bool is_own(const struct driver *driver)
{
	const struct symbol *symbol = symbol_find(&driver->program, "hmm_devmem");

	return symbol && symbol_declared(symbol, DECLARATION_STRUCT);
}

void devmem_find(struct driver *driver)
{
	struct devmem *devmem = arena_alloc(driver->arena, sizeof(*devmem));

	driver->devmem = devmem;
	if (is_own(driver))
		return;
	if (!follows_others(driver, devmem) || !follow_calls(driver, devmem, "hmm_devmem_add", 3) ||
	    !follow_calls(driver, devmem, "hmm_devmem_remove", 1) || !devmem->unit)
		return;
	devmem->removes = uses_of(driver, "hmm_devmem_remove");
	if (!follow_type(driver, devmem) || !follow_ops(driver, devmem))
		return;
	if (!choose_header(driver, devmem))
		return;
	choose_place(driver, devmem);
	devmem->whole = devmem->place;
}

const struct devmem_operation *devmem_fault(const struct driver *driver,
					    const struct function *function)
{
	const struct devmem *devmem = driver->devmem;

	for (size_t i = 0; devmem && devmem->whole && i < devmem->operation_count; i++)
		if (devmem->operations[i].function == function && devmem->operations[i].fault)
			return &devmem->operations[i];
	return NULL;
}
