// SPDX-License-Identifier: GPL-2.0-only
/*
 * Pointers to ops objects become pointers to the functions that stand for the objects.
 */
#include <string.h>

#include "edit/lines.h"
#include "plan.h"

/* Whether the prototypes of what is called from here on have taken the place. */
static bool is_written(const struct unit *unit, const struct node *node)
{
	for (size_t i = 0; i < unit->edits->count; i++)
		if (unit->edits->list[i].start == code_start(&unit->syntax, node->first) &&
		    unit->edits->list[i].end == code_end(&unit->syntax, node->last))
			return true;
	return false;
}

/*
 * "extern const struct migrate_vma_ops name, other;" declares the functions instead, and so does
 * "static const struct migrate_vma_ops name;" above the definition where something needs it.
 */
static bool plan_declaration(struct driver *driver, struct unit *unit, struct node *node)
{
	const struct syntax *syntax = &unit->syntax;
	bool external = code_is(syntax, node->first, "extern");
	const char *text = "";
	struct declarator *list;
	size_t count;

	if (!driver_declares_ops(driver, unit, node))
		return false;
	if (is_written(unit, node))
		return true;
	count = declaration_parse(syntax, (struct span){ node->first, node->last }, &list);
	for (size_t i = 0; i < count; i++) {
		const char *name = code_text(syntax, list[i].name, list[i].name);
		const struct ops_object *ops = driver_ops(driver, unit, list[i].name, name);

		if (ops->helper && (external || ops->indirect))
			text = arena_printf(driver->arena, "%s%s%s;", text, *text ? "\n" : "",
					    helper_head(driver, ops));
	}
	if (*text)
		edit_replace(unit->edits, code_start(syntax, node->first),
			     code_end(syntax, node->last), text);
	else
		remove_lines(unit->edits, syntax,
			     external ? top_with_comment(syntax, code_start(syntax, node->first))
				      : code_start(syntax, node->first),
			     code_end(syntax, node->last));
	return true;
}

/* The "name(" whose parameter list holds a token, or 0. */
static uint32_t parameter_list(const struct syntax *syntax, uint32_t at)
{
	const struct node *node = node_at(syntax, at);

	if (node->kind != NODE_FUNCTION && node->kind != NODE_DECLARATION)
		return 0;
	for (uint32_t i = at; i-- > node->first;)
		if (code_is(syntax, i, "(") && syntax->match[i] > at && i > 0 &&
		    code_identifier(syntax, i - 1))
			return i - 1;
	return 0;
}

/* A pointer that gets a value where it is declared: the value goes to a line of its own. */
static void write_initialised(struct unit *unit, struct span span, const char *text)
{
	const struct syntax *syntax = &unit->syntax;
	const char *indent = indent_at(syntax, code_start(syntax, span.first));

	edit_replace(unit->edits, code_start(syntax, span.first), code_end(syntax, span.last),
		     text);
	edit_replace(unit->edits, code_end(syntax, span.last + 1),
		     code_start(syntax, span.last + 2),
		     arena_printf(syntax->arena, "\n%s",
				  indent_deeper(syntax->arena, unit->style, indent)));
}

/* The parameter that is to be added after a list already, or NULL; it is not added twice. */
static const char *take_added(struct unit *unit, const struct call *list)
{
	struct edits *edits = unit->edits;

	for (size_t i = 0; i < edits->count; i++) {
		const struct edit *edit = &edits->list[i];
		const char *text = edit->text;

		if (edit->start != edit->end ||
		    edit->start != code_start(&unit->syntax, list->close) || text[0] != ',')
			continue;
		text += 1 + strspn(text + 1, " \t\n");
		memmove(&edits->list[i], &edits->list[i + 1],
			(--edits->count - i) * sizeof(*edits->list));
		return text;
	}
	return NULL;
}

/* Writes a pointer's declaration; a parameter list that gets too wide by it is laid out anew. */
static void write_pointer(struct driver *driver, struct unit *unit, struct span span,
			  const char *text)
{
	const struct syntax *syntax = &unit->syntax;
	const struct source *source = unit->source;
	uint32_t name = parameter_list(syntax, span.first);
	size_t line = source_line(source, code_start(syntax, span.first));
	const char *old = arena_copy(driver->arena, source->text + source->lines[line],
				     source_line_end(source, line) - source->lines[line]);
	unsigned int width = text_columns(old, 0) + text_columns(text, 0) -
			     text_columns(code_line(syntax, span.first, span.last), 0);
	const char **parts, *added;
	struct call list;
	size_t count;
	uint32_t top;

	if (!name && code_is(syntax, span.last + 1, "=") && width > unit->style->width) {
		write_initialised(unit, span, text);
		return;
	}
	if (!name || width <= unit->style->width || !call_parse(syntax, name, &list)) {
		edit_replace(unit->edits, code_start(syntax, span.first),
			     code_end(syntax, span.last), text);
		return;
	}
	parts = arena_alloc(driver->arena, (list.count + 1) * sizeof(*parts));
	for (size_t i = 0; i < list.count; i++)
		parts[i] = list.arguments[i].first <= span.first &&
					   list.arguments[i].last >= span.last
				   ? text
				   : code_line(syntax, list.arguments[i].first,
					       list.arguments[i].last);
	count = list.count;
	added = take_added(unit, &list);
	if (added)
		parts[count++] = added;
	top = line_top(source, code_start(syntax, name));
	text = call_layout(driver->arena, unit->style, "",
			   arena_copy(driver->arena, source->text + top,
				      code_end(syntax, name) - top),
			   parts, count, "", false);
	/* Up to the last parameter, so that one can still be added after it. */
	edit_supersede(unit->edits, top, code_end(syntax, list.close - 1),
		       arena_printf(driver->arena, "%.*s", (int)strlen(text) - 1, text));
}

/*
 * "const struct migrate_vma_ops *name(...)" becomes a function that returns a pointer to a function:
 * int (*name(...))(struct migrate_vma *args, void *private)
 */
static bool plan_function(struct unit *unit, struct span type, uint32_t name)
{
	const struct syntax *syntax = &unit->syntax;
	struct edits *edits = unit->edits;
	struct call list;

	if (!call_parse(syntax, name, &list) || node_function(node_at(syntax, name)) !=
		    (code_is(syntax, list.close + 1, "{") ? node_at(syntax, name) : NULL))
		return false;
	edit_replace(edits, code_start(syntax, type.first), code_end(syntax, type.last), "int (*");
	edit_insert(edits, code_end(syntax, list.close), ")" POINTER_PARAMETERS);
	return true;
}

/* "const struct migrate_vma_ops *in, *out;" becomes a declaration for each. */
static bool plan_pointers(struct driver *driver, struct unit *unit, uint32_t first, uint32_t star)
{
	const struct syntax *syntax = &unit->syntax;
	const char *storage = code_is(syntax, first - 1, "static") ? "static " : "", *text = "";
	const char *indent = indent_at(syntax, code_start(syntax, first));
	uint32_t at = star;

	first -= *storage != '\0';
	if (!code_is(syntax, first - 1, ";") && !code_is(syntax, first - 1, "{") &&
	    !code_is(syntax, first - 1, "}"))
		return false;
	for (; code_is(syntax, at, "*") && code_identifier(syntax, at + 1); at += 3) {
		text = arena_printf(driver->arena, "%s%s%s%sint (*%s)" POINTER_PARAMETERS ";", text,
				    *text ? "\n" : "", *text ? indent : "", storage,
				    code_text(syntax, at + 1, at + 1));
		if (!code_is(syntax, at + 2, ","))
			break;
	}
	if (!code_is(syntax, at, "*") || !code_identifier(syntax, at + 1) ||
	    !code_is(syntax, at + 2, ";"))
		return false;
	edit_replace(unit->edits, code_start(syntax, first), code_end(syntax, at + 2), text);
	return true;
}

/* "const struct migrate_vma_ops *name" around the type; false when it has another shape. */
static bool plan_pointer(struct driver *driver, struct unit *unit, uint32_t start, uint32_t at)
{
	const struct syntax *syntax = &unit->syntax;
	uint32_t first = start, star = at + 1, last;
	const char *name = "", *array = "", *levels = "";
	size_t pointers = 0;

	if (code_is(syntax, first - 1, "const"))
		first--;
	while (code_is(syntax, star, "const"))
		star++;
	if (!code_is(syntax, star, "*"))
		return false;
	/* What stands after the first star says what is done with the pointer to a function. */
	last = star;
	while (code_is(syntax, last + 1, "const") || code_is(syntax, last + 1, "*")) {
		last++;
		levels = arena_printf(driver->arena, "%s%s", levels,
				      code_is(syntax, last, "*") ? "*" : "const ");
		pointers += code_is(syntax, last, "*");
	}
	if (code_identifier(syntax, last + 1) && code_is(syntax, last + 2, "("))
		return !*levels && plan_function(unit, (struct span){ first, last }, last + 1);
	if (code_identifier(syntax, last + 1)) {
		last++;
		name = code_text(syntax, last, last);
	}
	if (code_is(syntax, last + 1, "[")) {
		array = code_text(syntax, last + 1, syntax->match[last + 1]);
		last = syntax->match[last + 1];
	}
	if (!code_is(syntax, last + 1, ",") && !code_is(syntax, last + 1, ")") &&
	    !code_is(syntax, last + 1, ";") && !code_is(syntax, last + 1, "="))
		return false;
	/* "*a, *b;" shares the type with more than one name. */
	if (code_is(syntax, last + 1, ",") && code_is(syntax, last + 2, "*"))
		return !*levels && !*array && plan_pointers(driver, unit, first, star);
	if (!*name && code_is(syntax, last + 1, ")") && code_is(syntax, first - 1, "(") &&
	    !code_identifier(syntax, first - 2))
		return false;
	write_pointer(driver, unit, (struct span){ first, last },
		      arena_printf(driver->arena, "int (*%s%s%s)" POINTER_PARAMETERS,
				   *name || pointers ? levels : "", name, array));
	return true;
}

/* "struct migrate_vma_ops name;" in another struct becomes a pointer to a function. */
static bool plan_member(struct driver *driver, struct unit *unit, uint32_t first, uint32_t at)
{
	const struct syntax *syntax = &unit->syntax;
	bool constant = code_is(syntax, first - 1, "const");
	const char *name = code_text(syntax, at + 1, at + 1);

	if (!code_is(syntax, at + 2, ";") || !driver_ops_in(driver, OPS_MEMBER, name))
		return false;
	edit_replace(unit->edits, code_start(syntax, first - constant), code_end(syntax, at + 1),
		     arena_printf(driver->arena, "int (*%s%s)" POINTER_PARAMETERS,
				  constant ? "const " : "", name));
	return true;
}

static void plan_type(struct driver *driver, struct unit *unit, uint32_t first, uint32_t at)
{
	const struct syntax *syntax = &unit->syntax;
	struct node *node = node_at(syntax, at);

	if (ops_literal_at(driver, unit, at) || plan_member(driver, unit, first, at))
		return;
	if (ops_typedef(driver, unit, node)) {
		remove_lines(unit->edits, syntax,
			     top_with_comment(syntax, code_start(syntax, node->first)),
			     code_end(syntax, node->last));
		return;
	}
	if (driver_defines_ops(driver, node) || plan_declaration(driver, unit, node))
		return;
	if (code_is(syntax, at + 1, ";") && node->first + 2 == node->last) {
		remove_lines(unit->edits, syntax, code_start(syntax, node->first),
			     code_end(syntax, node->last));
		return;
	}
	if (code_is(syntax, at + 1, "{"))
		driver_block(
			driver, unit, at, "own-definition",
			"the driver defines struct migrate_vma_ops itself; take its copy of the "
			"callback API out, and port again");
	else if (!plan_pointer(driver, unit, first, at))
		driver_block(
			driver, unit, at, "ops-pointer",
			"this use of struct migrate_vma_ops cannot become a pointer to a "
			"function mechanically; pass the ops object to migrate_vma() directly, "
			"or declare one pointer by itself");
}

/* "&ops" becomes the name of the function, except in a call that is written anew as a whole. */
static void plan_reference(struct driver *driver, struct unit *unit, uint32_t at)
{
	const struct syntax *syntax = &unit->syntax;
	struct ops_object *ops = driver_ops(driver, unit, at, code_text(syntax, at, at));

	if (driver_ops_in(driver, OPS_ELEMENT, code_text(syntax, at, at)) &&
	    code_is(syntax, at - 1, "&") && !is_member_name(syntax, at)) {
		edit_replace(unit->edits, code_start(syntax, at - 1), code_end(syntax, at - 1),
			     "");
		return;
	}
	if (!ops || !ops->indirect || is_member_name(syntax, at) || !code_is(syntax, at - 1, "&"))
		return;
	edit_replace(unit->edits, code_start(syntax, at - 1), code_end(syntax, at), ops->helper);
}

/* #define NAME (&ops): the macro is not needed once its calls are ported. */
static void plan_macro(struct driver *driver, struct unit *unit, const struct token *directive)
{
	const char *text = arena_copy(driver->arena, unit->source->text + directive->start,
				      directive->end - directive->start);

	for (size_t i = 0; i < driver->ops_count; i++) {
		const char *found = strstr(text, driver->ops[i]->name);

		if (!found || !strstr(text, "define") || found == text || found[-1] != '&')
			continue;
		remove_lines(unit->edits, &unit->syntax, directive->start, directive->end);
	}
}

void plan_indirect(struct driver *driver)
{
	for (size_t u = 0; u < driver->program.unit_count; u++) {
		struct unit *unit = &driver->program.units[u];
		uint32_t first;

		for (uint32_t i = 1; i < unit->syntax.code.count; i++) {
			if (ops_type_at(driver, unit, i, &first))
				plan_type(driver, unit, first, i);
			else if (code_identifier(&unit->syntax, i))
				plan_reference(driver, unit, i);
		}
		for (size_t i = 0; i < unit->syntax.all.count; i++)
			if (unit->syntax.all.list[i].kind == TOKEN_DIRECTIVE)
				plan_macro(driver, unit, &unit->syntax.all.list[i]);
	}
}
