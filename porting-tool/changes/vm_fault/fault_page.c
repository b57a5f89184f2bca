// SPDX-License-Identifier: GPL-2.0-only
#include "fault_page.h"

#include <string.h>

#include "edit/edit.h"

/* Longer chains of calls between a fault handler and migrate_vma() are for a person. */
#define CHAIN_MAX 8

/*
 * Functions that get the page as a parameter.  One that cannot get it is an obstacle, if a fault
 * handler calls it.
 */
struct chain {
	struct unit *units[CHAIN_MAX];
	struct node *functions[CHAIN_MAX];
	bool obstacles[CHAIN_MAX];
	size_t count;
	bool reached;
	bool too_long;
};

static bool words_name(const struct syntax *syntax, struct span span, const char *name)
{
	for (uint32_t i = span.first; i <= span.last; i++)
		if (code_is(syntax, i, name))
			return true;
	return false;
}

/* Whether a function handles faults of a mapping of the driver's own: no device page is there. */
static bool is_mapping_fault(const struct unit *unit, const struct node *function)
{
	static const char *const members[] = { "fault", "huge_fault", "page_mkwrite",
					       "pfn_mkwrite", "map_pages" };
	const struct syntax *syntax = &unit->syntax;
	const char *name = code_text(syntax, function->name, function->name);

	for (uint32_t i = 3; i < syntax->code.count; i++) {
		if (!code_is(syntax, i, name) || !code_is(syntax, i - 1, "=") ||
		    !is_member_name(syntax, i - 2))
			continue;
		for (size_t m = 0; m < sizeof(members) / sizeof(*members); m++)
			if (code_is(syntax, i - 2, members[m]))
				return true;
	}
	return false;
}

const char *fault_page_of(const struct unit *unit, const struct node *function)
{
	const struct syntax *syntax = &unit->syntax;
	struct declarator *parameters;
	size_t count = parameters_parse(syntax, function, &parameters);
	bool device_fault = false;

	for (size_t i = 0; i < count; i++)
		device_fault = device_fault ||
			       words_name(syntax, parameters[i].specifiers, "hmm_devmem");
	if (!device_fault && is_mapping_fault(unit, function))
		return NULL;
	for (size_t i = 0; i < count; i++) {
		const char *name = parameters[i].name ? code_text(syntax, parameters[i].name,
								  parameters[i].name)
						      : NULL;

		if (!name || parameters[i].stars != 1)
			continue;
		if (words_name(syntax, parameters[i].specifiers, "vm_fault"))
			return arena_printf(syntax->arena, "%s->page", name);
		if (device_fault && words_name(syntax, parameters[i].specifiers, "page"))
			return arena_printf(syntax->arena, "(struct page *)%s", name);
	}
	return NULL;
}

static bool uses_name(const struct unit *unit, const struct node *function, const char *name)
{
	for (uint32_t i = function->first; i <= function->last; i++)
		if (code_is(&unit->syntax, i, name))
			return true;
	return false;
}

static bool in_chain(const struct chain *chain, const struct node *function)
{
	for (size_t i = 0; i < chain->count; i++)
		if (chain->functions[i] == function)
			return true;
	return false;
}

static bool is_prototype_of(const struct syntax *syntax, const struct node *node, uint32_t name)
{
	struct declarator *list;

	return node->kind == NODE_DECLARATION && !node_function(node) &&
	       declaration_parse(syntax, (struct span){ node->first, node->last }, &list) &&
	       list[0].function && list[0].name == name;
}

/*
 * Walks over the places where the arms of #if that are not read have a name, from token *at on.
 * Sets *close to the ")" of the parameter list when it is the head of a function or a prototype
 * there, else to 0.
 */
static bool next_unread(const struct unit *unit, const char *name, size_t *at, size_t *close)
{
	const struct tokens *all = &unit->syntax.all;
	const char *text = unit->source->text;
	size_t depth = 0, end;

	for (; *at + 2 < all->count; (*at)++)
		if (*at && token_is(text, &all->list[*at], name) && token_unread(unit, *at))
			break;
	if (*at + 2 >= all->count)
		return false;
	*close = 0;
	end = *at + 1;
	do {
		depth += token_is(text, &all->list[end], "(");
		depth -= depth && token_is(text, &all->list[end], ")");
	} while (depth && ++end < all->count);
	if (end > *at + 1 && end + 1 < all->count &&
	    (token_is(text, &all->list[end + 1], "{") ||
	     token_is(text, &all->list[end + 1], ";")) &&
	    (all->list[*at - 1].kind == TOKEN_IDENTIFIER ||
	     token_is(text, &all->list[*at - 1], "*")) &&
	    !token_is(text, &all->list[*at - 1], "return"))
		*close = end;
	(*at)++;
	return true;
}

static bool called_unread(const struct unit *unit, const char *name)
{
	size_t at = 0, close;

	while (next_unread(unit, name, &at, &close))
		if (!close)
			return true;
	return false;
}

/* Follows the callers of a function upwards; stops at fault handlers. */
static void follow(struct driver *driver, struct chain *chain, struct unit *unit,
		   struct node *function)
{
	const char *name = code_text(&unit->syntax, function->name, function->name);

	size_t own = chain->count;

	if (in_chain(chain, function))
		return;
	if (own == CHAIN_MAX) {
		chain->too_long = true;
		return;
	}
	chain->units[own] = unit;
	chain->functions[chain->count++] = function;
	chain->obstacles[own] = header_declaring(driver, unit, name) ||
				uses_name(unit, function, "fault_page");
	for (size_t u = 0; u < driver->program.unit_count; u++) {
		struct unit *where = &driver->program.units[u];
		const struct syntax *syntax = &where->syntax;

		if (called_unread(where, name))
			chain->obstacles[own] = true;
		for (uint32_t i = 1; i < syntax->code.count; i++) {
			struct node *node, *caller;

			if (!code_is(syntax, i, name) || is_member_name(syntax, i))
				continue;
			node = node_at(syntax, i);
			caller = node_function(node);
			if ((where == unit && function->name == i) ||
			    is_prototype_of(syntax, node, i))
				continue;
			if (!caller || !code_is(syntax, i + 1, "(")) {
				chain->obstacles[own] = true;
				continue;
			}
			if (fault_page_of(where, caller))
				chain->reached = true;
			else
				follow(driver, chain, where, caller);
		}
	}
}

static bool faults_only(const struct unit *unit, const struct node *function, int depth)
{
	const struct syntax *syntax = &unit->syntax;
	const char *name = code_text(syntax, function->name, function->name);
	bool called = false;

	if (depth <= 0 || !declared_static(syntax, function->first, function->name) ||
	    called_unread(unit, name))
		return false;
	for (uint32_t i = 1; i < syntax->code.count; i++) {
		struct node *node, *caller;

		if (!code_is(syntax, i, name) || is_member_name(syntax, i) || function->name == i)
			continue;
		node = node_at(syntax, i);
		caller = node_function(node);
		if (is_prototype_of(syntax, node, i))
			continue;
		if (!caller || !code_is(syntax, i + 1, "(") ||
		    (!fault_page_of(unit, caller) && !faults_only(unit, caller, depth - 1)))
			return false;
		called = true;
	}
	return called;
}

bool only_for_faults(const struct unit *unit, const struct node *function)
{
	return faults_only(unit, function, CHAIN_MAX);
}

/* Whether a function is called, directly or not, from a fault handler. */
static bool below_handler(struct driver *driver, struct unit *unit, struct node *function)
{
	struct chain chain = { 0 };

	follow(driver, &chain, unit, function);
	return chain.reached;
}

/* How much wider a pointer to an ops object gets when it becomes one to a function. */
#define POINTER_GROWS 24

static bool close_has_own_line(const struct syntax *syntax, const struct call *call)
{
	return source_line(syntax->source, code_start(syntax, call->close)) !=
	       source_line(syntax->source, code_start(syntax, call->close - 1));
}

static void add_argument(struct driver *driver, struct unit *unit, uint32_t name, const char *text)
{
	const char *measured = text;
	struct call call;
	bool none;

	if (!call_parse(&unit->syntax, name, &call))
		return;
	none = call.count == 0 ||
	       (call.count == 1 && code_is(&unit->syntax, call.open + 1, "void") &&
		call.open + 2 == call.close);
	if (none)
		edit_replace(unit->edits, code_end(&unit->syntax, call.open),
			     code_start(&unit->syntax, call.close), text);
	if (words_name(&unit->syntax, (struct span){ call.open, call.close }, "migrate_vma_ops"))
		measured = arena_printf(driver->arena, "%s%*s", text, POINTER_GROWS, "");
	if (!none && close_has_own_line(&unit->syntax, &call))
		edit_insert(unit->edits, code_end(&unit->syntax, call.close - 1),
			    arena_printf(driver->arena, ",\n%s%s",
					 indent_at(&unit->syntax,
						   code_start(&unit->syntax, call.close - 1)),
					 text));
	else if (!none)
		edit_insert(unit->edits, code_start(&unit->syntax, call.close),
			    arena_printf(driver->arena, ",%s%s",
					 argument_gap(&unit->syntax, unit->style, call.open,
						      call.close, measured),
					 text));
}

/* ", text" in front of a ")", on a line of its own when the line is too short for it. */
static const char *parameter_added(const struct unit *unit, size_t close, const char *text)
{
	const struct syntax *syntax = &unit->syntax;
	const struct source *source = unit->source;
	uint32_t end = syntax->all.list[close].start;
	size_t line = source_line(source, end), open, depth = 0;
	const char *head = arena_copy(syntax->arena, source->text + source->lines[line],
				      end - source->lines[line]);

	if (text_columns(head, 0) + strlen(text) + 3 <= unit->style->width)
		return arena_printf(syntax->arena, ", %s", text);
	open = close;
	while (open-- > 0) {
		depth += token_is(source->text, &syntax->all.list[open], ")");
		if (token_is(source->text, &syntax->all.list[open], "(") && !depth--)
			break;
	}
	if (open >= close || source_line(source, syntax->all.list[open].start) != line)
		return arena_printf(syntax->arena, ",\n%s%s", indent_at(syntax, end), text);
	head = arena_copy(syntax->arena, source->text + source->lines[line],
			  syntax->all.list[open].end - source->lines[line]);
	return arena_printf(syntax->arena, ",\n%s%s",
			    indent_to(syntax->arena, unit->style, text_columns(head, 0)), text);
}

static void write_callers(struct driver *driver, const struct chain *chain, size_t index)
{
	const struct unit *own = chain->units[index];
	const struct node *function = chain->functions[index];
	const char *name = code_text(&own->syntax, function->name, function->name);

	for (size_t u = 0; u < driver->program.unit_count; u++) {
		struct unit *unit = &driver->program.units[u];
		const struct syntax *syntax = &unit->syntax;
		size_t at = 0, close;

		while (next_unread(unit, name, &at, &close))
			edit_insert(unit->edits, syntax->all.list[close].start,
				    parameter_added(unit, close, "struct page *fault_page"));
		for (uint32_t i = 1; i < syntax->code.count; i++) {
			struct node *node, *caller;
			const char *page;

			if (!code_is(syntax, i, name) || is_member_name(syntax, i))
				continue;
			node = node_at(syntax, i);
			caller = node_function(node);
			if ((unit == own && function->name == i) ||
			    is_prototype_of(syntax, node, i)) {
				add_argument(driver, unit, i, "struct page *fault_page");
				continue;
			}
			page = fault_page_of(unit, caller);
			if (!page)
				page = in_chain(chain, caller) ? "fault_page" : "NULL";
			add_argument(driver, unit, i, page);
		}
	}
}

/* Functions between the call and the handlers; those that no handler calls pass NULL instead. */
static void drop_others(struct driver *driver, struct chain *chain)
{
	size_t kept = 1;

	for (size_t i = 1; i < chain->count; i++) {
		if (!below_handler(driver, chain->units[i], chain->functions[i]))
			continue;
		chain->units[kept] = chain->units[i];
		chain->obstacles[kept] = chain->obstacles[i];
		chain->functions[kept++] = chain->functions[i];
	}
	chain->count = kept;
}

void understand_fault_page(struct driver *driver, struct site *site)
{
	struct chain chain = { 0 };
	const char *obstacle = NULL;

	if (site->fault_page || !driver->target->fault_page_member)
		return;
	/* Another call of the same function has done it. */
	for (size_t i = 0; i < driver->site_count; i++)
		if (driver->sites[i]->function == site->function && driver->sites[i]->fault_page) {
			site->fault_page = driver->sites[i]->fault_page;
			return;
		}
	follow(driver, &chain, site->unit, site->function);
	if (!chain.reached)
		return;
	drop_others(driver, &chain);
	for (size_t i = 0; i < chain.count && !obstacle; i++)
		if (chain.obstacles[i] || chain.too_long)
			obstacle = code_text(&chain.units[i]->syntax, chain.functions[i]->name,
					     chain.functions[i]->name);
	if (obstacle) {
		driver_warn(driver, site->unit, site->call.name, "fault-page",
			    "a fault handler gets here, and since 6.1 it has to set fault_page to "
			    "vmf->page, or the page never comes back: bring the page here through "
			    "the parameters of %s()",
			    obstacle);
		return;
	}
	for (size_t i = 0; i < chain.count; i++)
		write_callers(driver, &chain, i);
	site->fault_page = "fault_page";
}
