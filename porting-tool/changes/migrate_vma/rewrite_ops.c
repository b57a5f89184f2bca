// SPDX-License-Identifier: GPL-2.0-only
/*
 * The ops objects go; where a call needs one, a function that does the three steps takes the place
 * of the object.
 */
#include <string.h>

#include "analyse/symbols.h"
#include "edit/lines.h"
#include "plan.h"

/* The pointer of the helper: typed when both callbacks agree on the type. */
static const char *private_parameter(const struct driver *driver, const struct ops_object *ops,
				     const char **name)
{
	const char *type = NULL;

	*name = "private";
	for (size_t i = 0; i < 2; i++) {
		const struct callback *callback = ops->callbacks[i];

		if (!callback_uses_private(callback))
			continue;
		if (!type) {
			type = callback->private_type;
			*name = callback->private_name;
		} else if (strcmp(type, callback->private_type)) {
			type = "void *";
			*name = "private";
		}
	}
	if (ops->helper_void) {
		*name = "private";
		type = "void *";
	}
	if (type && (!strcmp(*name, "args") || !strcmp(*name, "ret") || !strcmp(*name, "failed")))
		*name = "private";
	return type ? arena_printf(driver->arena, "%s%s", type, *name) : NULL;
}

char *helper_head(const struct driver *driver, const struct ops_object *ops)
{
	const char *parts[3] = { "struct migrate_vma *args" };
	const char *name, *private = private_parameter(driver, ops, &name);
	const char *storage = ops->shared ? ""
			      : source_is_header(ops->unit->source) ? "static inline "
								    : "static ";
	size_t count = 1;

	if (private)
		parts[count++] = private;
	if (ops->failed)
		parts[count++] = "bool *failed";
	return call_layout(driver->arena, ops->unit->style, "",
			   arena_printf(driver->arena, "%sint %s", storage, ops->helper),
			   parts, count, "", false);
}

static char *helper_text(const struct driver *driver, const struct ops_object *ops)
{
	const struct unit *unit = ops->unit;
	const char *in = unit->style->unit, *name, *owner = "";
	char *head = helper_head(driver, ops);
	char *steps;
	const char *test = "";

	private_parameter(driver, ops, &name);
	steps = steps_text(driver, unit, ops, "args", "args->", name, ops->failed ? "failed" : NULL,
			   in);
	if (ops->owner)
		owner = arena_printf(driver->arena, "%sargs->%s = %s;\n", in,
				     driver->target->owner_member, ops->owner);
	if (ops->tests_range)
		test = arena_printf(driver->arena,
				    "%sif (args->start >= args->end)\n%s%sreturn -EINVAL;\n\n", in,
				    in, in);
	if (!ops->failed)
		return arena_printf(
			driver->arena,
			"%s\n{\n%sint ret;\n\n%s%s%sret = migrate_vma_setup(args);\n"
			"%sif (ret || !args->cpages)\n%s%sreturn ret;\n\n%s%sreturn 0;\n}\n",
			head, in, test, owner, in, in, in, in, steps, in);
	return arena_printf(driver->arena,
			    "%s\n{\n%sint ret;\n\n%s%s%sret = migrate_vma_setup(args);\n"
			    "%sif (ret)\n%s%sreturn ret;\n\n%s*failed = false;\n"
			    "%sif (!args->cpages)\n%s%sreturn 0;\n\n%s%sreturn 0;\n}\n",
			    head, in, test, owner, in, in, in, in, in, in, in, in, steps, in);
}

/* The functions for all objects of one declaration, or NULL when none needs one. */
static char *helpers_text(const struct driver *driver, const struct ops_object *first)
{
	char *text = NULL;

	for (size_t i = 0; i < driver->ops_count; i++) {
		const struct ops_object *ops = driver->ops[i];

		if (ops->declaration == first->declaration && ops->helper)
			text = arena_printf(driver->arena, "%s%s%s", text ? text : "",
					    text ? "\n" : "", helper_text(driver, ops));
	}
	return text;
}

/* Functions take the place of what is part of something else, but for a call written anew. */
static void write_parts(const struct driver *driver, const struct ops_object *first)
{
	struct unit *unit = first->unit;

	for (size_t i = 0; i < driver->ops_count; i++)
		if (driver->ops[i]->declaration == first->declaration && driver->ops[i]->indirect)
			edit_supersede(unit->edits,
				       code_start(&unit->syntax, driver->ops[i]->part.first),
				       code_end(&unit->syntax, driver->ops[i]->part.last),
				       driver->ops[i]->helper);
}

/* static int (*const name[])(struct migrate_vma *args, void *private) = { f, g }; */
static void write_array(const struct driver *driver, const struct ops_object *first)
{
	struct unit *unit = first->unit;
	const struct syntax *syntax = &unit->syntax;
	struct declarator *list;
	uint32_t type, first_word;
	bool constant = false;

	declaration_parse(syntax,
			  (struct span){ first->declaration->first, first->declaration->last },
			  &list);
	for (type = list[0].specifiers.first; type < list[0].specifiers.last; type++)
		if (code_is(syntax, type, "const") || ops_type_at(driver, unit, type, &first_word) ||
		    code_is(syntax, type, "struct"))
			break;
	for (uint32_t i = list[0].specifiers.first; i <= list[0].specifiers.last; i++)
		constant = constant || code_is(syntax, i, "const");
	edit_replace(unit->edits, code_start(syntax, type), code_end(syntax, list[0].array.last),
		     arena_printf(driver->arena,
				  "int (*%s%s%s)" POINTER_PARAMETERS,
				  constant ? "const " : "", first->holder,
				  code_text(syntax, list[0].array.first, list[0].array.last)));
}

/* Whether the line above an object touches it: code, but not another object. */
static bool touches_above(const struct driver *driver, const struct ops_object *ops)
{
	const struct syntax *syntax = &ops->unit->syntax;
	const struct source *source = ops->unit->source;
	uint32_t first = ops->declaration->first;
	size_t line = source_line(source, code_start(syntax, first));

	if (!first || !line ||
	    source_line(source, code_start(syntax, first - 1)) != line - 1)
		return false;
	for (size_t i = 0; i < driver->ops_count; i++)
		if (driver->ops[i]->unit == ops->unit &&
		    driver->ops[i]->declaration->last == first - 1)
			return false;
	return true;
}

/* Functions have empty lines around them, which objects may not have had. */
static char *spaced(const struct driver *driver, const struct ops_object *ops, const char *text)
{
	const struct source *source = ops->unit->source;
	size_t line = source_line(source, code_end(&ops->unit->syntax, ops->declaration->last));
	bool below = line + 1 < source->line_count && !line_is_blank(source, line + 1) &&
		     source->text[source->lines[line + 1]] != '#';

	return arena_printf(driver->arena, "%s%.*s%s", touches_above(driver, ops) ? "\n" : "",
			    (int)strlen(text) - 1, text, below ? "\n" : "");
}

const struct callback *ops_last_callback(const struct ops_object *ops)
{
	const struct callback *last = NULL;

	for (size_t i = 0; i < 2; i++) {
		const struct callback *callback = ops->callbacks[i];

		if (callback && callback->unit == ops->unit &&
		    (!last || callback->function->first > last->function->first))
			last = callback;
	}
	return last;
}

/* Behind the last of its callbacks, which an object that is set later need not follow. */
static void write_behind_callbacks(struct driver *driver, const struct ops_object *ops,
				   const char *text)
{
	const struct callback *last = ops_last_callback(ops);

	if (last)
		edit_insert(ops->unit->edits,
			    end_of_statement(&ops->unit->syntax, last->function->last),
			    arena_printf(driver->arena, "\n\n%.*s", (int)strlen(text) - 1, text));
}

/* The macro that wrote objects goes with the first of them. */
static void remove_macro(const struct driver *driver, const struct ops_object *ops)
{
	struct unit *unit = ops->macro ? ops->macro->unit : NULL;

	for (size_t i = 0; unit && driver->ops[i] != ops; i++)
		if (driver->ops[i]->macro == ops->macro)
			return;
	if (unit) {
		const struct token *define = &unit->syntax.all.list[ops->macro->token];

		remove_lines(unit->edits, &unit->syntax,
			     top_with_comment(&unit->syntax, define->start), define->end);
	}
}

static void plan_object(struct driver *driver, struct ops_object *ops)
{
	struct unit *unit = ops->unit;
	const struct syntax *syntax = &unit->syntax;
	struct node *function = node_function(ops->declaration);
	uint32_t start = code_start(syntax, ops->declaration->first);
	uint32_t end = code_end(syntax, ops->declaration->last);
	char *text = helpers_text(driver, ops);

	for (size_t i = 0; i < 2; i++)
		if (ops->assignments[i])
			remove_lines(unit->edits, syntax,
				     code_start(syntax, ops->assignments[i]->first),
				     code_end(syntax, ops->assignments[i]->last));
	if (ops->place != OPS_VARIABLE) {
		if (ops->place == OPS_ELEMENT)
			write_array(driver, ops);
		write_parts(driver, ops);
		/* What follows the functions stands where the array stood. */
		start = ops->place == OPS_ELEMENT ? line_top(unit->source, start) :
			top_with_comment(syntax, function ? code_start(syntax, function->first) : start);
		if (text)
			edit_insert(unit->edits, start, arena_printf(driver->arena, "%s\n", text));
		return;
	}
	/* A comment above stays when a function takes the place of the object. */
	if (!function && !text)
		start = top_with_comment(syntax, start);
	remove_macro(driver, ops);
	if (!text) {
		remove_lines(unit->edits, syntax, start, end);
		return;
	}
	if (!function && (ops->assignments[0] || ops->assignments[1])) {
		remove_lines(unit->edits, syntax, start, end);
		write_behind_callbacks(driver, ops, text);
		return;
	}
	if (!function) {
		edit_supersede(unit->edits, start, end, spaced(driver, ops, text));
		return;
	}
	remove_lines(unit->edits, syntax, start, end);
	edit_insert(unit->edits, top_with_comment(syntax, code_start(syntax, function->first)),
		    arena_printf(driver->arena, "%s\n", text));
}

static bool declared_before(const struct driver *driver, size_t index)
{
	for (size_t i = 0; i < index; i++)
		if (driver->ops[i]->declaration == driver->ops[index]->declaration)
			return true;
	return false;
}

void plan_ops(struct driver *driver)
{
	for (size_t i = 0; i < driver->ops_count; i++)
		if (!declared_before(driver, i))
			plan_object(driver, driver->ops[i]);
}
