// SPDX-License-Identifier: GPL-2.0-only
/*
 * What stands for MIGRATE_PFN_ERROR.
 *
 * The core never looked at the flag: a driver stored it in dst to tell itself, after the call, that
 * a page was lost.  Without VALID the entry counted as empty.  So where a call moves one page the
 * flag becomes a variable.  Where it moves several, or where the flag is used in a way that a
 * variable would not follow, the driver gets a bit of its own.
 */
#include <string.h>

#include "analyse/values.h"
#include "edit/lines.h"
#include "changes/migrate_vma/plan.h"

#define FLAG "MIGRATE_PFN_ERROR"

bool error_flag_at(const struct driver *driver, const struct error_part *part,
		   const struct unit *unit, uint32_t at)
{
	return code_is(&unit->syntax, at, FLAG) && part_has_token(driver, part, unit, at);
}

static bool names_flag(const struct driver *driver, const struct error_part *part)
{
	for (size_t u = 0; u < driver->program.unit_count; u++)
		for (uint32_t i = 0; i < driver->program.units[u].syntax.code.count; i++)
			if (error_flag_at(driver, part, &driver->program.units[u], i))
				return true;
	return false;
}

/* "*dst = MIGRATE_PFN_ERROR;" or "dst[i] = MIGRATE_PFN_ERROR;" with the flag at token @at. */
static struct node *stored_at(const struct callback *callback, uint32_t at)
{
	const struct syntax *syntax = &callback->unit->syntax;
	struct node *node = node_at(syntax, at);
	const char *dst = code_text(syntax, callback->parameters[PARAMETER_DST].name,
				    callback->parameters[PARAMETER_DST].name);
	uint32_t first = node->first;

	if (node->kind != NODE_EXPRESSION || at + 1 != node->last || !code_is(syntax, at - 1, "="))
		return NULL;
	if (code_is(syntax, first, "*") && code_is(syntax, first + 1, dst) && first + 3 == at)
		return node;
	if (code_is(syntax, first, dst) && code_is(syntax, first + 1, "[") &&
	    syntax->match[first + 1] + 2 == at)
		return node;
	return NULL;
}

/* Whether a statement stores something else into dst, or may. */
static bool stores_other(const struct callback *callback, const struct node *node)
{
	const struct syntax *syntax = &callback->unit->syntax;
	const char *dst = code_text(syntax, callback->parameters[PARAMETER_DST].name,
				    callback->parameters[PARAMETER_DST].name);

	for (uint32_t i = node->first; i <= node->last; i++)
		if (code_is(syntax, i, dst) && !is_member_name(syntax, i) &&
		    !code_is(syntax, i + 1, "++") && !code_is(syntax, i - 1, "++"))
			return true;
	return false;
}

static struct node *label_of(const struct callback *callback, const struct node *jump)
{
	const struct syntax *syntax = &callback->unit->syntax;
	const char *name = code_text(syntax, jump->name, jump->name);

	for (struct node *node = callback->function; node;
	     node = node_after(node, callback->function))
		if (node->kind == NODE_LABEL && code_is(syntax, node->name, name))
			return node;
	return NULL;
}

/* What runs after a statement without going round a loop again; at most @budget statements. */
static bool reaches_store(const struct callback *callback, const struct node *node, int budget)
{
	while (node && node->kind != NODE_FUNCTION && budget-- > 0) {
		const struct node *next = node->next;

		if (!next || (node->parent && node->parent->kind == NODE_IF)) {
			node = node->parent;
			continue;
		}
		if (next->kind == NODE_RETURN)
			return false;
		if (next->kind == NODE_GOTO) {
			node = label_of(callback, next);
			continue;
		}
		if (next->kind == NODE_BREAK || next->kind == NODE_CONTINUE) {
			node = next->parent;
			while (node && node->kind != NODE_FOR && node->kind != NODE_WHILE &&
			       node->kind != NODE_DO && node->kind != NODE_MACRO &&
			       node->kind != NODE_SWITCH && node->kind != NODE_FUNCTION)
				node = node->parent;
			continue;
		}
		if (stores_other(callback, next))
			return true;
		node = next;
	}
	return budget <= 0;
}

/* The variable whose only element is dst in a call: name, or NULL. */
static const char *single_destination(const struct site *site, struct node **declaration)
{
	const struct syntax *syntax = &site->unit->syntax;
	struct span span = site->call.arguments[ARGUMENT_DST];
	struct declarator declarator;
	bool address = code_is(syntax, span.first, "&");
	const char *name;

	span.first += address;
	if (span.first != span.last || !code_identifier(syntax, span.first))
		return NULL;
	name = code_text(syntax, span.first, span.first);
	if (!local_find(syntax, site->call.name, name, &declarator, declaration) ||
	    (*declaration)->kind != NODE_DECLARATION || !node_function(*declaration))
		return NULL;
	if (address)
		return declarator.array.last < declarator.array.first && !declarator.stars ? name
											   : NULL;
	return declarator.array.last == declarator.array.first + 2 &&
			       code_is(syntax, declarator.array.first + 1, "1")
		       ? name
		       : NULL;
}

/*
 * The condition "dst[0] == MIGRATE_PFN_ERROR" around the flag at token @at; sets *negated for "!=".
 * Returns an empty span when it is none.
 */
static struct span read_at(const struct syntax *syntax, const char *name, uint32_t at,
			   bool *negated)
{
	const struct span nothing = { 1, 0 };
	struct span span = { 0, at };

	*negated = code_is(syntax, at - 1, "!=");
	if (!code_is(syntax, at - 1, "==") && !code_is(syntax, at - 1, "&") && !*negated)
		return nothing;
	span.first = at - 2;
	if (code_is(syntax, span.first, "]"))
		span.first = syntax->match[span.first] - 1;
	if (!code_is(syntax, span.first, name))
		return nothing;
	if (code_is(syntax, span.first - 1, "*"))
		span.first--;
	return span;
}

/* Whether @at is in the function of a call that uses @ops, and reads the flag there. */
static struct site *reader(const struct driver *driver, const struct unit *unit, uint32_t at,
			   struct span *span, bool *negated)
{
	for (size_t i = 0; i < driver->site_count; i++) {
		struct site *site = driver->sites[i];
		struct node *declaration;
		const char *name;

		if (site->unit != unit || at < site->function->first || at > site->function->last ||
		    !site->ops)
			continue;
		name = single_destination(site, &declaration);
		if (!name || declaration->parent->first > at || declaration->parent->last < at)
			continue;
		*span = read_at(&unit->syntax, name, at, negated);
		if (span->first <= span->last)
			return site;
	}
	return NULL;
}

static struct callback *writer(const struct driver *driver, const struct unit *unit, uint32_t at)
{
	for (size_t i = 0; i < driver->ops_count; i++) {
		struct callback *callback = driver->ops[i]->callbacks[ALLOC_AND_COPY];

		if (callback && callback->unit == unit && !callback->keeps_signature &&
		    at >= callback->function->first && at <= callback->function->last)
			return callback;
	}
	return NULL;
}

/* Whether a variable follows every use of the flag; *reads tells whether any use is a test. */
static bool variable_follows(const struct driver *driver, const struct error_part *part,
			     bool *reads)
{
	*reads = false;
	for (size_t u = 0; u < driver->program.unit_count; u++) {
		const struct unit *unit = &driver->program.units[u];

		for (uint32_t i = 2; i < unit->syntax.code.count; i++) {
			struct callback *callback;
			struct node *store;
			struct span span;
			bool negated;

			if (!error_flag_at(driver, part, unit, i))
				continue;
			callback = writer(driver, unit, i);
			store = callback ? stored_at(callback, i) : NULL;
			if (store) {
				if (reaches_store(callback, store, 1000))
					return false;
			} else if (reader(driver, unit, i, &span, &negated)) {
				*reads = true;
			} else {
				return false;
			}
		}
	}
	for (size_t i = 0; i < driver->site_count; i++) {
		const struct site *site = driver->sites[i];
		struct node *declaration;
		const struct callback *alloc;

		if (!part_has_object(driver, part, site->ops))
			continue;
		if (!site->ops || site->ops->indirect)
			return false;
		alloc = site->ops->callbacks[ALLOC_AND_COPY];
		if (alloc && alloc->writes_error && !single_destination(site, &declaration))
			return false;
	}
	return true;
}

static bool name_free(const struct site *site, const char *name)
{
	const struct syntax *syntax = &site->unit->syntax;

	for (uint32_t i = site->function->first; i <= site->function->last; i++)
		if (code_is(syntax, i, name))
			return false;
	return true;
}

/* Whether a call may come after another with the same dst, or after itself: it starts anew, as dst did. */
static bool may_hold_error(const struct driver *driver, const struct site *site,
			   const struct node *declaration)
{
	const struct body *body = body_of(&driver->program, site->unit, site->function);
	uint32_t at = body_step(body, site->call.name);
	struct node *its;

	for (size_t i = 0; i < driver->site_count; i++) {
		const struct site *other = driver->sites[i];
		uint32_t from;

		if (other->function != site->function || !single_destination(other, &its) ||
		    its != declaration)
			continue;
		from = body_step(body, other->call.name);
		if ((from == at && other != site) || flow_reaches(body, from, at, declaration))
			return true;
	}
	return false;
}

static void declare_variable(struct driver *driver, struct site *site)
{
	static const char *const names[] = { "failed", "page_lost", "migrate_failed",
					     "migration_failed" };
	const struct syntax *syntax = &site->unit->syntax;
	struct node *declaration;
	const char *indent;

	single_destination(site, &declaration);
	for (size_t i = 0; i < driver->site_count; i++) {
		const struct site *other = driver->sites[i];
		struct node *its;

		/* Two calls with one dst share the variable. */
		if (other != site && other->failed && other->function == site->function &&
		    single_destination(other, &its) && its == declaration)
			site->failed = other->failed;
	}
	if (!site->failed) {
		for (size_t i = 0; i < sizeof(names) / sizeof(*names) && !site->failed; i++)
			if (name_free(site, names[i]))
				site->failed = names[i];
		if (!site->failed)
			site->failed = "migrate_pfn_error";
		indent = indent_at(syntax, code_start(syntax, declaration->first));
		edit_insert(site->unit->edits, end_of_statement(syntax, declaration->last),
			    arena_printf(driver->arena, "\n%sbool %s = false;", indent,
					 site->failed));
	}
	site->resets_failed = may_hold_error(driver, site, declaration);
}

/* "*dst = 0;", and "*failed = true;" where somebody asks. */
static void write_store(struct driver *driver, struct callback *callback, struct node *node,
			bool reads)
{
	const struct syntax *syntax = &callback->unit->syntax;
	uint32_t flag = node->last - 1;
	const char *indent = indent_at(syntax, code_start(syntax, node->first));
	struct edits *edits = callback->unit->edits;

	edit_replace(edits, code_start(syntax, flag), code_end(syntax, flag), "0");
	if (!reads)
		return;
	if (node->parent->kind == NODE_COMPOUND) {
		edit_insert(edits, end_of_statement(syntax, node->last),
			    arena_printf(driver->arena, "\n%s*failed = true;", indent));
		return;
	}
	indent = braces_open(driver, callback->unit, node, "");
	edit_insert(edits, end_of_statement(syntax, node->last),
		    arena_printf(driver->arena, "\n%s*failed = true;", indent));
	braces_close(driver, callback->unit, node, node);
}

static void write_read(struct driver *driver, struct unit *unit, struct site *site,
		       struct span span, bool negated)
{
	const struct syntax *syntax = &unit->syntax;

	/* (dst[0] == MIGRATE_PFN_ERROR) in brackets of its own loses them, but not an if's. */
	while (code_is(syntax, span.first - 1, "(") &&
	       syntax->match[span.first - 1] == span.last + 1 &&
	       (code_is(syntax, span.first - 2, "return") ||
		(syntax->code.list[span.first - 2].kind != TOKEN_IDENTIFIER &&
		 !code_is(syntax, span.first - 2, ")") && !code_is(syntax, span.first - 2, "]")))) {
		span.first--;
		span.last++;
	}
	edit_supersede(unit->edits, code_start(syntax, span.first), code_end(syntax, span.last),
		       arena_printf(driver->arena, "%s%s", negated ? "!" : "", site->failed));
}

void error_tell_nothing(const struct driver *driver, const struct error_part *part)
{
	for (size_t i = 0; i < driver->ops_count; i++)
		for (size_t which = 0; which < 2; which++)
			if (driver->ops[i]->callbacks[which] &&
			    part_has_object(driver, part, driver->ops[i]))
				driver->ops[i]->callbacks[which]->writes_error = false;
}

static void write_variable(struct driver *driver, const struct error_part *part, bool reads)
{
	if (!reads)
		error_tell_nothing(driver, part);
	for (size_t i = 0; i < driver->site_count; i++) {
		struct site *site = driver->sites[i];
		struct callback *alloc;

		if (!part_has_object(driver, part, site->ops))
			continue;
		alloc = site->ops->callbacks[ALLOC_AND_COPY];
		if (alloc && alloc->writes_error) {
			site->ops->failed = true;
			declare_variable(driver, site);
		}
	}
	for (size_t u = 0; u < driver->program.unit_count; u++) {
		struct unit *unit = &driver->program.units[u];

		for (uint32_t i = 2; i < unit->syntax.code.count; i++) {
			struct callback *callback;
			struct node *store;
			struct site *site;
			struct span span;
			bool negated;

			if (!error_flag_at(driver, part, unit, i))
				continue;
			callback = writer(driver, unit, i);
			store = callback ? stored_at(callback, i) : NULL;
			if (store) {
				write_store(driver, callback, store, reads);
				continue;
			}
			site = reader(driver, unit, i, &span, &negated);
			if (site && site->failed)
				write_read(driver, unit, site, span, negated);
			else if (site)
				edit_supersede(unit->edits, code_start(&unit->syntax, span.first),
					       code_end(&unit->syntax, span.last),
					       negated ? "true" : "false");
		}
	}
}

/* "x = MIGRATE_PFN_ERROR;" everywhere: nobody asks, so an empty entry says as much. */
static bool only_stored(const struct driver *driver, const struct error_part *part)
{
	for (size_t u = 0; u < driver->program.unit_count; u++) {
		const struct unit *unit = &driver->program.units[u];
		const struct syntax *syntax = &unit->syntax;

		for (uint32_t i = 1; i < syntax->code.count; i++)
			if (error_flag_at(driver, part, unit, i) &&
			    (!code_is(syntax, i - 1, "=") || !code_is(syntax, i + 1, ";") ||
			     node_at(syntax, i)->kind != NODE_EXPRESSION))
				return false;
	}
	return true;
}

static void write_empty(struct driver *driver, const struct error_part *part)
{
	error_tell_nothing(driver, part);
	for (size_t u = 0; u < driver->program.unit_count; u++) {
		struct unit *unit = &driver->program.units[u];

		for (uint32_t i = 0; i < unit->syntax.code.count; i++)
			if (error_flag_at(driver, part, unit, i))
				edit_replace(unit->edits, code_start(&unit->syntax, i),
					     code_end(&unit->syntax, i), "0");
	}
}

static void plan_part(struct driver *driver, const struct error_part *part, const char **names)
{
	bool looked_at, reads;

	if (!names_flag(driver, part))
		return;
	looked_at = dst_is_looked_at(driver, part);
	if (!looked_at && only_stored(driver, part))
		write_empty(driver, part);
	else if (!looked_at && variable_follows(driver, part, &reads))
		write_variable(driver, part, reads);
	else
		error_bit(driver, part, names);
}

void plan_error_flag(struct driver *driver)
{
	struct error_part part = { error_parts(driver, FLAG), 0 };
	const char **names = arena_alloc(driver->arena, (driver->program.unit_count + 1) * sizeof(*names));
	bool macros = error_in_macros(driver);

	if (macros)
		error_bit_macros(driver, names);
	do {
		bool used = !driver->ops_count;

		for (size_t i = 0; i < driver->ops_count; i++)
			used = used || part.of[i] == part.part;
		if (used && macros)
			error_bit(driver, &part, names);
		else if (used)
			plan_part(driver, &part, names);
	} while (++part.part < driver->ops_count);
}
