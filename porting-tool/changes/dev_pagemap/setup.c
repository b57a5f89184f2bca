// SPDX-License-Identifier: GPL-2.0-only
#include "setup.h"

#include <stdlib.h>
#include <string.h>

#include "analyse/callers.h"
#include "changes/hmm_devmem/devmem.h"

/* Places whose value is MEMORY_DEVICE_PRIVATE, and what they were stored in. */
struct search {
	struct driver *driver;
	struct setups *setups;
	const struct reference **values;
	size_t value_count;
	size_t value_capacity;
	const void **seen;
	size_t seen_count;
	size_t seen_capacity;
};

static struct setup *add_setup(struct search *search, struct unit *unit, uint32_t token)
{
	struct setups *setups = search->setups;
	struct setup *setup;

	setups->list = grow(setups->list, setups->count, &setups->capacity, sizeof(*setup));
	setup = &setups->list[setups->count++];
	*setup = (struct setup){ .form = SETUP_UNKNOWN, .unit = unit, .type = token, .base = token,
				 .statement = node_at(&unit->syntax, token) };
	return setup;
}

static void add_value(struct search *search, const struct reference *use)
{
	search->values = grow(search->values, search->value_count, &search->value_capacity,
			      sizeof(*search->values));
	search->values[search->value_count++] = use;
}

/* Whether a variable, a member or a macro is met for the first time. */
static bool is_new(struct search *search, const void *place)
{
	for (size_t i = 0; i < search->seen_count; i++)
		if (search->seen[i] == place)
			return false;
	search->seen = grow(search->seen, search->seen_count, &search->seen_capacity,
			    sizeof(*search->seen));
	search->seen[search->seen_count++] = place;
	return true;
}

static void read_variable(struct search *search, const struct declaration *declaration)
{
	const struct reference *use = declaration->symbol->references;

	if (!is_new(search, declaration))
		return;
	for (; use; use = use->next)
		if (use->kind == REFERENCE_VALUE &&
		    declaration_at(use->unit, use->token) == declaration &&
		    !code_is(&use->unit->syntax, use->token + 1, "="))
			add_value(search, use);
}

static void read_member(struct search *search, const struct symbol *member)
{
	if (!is_new(search, member))
		return;
	for (const struct reference *use = member->references; use; use = use->next)
		if (use->kind == REFERENCE_MEMBER &&
		    !code_is(&use->unit->syntax, use->token + 1, "="))
			add_value(search, use);
}

/* "#define NAME MEMORY_DEVICE_PRIVATE" is another name for it; any other text is out of reach. */
static void read_macro(struct search *search, const struct reference *in)
{
	const struct declaration *macro = in->macro;
	const struct token *line = &in->unit->syntax.all.list[in->token];
	const char *text = in->unit->syntax.source->text;
	size_t length = in->offset - line->start;

	if (!is_new(search, macro))
		return;
	if (memchr(text + line->start, '=', length)) {
		const struct reference *use = macro->symbol->references;

		while (use && use->kind > REFERENCE_TYPE)
			use = use->next;
		if (use)
			add_setup(search, use->unit, use->token)->macro = macro->symbol->name;
		return;
	}
	for (const struct reference *use = macro->symbol->references; use; use = use->next)
		add_value(search, use);
}

/* The first token of the expression whose member stands behind @dot. */
static uint32_t base_of(const struct syntax *syntax, uint32_t dot)
{
	uint32_t at = dot;

	while (at-- > 0) {
		if (syntax->match[at] < at)
			at = syntax->match[at];
		if (code_is(syntax, at, "["))
			continue;
		if (code_is(syntax, at, "(") && at > 0 && code_identifier(syntax, at - 1))
			continue;
		if (!is_member_name(syntax, at))
			return at;
		at--;
	}
	return 0;
}

/* The first token of the name that the braces around a designator initialise, or that of a cast. */
static uint32_t initialised_by(const struct syntax *syntax, uint32_t at)
{
	while (at-- > 1) {
		if (syntax->match[at] < at)
			at = syntax->match[at];
		if (!code_is(syntax, at, "{"))
			continue;
		if (code_is(syntax, at - 1, ")"))
			return at - 1;
		if (!code_is(syntax, at - 1, "="))
			continue;
		at -= 2;
		while (at > 0 && code_is(syntax, at, "]"))
			at = syntax->match[at] - 1;
		if (code_identifier(syntax, at))
			return at;
		at++;
	}
	return 0;
}

/* Whether the member at a token is one of a struct that the driver declares itself. */
static bool is_own_struct(const struct unit *unit, uint32_t type)
{
	const struct syntax *syntax = &unit->syntax;
	const struct declaration *holder;
	uint32_t at = type - 2, first, last;

	if (code_is(syntax, at, "{") || code_is(syntax, at, ","))
		at = initialised_by(syntax, type);
	while (at > 0 && code_is(syntax, at, "]"))
		at = syntax->match[at] - 1;
	first = syntax->match[at];
	last = at;
	if (symbol_at(unit, at)) {
		holder = is_member_name(syntax, at) ?
				 symbol_declared(symbol_at(unit, at), DECLARATION_MEMBER) :
				 declaration_at(unit, at);
		if (!holder)
			return false;
		unit = holder->unit;
		first = holder->declarator.specifiers.first;
		last = holder->declarator.specifiers.last;
	}
	for (uint32_t i = first; i < last; i++)
		if (code_is(&unit->syntax, i, "struct"))
			return symbol_declared(symbol_at(unit, i + 1), DECLARATION_STRUCT);
	return false;
}

static bool has_side_effect(const struct syntax *syntax, uint32_t first, uint32_t last)
{
	for (uint32_t i = first; i <= last; i++)
		if (code_is(syntax, i, "++") || code_is(syntax, i, "--") ||
		    code_is(syntax, i, "=") ||
		    (code_is(syntax, i, "(") && i > first && code_identifier(syntax, i - 1)))
			return true;
	return false;
}

/* The value at a token goes to a member "type". */
static void take_setup(struct search *search, struct unit *unit, uint32_t value)
{
	const struct syntax *syntax = &unit->syntax;
	struct node *node = node_at(syntax, value);
	uint32_t type = value - 1;
	struct setup *setup;

	while (!code_is(syntax, type, "type") || !is_member_name(syntax, type))
		type--;
	if (is_own_struct(unit, type)) {
		read_member(search, symbol_at(unit, type));
		return;
	}
	setup = add_setup(search, unit, type);
	setup->statement = node;
	setup->last = value;
	while (!code_is(syntax, setup->last + 1, ";") && !code_is(syntax, setup->last + 1, ",") &&
	       !code_is(syntax, setup->last + 1, "}") && setup->last < node->last) {
		setup->last++;
		if (syntax->match[setup->last] > setup->last)
			setup->last = syntax->match[setup->last];
	}
	if (code_is(syntax, type - 2, "{") || code_is(syntax, type - 2, ",")) {
		setup->form = SETUP_DESIGNATED;
		return;
	}
	setup->base = base_of(syntax, type - 1);
	/* "a->type = b->type = x" sets two. */
	if (node->kind == NODE_EXPRESSION && !code_is(syntax, setup->base - 1, "=") && !has_side_effect(syntax, setup->base, type))
		setup->form = SETUP_STATEMENT;
}

static void follow(struct search *search, const struct reference *use)
{
	struct address address;

	if (use->kind == REFERENCE_MACRO) {
		read_macro(search, use);
		return;
	}
	if (use->kind > REFERENCE_MEMBER)
		return;
	address = address_at(&search->driver->program, use->unit, use->token);
	if (address.kind == ADDRESS_VARIABLE)
		read_variable(search, address.declaration);
	else if (address.kind == ADDRESS_MEMBER && !strcmp(address.symbol->name, "type"))
		take_setup(search, use->unit, use->token);
	else if (address.kind == ADDRESS_MEMBER)
		read_member(search, address.symbol);
	else if (address.kind == ADDRESS_MACRO)
		add_setup(search, use->unit, use->token)->macro = address.symbol->name;
	else if (address.kind == ADDRESS_LOST)
		add_setup(search, use->unit, use->token);
}

static size_t root_of(const size_t *parts, size_t unit)
{
	while (parts[unit] != unit)
		unit = parts[unit];
	return unit;
}

/* The name that a statement at file scope defines for other files as well, or NULL. */
static const struct symbol *defined_by(const struct unit *unit, const struct node *node)
{
	struct declarator *list;

	if (declared_static(&unit->syntax, node->first, node->last) && node->kind != NODE_FUNCTION)
		return NULL;
	if (node->kind == NODE_FUNCTION)
		return unit_function(unit, node)->private ? NULL : symbol_at(unit, node->name);
	if (node->kind != NODE_DECLARATION || code_is(&unit->syntax, node->first, "extern") ||
	    code_is(&unit->syntax, node->first, "typedef") ||
	    !declaration_parse(&unit->syntax, (struct span){ node->first, node->last }, &list) ||
	    list[0].function)
		return NULL;
	return symbol_at(unit, list[0].name);
}

/* Whether a file has a definition of its own for a name, in whatever scope. */
static bool defines(const struct unit *unit, const struct symbol *symbol)
{
	for (const struct declaration *one = symbol->declarations; one; one = one->next)
		if (one->unit == unit && one->kind != DECLARATION_PROTOTYPE &&
		    one->kind != DECLARATION_EXTERN)
			return true;
	return false;
}

static void join_users(struct driver *driver, struct setups *setups, size_t unit,
		       const struct symbol *symbol)
{
	const struct reference *use = symbol->references;

	for (; use; use = use->next) {
		size_t other = use->unit - driver->program.units;

		if (other != unit && !source_is_header(use->unit->source) &&
		    use->kind != REFERENCE_MEMBER && use->kind != REFERENCE_TAG &&
		    root_of(setups->parts, other) != root_of(setups->parts, unit) &&
		    !defines(use->unit, symbol))
			setups->parts[root_of(setups->parts, other)] =
				root_of(setups->parts, unit);
	}
}

/* Files belong to one part when one uses what only the other defines. */
static void find_parts(struct driver *driver, struct setups *setups)
{
	struct program *program = &driver->program;

	setups->parts = arena_alloc(driver->arena,
				    (program->unit_count + 1) * sizeof(*setups->parts));
	for (size_t i = 0; i < program->unit_count; i++)
		setups->parts[i] = i;
	for (size_t u = 0; u < program->unit_count && program->unit_count > 1; u++) {
		const struct unit *unit = &program->units[u];
		const struct node *node = unit->syntax.file->child;

		for (; node && !source_is_header(unit->source); node = node->next) {
			const struct symbol *symbol = defined_by(unit, node);

			if (symbol)
				join_users(driver, setups, u, symbol);
		}
	}
}

size_t setup_part(const struct driver *driver, const struct setups *setups,
		  const struct unit *unit)
{
	return root_of(setups->parts, unit - driver->program.units);
}

/* Moves what grew on the heap to where everything else lives. */
static void *keep(struct arena *arena, void *list, size_t size)
{
	void *kept = arena_alloc(arena, size + 1);

	if (size)
		memcpy(kept, list, size);
	free(list);
	return kept;
}

/* All calls of the old API become calls of one new function, which is one place. */
static void find_devmem(struct search *search)
{
	const struct symbol *symbol = symbol_find(&search->driver->program, "hmm_devmem_add");
	const struct reference *use;
	struct setup *setup;

	if (!search->driver->devmem->whole)
		return;
	use = symbol->references;
	setup = add_setup(search, use->unit, use->token);
	setup->form = SETUP_DEVMEM;
	setup->statement = node_at(&use->unit->syntax, use->token);
}

struct setups *setups_find(struct driver *driver)
{
	const struct symbol *type = symbol_find(&driver->program, "MEMORY_DEVICE_PRIVATE");
	struct search search = { .driver = driver,
				 .setups = arena_alloc(driver->arena, sizeof(*search.setups)) };

	find_parts(driver, search.setups);
	for (const struct reference *use = type ? type->references : NULL; use; use = use->next)
		add_value(&search, use);
	for (size_t i = 0; i < search.value_count; i++)
		follow(&search, search.values[i]);
	find_devmem(&search);
	for (size_t i = 0; i < search.setups->count; i++)
		search.setups->list[i].part = setup_part(driver, search.setups,
							 search.setups->list[i].unit);
	free(search.values);
	free(search.seen);
	search.setups->list = keep(driver->arena, search.setups->list,
				   search.setups->count * sizeof(*search.setups->list));
	return search.setups;
}
