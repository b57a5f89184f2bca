// SPDX-License-Identifier: GPL-2.0-only
/*
 * Where each call moves pages: to the device, back to RAM, or whatever it finds.
 *
 * migrate_vma() took system and device memory alike; since 5.9 a call says what it wants.  The
 * evidence is where alloc_and_copy() gets its destination pages from, and whether the call is made
 * while the CPU waits for a page of the device.  Asking for both kinds is what the callback API
 * did, so that is the answer where the evidence is thin.
 */
#include <string.h>

#include "analyse/symbols.h"
#include "directions.h"
#include "changes/vm_fault/fault_page.h"
#include "owner.h"
#include "selections.h"

static bool one_of(const struct syntax *syntax, uint32_t at, const char *const *names)
{
	for (; *names; names++)
		if (code_is(syntax, at, *names))
			return true;
	return false;
}

/* Functions of the kernel that hand out a page of system memory. */
static const char *const system_allocators[] = {
	"alloc_page",
	"alloc_pages",
	"alloc_page_vma",
	"alloc_pages_vma",
	"alloc_pages_node",
	"alloc_page_vma_node",
	"alloc_pages_current",
	"hmm_vma_alloc_locked_page",
	"vma_alloc_folio",
	"__alloc_pages_node",
	"alloc_page_interleave",
	NULL,
};

/* Names that only code which looks at pages of a device uses. */
static const char *const device_names[] = {
	"is_device_private_page",      "MIGRATE_PFN_DEVICE",  "zone_device_data",
	"hmm_devmem_page_get_drvdata", "is_zone_device_page", NULL,
};

/* Names by which a driver sets up memory of a device. */
static const char *const device_memory_names[] = {
	"MEMORY_DEVICE_PRIVATE", "dev_pagemap",	   "dev_pagemap_ops", "hmm_devmem_add",
	"hmm_devmem_ops",	 "migrate_to_ram", "hmm_devmem",      NULL,
};

/* A page from a function that is out of sight; that is no proof against what else is known. */
#define DIRECTION_LIKELY_TO_DEVICE ((enum direction)4)

static bool mentions(const struct syntax *syntax, struct span span, const char *const *names)
{
	for (uint32_t i = span.first; i <= span.last; i++)
		if (one_of(syntax, i, names))
			return true;
	return false;
}

static struct span function_span(const struct node *function)
{
	return (struct span){ function->first, function->last };
}

static struct span body_span(const struct node *function)
{
	return (struct span){ node_body(function)->first, function->last };
}

static bool driver_has_device_memory(const struct driver *driver)
{
	for (size_t i = 0; device_memory_names[i]; i++) {
		const struct symbol *symbol = symbol_find(&driver->program, device_memory_names[i]);
		const struct reference *use = symbol ? symbol->references : NULL;

		while (use && use->kind >= REFERENCE_MACRO)
			use = use->next;
		if (use || (symbol && symbol->declarations))
			return true;
	}
	return false;
}

/* What a function of the driver hands out: pages of the device, or of system memory. */
static enum direction function_origin(const struct driver *driver, const struct unit *from,
				      const char *name)
{
	static const char *const device_marks[] = {
		"pfn_to_page",	    "zone_device_data", "zone_device_page_init",
		"zone_device_page", "hmm_devmem",	NULL
	};
	const struct function *function = program_function(&driver->program, from, name);
	struct span span;

	if (!function)
		return DIRECTION_LIKELY_TO_DEVICE;
	span = function_span(function->node);
	if (mentions(&function->unit->syntax, span, system_allocators) &&
	    !mentions(&function->unit->syntax, span, device_marks))
		return DIRECTION_TO_RAM;
	return DIRECTION_TO_DEVICE;
}

static enum direction page_origin(const struct driver *driver, const struct unit *unit,
				  struct span body, uint32_t name, int depth);

static enum direction variable_origin(const struct driver *driver, const struct unit *unit,
				      struct span body, const char *name, bool member, int depth);

/* What stands from a token to the end of its expression. */
static struct span value_span(const struct syntax *syntax, uint32_t at, uint32_t last)
{
	struct span span = { at, at };

	while (at <= last && !code_is(syntax, at, ";") && !code_is(syntax, at, ",") &&
	       !code_is(syntax, at, ")"))
		at = (syntax->match[at] > at ? syntax->match[at] : at) + 1;
	span.last = at - 1;
	return span;
}

/* ({ ...; value; }): its last statement without the semicolon. */
static struct span last_statement(const struct syntax *syntax, uint32_t open)
{
	struct span span = { 0, syntax->match[open + 1] - 2 };

	for (span.first = span.last; span.first > open + 1; span.first--) {
		if (syntax->match[span.first] < span.first)
			span.first = syntax->match[span.first];
		if (code_is(syntax, span.first - 1, ";") || code_is(syntax, span.first - 1, "{") ||
		    code_is(syntax, span.first - 1, "}"))
			break;
	}
	return span;
}

/* Where a value comes from: the functions that are called for it, past casts and "?:". */
static enum direction value_origin(const struct driver *driver, const struct unit *unit,
				   struct span body, struct span value, int depth)
{
	const struct syntax *syntax = &unit->syntax;
	enum direction origin = DIRECTION_UNKNOWN;

	for (uint32_t at = value.first; at <= value.last; at++) {
		if (depth > 0 && code_is(syntax, at, "(") && code_is(syntax, at + 1, "{")) {
			struct span block = { at, syntax->match[at] };
			struct span last = last_statement(syntax, at);

			if (last.first == last.last && code_identifier(syntax, last.first))
				origin |= variable_origin(
					driver, unit, block,
					code_text(syntax, last.first, last.first), false,
					depth - 1);
			else
				origin |= value_origin(driver, unit, block, last, depth - 1);
			at = block.last;
			continue;
		}
		if (!code_identifier(syntax, at) || !code_is(syntax, at + 1, "("))
			continue;
		if (one_of(syntax, at, system_allocators))
			origin |= DIRECTION_TO_RAM;
		else if (code_is(syntax, at, "page_to_pfn"))
			origin |= page_origin(driver, unit, body, at, depth - 1);
		else
			origin |= function_origin(driver, unit, code_text(syntax, at, at));
		at = syntax->match[at + 1];
	}
	return origin;
}

/* Where the values come from that are assigned to the variable @name. */
static enum direction variable_origin(const struct driver *driver, const struct unit *unit,
				      struct span body, const char *name, bool member, int depth)
{
	const struct syntax *syntax = &unit->syntax;
	enum direction origin = DIRECTION_UNKNOWN;

	for (uint32_t i = body.first; i + 2 <= body.last; i++) {
		uint32_t at = i + 1;

		if (!code_is(syntax, i, name) || is_member_name(syntax, i) != member)
			continue;
		while (code_is(syntax, at, "["))
			at = syntax->match[at] + 1;
		if (!code_is(syntax, at, "="))
			continue;
		origin |= value_origin(driver, unit, body, value_span(syntax, at + 1, body.last),
				       depth);
	}
	return origin;
}

/* Where the pages come from that the arguments of a call name. */
static enum direction page_origin(const struct driver *driver, const struct unit *unit,
				  struct span body, uint32_t name, int depth)
{
	const struct syntax *syntax = &unit->syntax;
	enum direction origin = DIRECTION_UNKNOWN;
	struct call call;

	if (depth <= 0 || !call_parse(syntax, name, &call))
		return DIRECTION_UNKNOWN;
	for (uint32_t at = call.open + 1; at < call.close; at++)
		if (code_identifier(syntax, at) && !code_is(syntax, at + 1, "(") &&
		    !code_is(syntax, at + 1, "->") && !code_is(syntax, at + 1, "."))
			origin |= variable_origin(driver, unit, body, code_text(syntax, at, at),
						  is_member_name(syntax, at), depth);
	return origin;
}

/* Whether the statement of a token makes a word of dst by hand. */
static bool makes_word(const struct syntax *syntax, uint32_t at)
{
	const struct node *node = node_at(syntax, at);

	for (uint32_t i = node->first; i <= node->last; i++)
		if (code_is(syntax, i, "MIGRATE_PFN_SHIFT"))
			return true;
	return false;
}

/* A macro of the driver that makes a word of dst from a page. */
static bool is_word_macro(const struct unit *unit, uint32_t at)
{
	const char *text;

	if (!code_identifier(&unit->syntax, at) || !code_is(&unit->syntax, at + 1, "("))
		return false;
	text = macro_find(unit, code_text(&unit->syntax, at, at));
	return text && strstr(text, "migrate_pfn(");
}

/* Where the page in migrate_pfn(page_to_pfn(page)) comes from. */
static enum direction destination_origin(const struct driver *driver, const struct unit *unit,
					 struct span body)
{
	const struct syntax *syntax = &unit->syntax;
	enum direction origin = DIRECTION_UNKNOWN;

	for (uint32_t i = body.first; i <= body.last; i++)
		if (code_is(syntax, i, "migrate_pfn") ||
		    (code_is(syntax, i, "page_to_pfn") && makes_word(syntax, i)) ||
		    is_word_macro(unit, i))
			origin |= page_origin(driver, unit, body, i, 4);
	return origin;
}

/*
 * What a callback skips tells what it wants: "if (!is_device_private_page(page)) continue;" takes
 * pages of the device, and without the "!" it takes the others.
 */
static enum direction skipped_pages(const struct unit *unit, struct span body)
{
	const struct syntax *syntax = &unit->syntax;
	enum direction wanted = DIRECTION_UNKNOWN;

	for (uint32_t i = body.first; i <= body.last; i++) {
		const struct node *node;

		if (!code_is(syntax, i, "is_device_private_page") || !code_is(syntax, i + 1, "("))
			continue;
		node = node_at(syntax, i);
		if (node->kind == NODE_IF && i < node->head_close && node->child &&
		    node_leaves(node->child))
			wanted |= code_is(syntax, i - 1, "!") ? DIRECTION_TO_RAM
							      : DIRECTION_TO_DEVICE;
	}
	return wanted;
}

/* "if (is_device_private_page(page)) copy one way; else copy another way;": it takes both. */
static bool handles_device_pages(const struct unit *unit, struct span body)
{
	const struct syntax *syntax = &unit->syntax;

	for (uint32_t i = body.first; i <= body.last; i++) {
		const struct node *node;
		bool asks = code_is(syntax, i, "is_device_private_page") &&
			    !code_is(syntax, i - 1, "!");

		if (!asks && !(code_is(syntax, i, "MIGRATE_PFN_DEVICE") &&
			       code_is(syntax, i - 1, "&")))
			continue;
		node = node_at(syntax, i);
		if (node->kind == NODE_IF && i < node->head_close && node->child &&
		    node->child->next && !node_leaves(node->child))
			return true;
	}
	return false;
}

/* The functions of the driver that a callback calls count as part of it. */
static void look_into(const struct driver *driver, struct unit *unit, struct node *function,
		      int depth, enum direction *origin, enum direction *wanted,
		      bool *device_source)
{
	const struct syntax *syntax = &unit->syntax;
	struct span body = body_span(function);

	*origin |= destination_origin(driver, unit, body);
	*wanted |= skipped_pages(unit, body);
	if (handles_device_pages(unit, body))
		*wanted |= DIRECTION_TO_DEVICE | DIRECTION_TO_RAM;
	*device_source = *device_source || mentions(syntax, body, device_names);
	for (uint32_t i = body.first; depth > 0 && i <= body.last; i++) {
		const struct function *callee;

		if (!code_identifier(syntax, i) || !code_is(syntax, i + 1, "("))
			continue;
		callee = program_function(&driver->program, unit, code_text(syntax, i, i));
		if (callee && callee->node != function)
			look_into(driver, callee->unit, callee->node, depth - 1, origin, wanted,
				  device_source);
	}
}

/* A comment at the call that says what the code does not: migrate-vma: to-device */
static enum direction direction_by_comment(const struct site *site)
{
	static const struct {
		const char *word;
		enum direction direction;
	} words[] = {
		{ "migrate-vma: to-device", DIRECTION_TO_DEVICE },
		{ "migrate-vma: to-ram", DIRECTION_TO_RAM },
		{ "migrate-vma: both", DIRECTION_TO_DEVICE | DIRECTION_TO_RAM },
	};
	const char *comment = site_comment(site);

	for (size_t i = 0; comment && i < sizeof(words) / sizeof(*words); i++)
		if (strstr(comment, words[i].word))
			return words[i].direction;
	return DIRECTION_UNKNOWN;
}

/* Whether the pointer of a call is made here: no other file hands it to the function. */
static bool is_from_this_file(const struct site *site)
{
	const struct syntax *syntax = &site->unit->syntax;
	struct span argument = site->call.arguments[ARGUMENT_OPS];
	struct declarator declarator;
	struct node *declaration;

	if (declared_static(syntax, site->function->first, site->function->name))
		return true;
	return code_identifier(syntax, argument.first) &&
	       local_find(syntax, argument.first,
			  code_text(syntax, argument.first, argument.first), &declarator,
			  &declaration) &&
	       declaration->kind == NODE_DECLARATION && node_function(declaration);
}

bool site_may_use(const struct site *site, const struct ops_object *ops)
{
	if (site->ops)
		return site->ops == ops;
	/* A pointer that stays in this file names one whose address is taken. */
	return ops->indirect || !is_from_this_file(site);
}

enum direction object_direction(const struct driver *driver, const struct ops_object *ops)
{
	enum direction origin = DIRECTION_UNKNOWN, wanted = DIRECTION_UNKNOWN;
	struct callback *alloc = ops->callbacks[ALLOC_AND_COPY];
	bool device_source = false;

	if (!alloc || !alloc->function)
		return DIRECTION_TO_DEVICE;
	look_into(driver, alloc->unit, alloc->function, 2, &origin, &wanted, &device_source);
	if (wanted == DIRECTION_TO_DEVICE || wanted == DIRECTION_TO_RAM)
		return wanted;
	if (wanted)
		return wanted;
	return origin == DIRECTION_LIKELY_TO_DEVICE ? DIRECTION_TO_DEVICE : origin;
}

/* The callbacks of a call; every object's where the pointer is only known at run time. */
static void site_evidence(const struct driver *driver, const struct site *site,
			  enum direction *origin, enum direction *wanted, bool *device_source)
{
	for (size_t i = 0; i < driver->ops_count; i++) {
		struct callback *alloc = driver->ops[i]->callbacks[ALLOC_AND_COPY];

		if (!site_may_use(site, driver->ops[i]) || !alloc || !alloc->function)
			continue;
		look_into(driver, alloc->unit, alloc->function, 2, origin, wanted, device_source);
	}
}

/* Callbacks that never look at dst leave every page where it is. */
static bool fills_nothing(const struct site *site)
{
	for (size_t which = 0; site->ops && which < 2; which++) {
		const struct callback *callback = site->ops->callbacks[which];

		if (callback && (callback->used[PARAMETER_DST] || callback->keeps_signature))
			return false;
	}
	return site->ops != NULL;
}

#define DIRECTION_BOTH (DIRECTION_TO_DEVICE | DIRECTION_TO_RAM)

/* What was found out about a migration, and whether a fault of the CPU waits for it. */
struct evidence {
	enum direction origin;
	enum direction wanted;
	bool device_source;
	bool for_fault;
	bool fills_nothing;
};

static enum direction weigh(const struct driver *driver, struct evidence *evidence)
{
	bool likely = evidence->origin & DIRECTION_LIKELY_TO_DEVICE;

	evidence->origin &= DIRECTION_BOTH;
	if (likely && evidence->origin == DIRECTION_TO_RAM)
		evidence->origin = DIRECTION_BOTH;
	if (evidence->origin != DIRECTION_TO_DEVICE && evidence->for_fault)
		return DIRECTION_TO_RAM;
	if (evidence->wanted == DIRECTION_BOTH &&
	    (evidence->origin == DIRECTION_TO_DEVICE || likely))
		return DIRECTION_BOTH;
	if (evidence->origin == DIRECTION_TO_DEVICE || evidence->origin == DIRECTION_BOTH)
		return evidence->origin;
	if (evidence->wanted == DIRECTION_TO_RAM || evidence->wanted == DIRECTION_TO_DEVICE)
		return evidence->wanted;
	if (evidence->origin == DIRECTION_TO_RAM && evidence->device_source)
		return DIRECTION_TO_RAM;
	if (!driver_has_device_memory(driver) || (!evidence->origin && evidence->fills_nothing) ||
	    (!evidence->origin && likely))
		return DIRECTION_TO_DEVICE;
	return DIRECTION_BOTH;
}

static void understand_direction(struct driver *driver, struct site *site)
{
	const struct function *function = unit_function(site->unit, site->function);
	struct evidence evidence = { 0 };

	site->fault_page = fault_page_of(driver, function);
	site->direction = direction_by_comment(site);
	if (site->direction)
		return;
	site_evidence(driver, site, &evidence.origin, &evidence.wanted, &evidence.device_source);
	evidence.for_fault = site->fault_page || only_for_faults(driver, function);
	evidence.fills_nothing = fills_nothing(site);
	site->direction = weigh(driver, &evidence);
	if (site->direction == DIRECTION_BOTH && evidence.origin != DIRECTION_BOTH &&
	    evidence.wanted != DIRECTION_BOTH && driver->target->flags_member)
		diagnose(driver->diagnostics, site->unit->source,
			 code_start(&site->unit->syntax, site->call.name), SEVERITY_NOTE,
			 "direction",
			 "cannot tell which way this call moves pages, so it takes system and "
			 "device "
			 "memory as migrate_vma() did; a comment above it narrows that: "
			 "/* migrate-vma: to-device */ or /* migrate-vma: to-ram */");
}

enum direction step_direction(struct driver *driver, const struct site *site)
{
	const struct function *function = unit_function(site->unit, site->function);
	struct evidence evidence = { 0 };

	look_into(driver, site->unit, site->function, 2, &evidence.origin, &evidence.wanted,
		  &evidence.device_source);
	evidence.for_fault = site->fault_page || only_for_faults(driver, function);
	return weigh(driver, &evidence);
}

void understand_directions(struct driver *driver)
{
	for (size_t i = 0; i < driver->site_count; i++)
		understand_direction(driver, driver->sites[i]);
	for (size_t i = 0; i < driver->site_count; i++)
		if (driver->sites[i]->direction & DIRECTION_TO_RAM)
			understand_fault_page(driver, driver->sites[i]);
	if (driver->target->owner_member && driver->site_count)
		understand_owners(driver);
	else if (driver->target->owner_member)
		understand_selections(driver);
}
