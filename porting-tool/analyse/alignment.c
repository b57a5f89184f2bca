// SPDX-License-Identifier: GPL-2.0-only
#include "alignment.h"

#include <string.h>

/* How far to follow values through variables and callers. */
#define DEPTH 12

/* A variable whose values are being looked at, and those that led to it. */
struct looked_at {
	const struct node *function;
	const char *name;
	const struct looked_at *before;
};

/* A value at a place in a function of a file. */
struct scope {
	const struct driver *driver;
	const struct unit *unit;
	const struct node *function;
	uint32_t before;
	const struct looked_at *looked_at;
};

static bool value_is_aligned(const struct scope *place, struct span span, int depth);

static const struct syntax *syntax_of(const struct scope *place)
{
	return &place->unit->syntax;
}

static void strip(const struct syntax *syntax, struct span *span)
{
	while (span->first < span->last && code_is(syntax, span->first, "(")) {
		uint32_t close = syntax->match[span->first];

		if (close == span->last) {
			span->first++;
			span->last--;
		} else if (close + 1 <= span->last && !code_is(syntax, close + 1, "<<") &&
			   code_identifier(syntax, close + 1)) {
			/* A cast. */
			span->first = close + 1;
		} else {
			break;
		}
	}
}

/* Position of the last operator of a kind outside brackets, or 0. */
static uint32_t find_operator(const struct syntax *syntax, struct span span, const char *operator)
{
	uint32_t found = 0;

	for (uint32_t i = span.first; i <= span.last; i++) {
		if (syntax->match[i] > i)
			i = syntax->match[i];
		else if (code_is(syntax, i, operator) && i > span.first)
			found = i;
	}
	return found;
}

/* #define CHUNK (16 * PAGE_SIZE), #define CHUNK (16UL << PAGE_SHIFT) */
static bool macro_is_whole_pages(const struct unit *unit, const char *name)
{
	const char *text = macro_find(unit, name);

	if (!text || strpbrk(text, "+-/%|&?"))
		return false;
	return strstr(text, "PAGE_SIZE") || strstr(text, "<< PAGE_SHIFT") || strstr(text, "SZ_");
}

/* PAGE_SIZE, FOO_CHUNK_SIZE, n * PAGE_SIZE, n << PAGE_SHIFT: a whole number of pages. */
static bool is_whole_pages(const struct scope *place, struct span span, int depth)
{
	const struct syntax *syntax = syntax_of(place);
	uint32_t at;

	strip(syntax, &span);
	at = find_operator(syntax, span, "<<");
	if (at)
		return code_is(syntax, at + 1, "PAGE_SHIFT");
	at = find_operator(syntax, span, "*");
	if (at)
		return is_whole_pages(place, (struct span){ span.first, at - 1 }, depth) ||
		       is_whole_pages(place, (struct span){ at + 1, span.last }, depth);
	if (span.first == span.last) {
		const char *name = code_text(syntax, span.first, span.first);
		size_t length = strlen(name);

		if (!strcmp(name, "PAGE_SIZE"))
			return true;
		if (code_identifier(syntax, span.first) && length > 5 &&
		    !strcmp(name + length - 5, "_SIZE"))
			return true;
		if (code_identifier(syntax, span.first) && macro_is_whole_pages(place->unit, name))
			return true;
	}
	return depth > 0 && value_is_aligned(place, span, depth - 1);
}

/* Whether a test in the head of an if settles what follows: when it holds, the function leaves. */
static bool settles(const struct scope *place, uint32_t token)
{
	const struct syntax *syntax = syntax_of(place);
	const struct node *node = node_at(syntax, token);

	if (node->kind != NODE_IF || token > node->head_close || !node->child ||
	    (place->before && node->last > place->before))
		return false;
	for (uint32_t i = node->head_open; i < node->head_close; i++)
		if (code_is(syntax, i, "&&"))
			return false;
	return node_leaves(node->child);
}

/* The function tests whether the variable is aligned, and so knows when it goes on. */
static bool is_tested(const struct scope *place, const char *name)
{
	const struct syntax *syntax = syntax_of(place);
	const struct node *function = place->function;

	for (uint32_t i = function->first + 1; i < function->last; i++) {
		bool aligned = code_is(syntax, i, "PAGE_ALIGNED") ||
			       code_is(syntax, i, "IS_ALIGNED");
		uint32_t close;

		if (!settles(place, i))
			continue;
		/* start & ~PAGE_MASK, (start | end) & ~PAGE_MASK */
		if (code_is(syntax, i, "PAGE_MASK") && code_is(syntax, i - 1, "~")) {
			for (uint32_t back = i;
			     back > function->first && i - back < 12 &&
			     !code_is(syntax, back, "if") && !code_is(syntax, back, "||");
			     back--)
				if (code_is(syntax, back, name))
					return true;
			continue;
		}
		if (!(aligned && code_is(syntax, i - 1, "!")) &&
		    !code_is(syntax, i, "offset_in_page"))
			continue;
		if (!code_is(syntax, i + 1, "("))
			continue;
		close = syntax->match[i + 1];
		for (uint32_t inner = i + 2; inner < close; inner++)
			if (code_is(syntax, inner, name) && !is_member_name(syntax, inner))
				return true;
	}
	return false;
}

static uint32_t value_end(const struct syntax *syntax, uint32_t at)
{
	while (at + 1 < syntax->code.count && !code_is(syntax, at + 1, ";") &&
	       !code_is(syntax, at + 1, ",") && !code_is(syntax, at + 1, ")")) {
		at++;
		if (syntax->match[at] > at)
			at = syntax->match[at];
	}
	return at;
}

/* A statement directly in the function's body, before the call that is asked about. */
static bool on_every_path(const struct scope *place, uint32_t token)
{
	const struct node *node = node_at(syntax_of(place), token);

	return node->parent == node_body(place->function) &&
	       (node->kind == NODE_EXPRESSION || node->kind == NODE_DECLARATION) &&
	       (!place->before || token < place->before);
}

/*
 * Every value the variable gets in the function is aligned; *count says how many there are, and
 * *settled that one of them is given on every path, whatever the variable was before.
 */
static bool assignments_aligned(const struct scope *place, const char *name, int depth,
				size_t *count, bool *settled)
{
	const struct syntax *syntax = syntax_of(place);

	for (uint32_t i = node_body(place->function)->first; i < place->function->last; i++) {
		struct span value;

		if (!code_is(syntax, i, name) || is_member_name(syntax, i))
			continue;
		if (code_is(syntax, i - 1, "&") && !code_identifier(syntax, i - 2) &&
		    !code_is(syntax, i - 2, ")"))
			return false;
		if (code_is(syntax, i + 1, "++") || code_is(syntax, i - 1, "++"))
			return false;
		value = (struct span){ i + 2, value_end(syntax, i + 1) };
		if (code_is(syntax, i + 1, "=")) {
			/* "start = start & PAGE_MASK" and "addr = next" alike. */
			if (!value_is_aligned(place, value, depth - 1))
				return false;
			(*count)++;
			*settled = *settled || on_every_path(place, i);
		} else if (code_is(syntax, i + 1, "&=")) {
			if (!code_is(syntax, i + 2, "PAGE_MASK"))
				return false;
			*settled = *settled || on_every_path(place, i);
		} else if (code_is(syntax, i + 1, "+=") || code_is(syntax, i + 1, "-=")) {
			if (!is_whole_pages(place, value, depth - 1))
				return false;
		}
	}
	return true;
}

static bool callers_pass_aligned(const struct scope *place, size_t index, int depth)
{
	const struct syntax *own = syntax_of(place);
	const char *name = code_text(own, place->function->name, place->function->name);
	size_t callers = 0;

	for (size_t u = 0; u < place->driver->program.unit_count; u++) {
		const struct unit *unit = &place->driver->program.units[u];
		const struct syntax *syntax = &unit->syntax;

		for (uint32_t i = 1; i < syntax->code.count; i++) {
			struct scope caller = { place->driver, unit, NULL, i, place->looked_at };
			struct call call;

			if (!code_is(syntax, i, name) || !call_parse(syntax, i, &call))
				continue;
			caller.function = node_function(node_at(syntax, i));
			if (!caller.function || caller.function->name == i)
				continue;
			if (index >= call.count ||
			    !value_is_aligned(&caller, call.arguments[index], depth - 1))
				return false;
			callers++;
		}
	}
	return callers > 0;
}

static bool variable_is_aligned(const struct scope *place, uint32_t token, int depth)
{
	const struct syntax *syntax = syntax_of(place);
	const char *name = code_text(syntax, token, token);
	struct declarator *parameters;
	struct looked_at this = { place->function, name, place->looked_at };
	struct scope inner = *place;
	size_t parameter_count, assigned = 0;
	bool settled = false;

	if (is_tested(place, name))
		return true;
	/* In a loop a variable gets values made of its own: they are as good as the first. */
	for (const struct looked_at *seen = place->looked_at; seen; seen = seen->before)
		if (seen->function == place->function && !strcmp(seen->name, name))
			return true;
	inner.looked_at = &this;
	if (depth <= 0 || !assignments_aligned(&inner, name, depth, &assigned, &settled))
		return false;
	if (settled)
		return true;
	parameter_count = parameters_parse(syntax, place->function, &parameters);
	for (size_t i = 0; i < parameter_count; i++)
		if (parameters[i].name && code_is(syntax, parameters[i].name, name))
			return callers_pass_aligned(&inner, i, depth);
	return assigned > 0;
}

static bool value_is_aligned(const struct scope *place, struct span span, int depth)
{
	static const char *const rounding[] = { "PAGE_ALIGN", "round_down", "round_up",
						"ALIGN_DOWN", "ALIGN",	    "rounddown",
						"roundup" };
	static const char *const smaller[] = { "min", "max", "min_t", "max_t" };
	const struct syntax *syntax = syntax_of(place);
	uint32_t at;
	struct call call;

	if (depth < 0 || span.last < span.first)
		return false;
	strip(syntax, &span);
	at = find_operator(syntax, span, "&");
	if (at && code_is(syntax, at + 1, "PAGE_MASK"))
		return true;
	at = find_operator(syntax, span, "<<");
	if (at)
		return code_is(syntax, at + 1, "PAGE_SHIFT");
	at = find_operator(syntax, span, "+");
	if (!at)
		at = find_operator(syntax, span, "-");
	if (at)
		return value_is_aligned(place, (struct span){ span.first, at - 1 }, depth) &&
		       is_whole_pages(place, (struct span){ at + 1, span.last }, depth);
	for (size_t i = 0; i < sizeof(rounding) / sizeof(*rounding); i++)
		if (code_is(syntax, span.first, rounding[i]))
			return true;
	for (size_t i = 0; i < sizeof(smaller) / sizeof(*smaller); i++) {
		if (!code_is(syntax, span.first, smaller[i]) ||
		    !call_parse(syntax, span.first, &call) || call.close != span.last)
			continue;
		for (size_t a = strchr(smaller[i], '_') ? 1 : 0; a < call.count; a++)
			if (!value_is_aligned(place, call.arguments[a], depth))
				return false;
		return true;
	}
	/* x->vm_start, vmf->address */
	if (is_member_name(syntax, span.last))
		return code_is(syntax, span.last, "vm_start") ||
		       code_is(syntax, span.last, "vm_end") ||
		       (code_is(syntax, span.last, "address") && span.last == span.first + 2 &&
			code_is(syntax, span.first, "vmf"));
	if (span.first == span.last && code_is(syntax, span.first, "0"))
		return true;
	if (span.first == span.last && code_identifier(syntax, span.first))
		return variable_is_aligned(place, span.first, depth);
	return false;
}

static bool same_text(const struct syntax *syntax, struct span left, struct span right)
{
	return !strcmp(code_line(syntax, left.first, left.last),
		       code_line(syntax, right.first, right.last));
}

/* "start + whole pages" for a value, or for every value that a variable gets in the function. */
static bool is_pages_behind(const struct scope *place, struct span end, struct span start,
			    int depth)
{
	const struct syntax *syntax = syntax_of(place);
	uint32_t plus;
	size_t count = 0;

	strip(syntax, &end);
	plus = find_operator(syntax, end, "+");
	if (plus)
		return same_text(syntax, (struct span){ end.first, plus - 1 }, start) &&
		       is_whole_pages(place, (struct span){ plus + 1, end.last }, depth);
	if (depth <= 0 || end.first != end.last || !code_identifier(syntax, end.first))
		return false;
	for (uint32_t i = node_body(place->function)->first; i < place->function->last; i++) {
		if (!code_is(syntax, i, code_text(syntax, end.first, end.first)) ||
		    is_member_name(syntax, i))
			continue;
		if (code_is(syntax, i + 1, "=")) {
			if (!is_pages_behind(place,
					     (struct span){ i + 2, value_end(syntax, i + 1) },
					     start, depth - 1))
				return false;
			count++;
		} else if (code_is(syntax, i + 1, "+=") || code_is(syntax, i + 1, "-=") ||
			   code_is(syntax, i + 1, "++")) {
			return false;
		}
	}
	return count > 0;
}

bool range_needs_mask(const struct driver *driver, const struct site *site)
{
	const struct scope place = { driver, site->unit, site->function, site->call.name, NULL };
	struct span start = site->call.arguments[ARGUMENT_START];
	struct span end = site->call.arguments[ARGUMENT_END];

	return !value_is_aligned(&place, start, DEPTH) && !is_pages_behind(&place, end, start, DEPTH);
}
