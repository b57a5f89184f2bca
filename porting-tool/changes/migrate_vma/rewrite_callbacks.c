// SPDX-License-Identifier: GPL-2.0-only
/*
 * The callbacks become plain functions: static, without the parameters they do not use, and with a
 * typed pointer in the place of the void one.
 */
#include <string.h>

#include "edit/lines.h"
#include "plan.h"

/* Whether the types of the parameters stand after the list, as before C had prototypes. */
static bool is_old_style(const struct callback *callback)
{
	const struct syntax *syntax = &callback->unit->syntax;

	for (uint32_t i = callback->function->head_close + 1;
	     i < node_body(callback->function)->first; i++)
		if (code_is(syntax, i, ";"))
			return true;
	return false;
}

static const char *parameter_text(const struct callback *callback, const struct syntax *syntax,
				  const struct call *list, size_t role)
{
	const struct declarator *parameter = &callback->parameters[role];
	struct span span = list->arguments[role];

	if (span.first != span.last || !is_old_style(callback))
		return code_line(syntax, span.first, span.last);
	return arena_printf(syntax->arena, "%s %s%s",
			    code_line(syntax, parameter->specifiers.first,
				      parameter->specifiers.last),
			    parameter->stars > 1 ? "**"
			    : parameter->stars	 ? "*"
						 : "",
			    code_text(syntax, span.first, span.first));
}

/* The parameters a callback keeps, each as it was written; @list may be those of a prototype. */
static size_t kept_parameters(const struct driver *driver, const struct callback *callback,
			      const struct syntax *syntax, const struct call *list,
			      const char **parts)
{
	size_t count = 0;

	for (size_t role = 0; role <= PARAMETER_END; role++)
		if (callback->used[role])
			parts[count++] = parameter_text(callback, syntax, list, role);
	if (callback->used[PARAMETER_PRIVATE]) {
		if (callback->form == PRIVATE_VOID)
			parts[count++] = parameter_text(callback, syntax, list, PARAMETER_PRIVATE);
		else
			parts[count++] = arena_printf(driver->arena, "%s%s", callback->private_type,
						      callback->private_name);
	}
	if (callback->writes_error)
		parts[count++] = "bool *failed";
	if (!count)
		parts[count++] = "void";
	return count;
}

/* Whether the parameters stood one a line; a list that stood on one line says nothing. */
static bool one_a_line(const struct syntax *syntax, const struct call *list)
{
	const struct source *source = syntax->source;

	for (size_t i = 1; i < list->count; i++)
		if (source_line(source, code_start(syntax, list->arguments[i].first)) ==
		    source_line(source, code_start(syntax, list->arguments[i - 1].first)))
			return false;
	return true;
}

/* The comment after a parameter on its line, with the white space in front of it, or "". */
static const char *parameter_comment(const struct unit *unit, const struct call *list, size_t role)
{
	const struct syntax *syntax = &unit->syntax;
	const struct source *source = unit->source;
	uint32_t comma = list->arguments[role].last + 1;
	uint32_t end = code_end(syntax, comma);
	size_t line = source_line(source, end);

	if (!code_is(syntax, comma, ",") || end_of_statement(syntax, comma) == end)
		return "";
	return arena_copy(syntax->arena, source->text + end,
			  source_line_end(source, line) - end);
}

/*
 * A list that describes its parameters in comments, one a line: those that stay keep theirs.  NULL
 * for another list.
 */
static char *commented_list(const struct driver *driver, const struct callback *callback,
			    const struct unit *unit, const struct call *list, const char *head,
			    const char *const *parts, size_t count)
{
	const char *line = strrchr(head, '\n');
	const char *indent = indent_to(driver->arena, unit->style,
				       text_columns(line ? line + 1 : head, 0) + 1);
	char *text = arena_printf(driver->arena, "%s(", head);
	bool commented = false;
	size_t part = 0;

	for (size_t role = 0; role < PARAMETER_COUNT; role++) {
		const char *comment = parameter_comment(unit, list, role);

		if (!callback->used[role])
			continue;
		commented = commented || *comment;
		if (++part < count)
			text = arena_printf(driver->arena, "%s%s,%s\n%s", text, parts[part - 1],
					    comment, indent);
	}
	return commented && part == count
		       ? arena_printf(driver->arena, "%s%s)", text, parts[count - 1])
		       : NULL;
}

static size_t last_used(const struct callback *callback)
{
	size_t role = PARAMETER_PRIVATE;

	while (role > 0 && !callback->used[role])
		role--;
	return role;
}

/* Whether comments of parameters that stay are lost in a list that is written anew. */
static bool loses_comment(const struct callback *callback, const struct unit *unit,
			  const struct call *list)
{
	const struct syntax *syntax = &unit->syntax;
	size_t comments = 0, kept = 0, behind = 0;

	for (size_t i = 0; i < syntax->all.count; i++) {
		const struct token *token = &syntax->all.list[i];

		comments += token->start > code_end(syntax, list->name) - 1 &&
			    token->end <= code_end(syntax, list->close) &&
			    (token->kind == TOKEN_COMMENT || token->kind == TOKEN_DIRECTIVE);
	}
	for (size_t role = 0; role < PARAMETER_COUNT && one_a_line(syntax, list); role++) {
		bool has = *parameter_comment(unit, list, role);

		behind += has;
		kept += has && callback->used[role] && role < PARAMETER_PRIVATE;
	}
	return comments && (comments != behind || !kept || callback->writes_error);
}

/* The head of the callback, or of a prototype of it, with its new parameters. */
static char *head_text(const struct driver *driver, const struct callback *callback,
		       const struct unit *unit, uint32_t first, const struct call *list,
		       bool make_static)
{
	const struct syntax *syntax = &unit->syntax;
	const char *parts[PARAMETER_COUNT + 1];
	size_t count = kept_parameters(driver, callback, syntax, list, parts);
	uint32_t start = code_start(syntax, first);
	const char *head = arena_printf(driver->arena, "%s%.*s", make_static ? "static " : "",
					(int)(code_end(syntax, list->name) - start),
					syntax->source->text + start);

	char *own_lines = is_old_style(callback) ? NULL
						 : list_layout(syntax, list, head, parts, count);

	if (!own_lines && one_a_line(syntax, list))
		own_lines = commented_list(driver, callback, unit, list, head, parts, count);
	return own_lines ? own_lines
			 : call_layout(driver->arena, unit->style, "", head, parts, count, "",
				       one_a_line(syntax, list));
}

char *callback_head(const struct driver *driver, const struct callback *callback)
{
	const struct syntax *syntax = &callback->unit->syntax;
	const struct node *function = callback->function;
	struct call list;

	call_parse(syntax, function->name, &list);
	return head_text(driver, callback, callback->unit, function->first, &list,
			 !callback->keeps_signature && !callback->shared &&
				 !declared_static(syntax, function->first, function->name));
}

/*
 * Writes the head of the callback, or of a prototype of it, anew.  @first is its first token, @name
 * that of the name.
 */
static void write_head(struct driver *driver, const struct callback *callback,
		       struct unit *unit, uint32_t first, uint32_t name, bool make_static)
{
	const struct syntax *syntax = &unit->syntax;
	struct call list;
	const char *text;
	uint32_t end;

	if (!call_parse(syntax, name, &list) || list.count != PARAMETER_COUNT)
		return;
	want_tag(driver, callback, unit, first);
	text = head_text(driver, callback, unit, first, &list, make_static);
	if (loses_comment(callback, unit, &list))
		diagnose(driver->diagnostics, unit->source, code_start(syntax, list.open),
			 SEVERITY_NOTE, "comment-lost",
			 "a comment in the parameter list of %s() goes with the list that is "
			 "written "
			 "anew",
			 callback->name);
	plan_kernel_doc(driver, callback, unit, &list, first);
	if (is_old_style(callback) && name == callback->function->name)
		list.close = node_body(callback->function)->first - 1;
	end = code_end(syntax, list.close);
	/* What stands after the list is about the pointer: it goes with that. */
	if (!callback->used[PARAMETER_PRIVATE] && !is_old_style(callback) &&
	    one_a_line(syntax, &list) &&
	    end_of_statement(syntax, list.close) > end &&
	    code_is(syntax, list.close + 1, "{")) {
		end = end_of_statement(syntax, list.close);
		text = arena_printf(driver->arena, "%s%s", text,
				    parameter_comment(unit, &list, last_used(callback)));
	}
	edit_supersede(unit->edits, code_start(syntax, first), end, text);
}

static bool changes_head(const struct callback *callback)
{
	for (size_t role = 0; role < PARAMETER_COUNT; role++)
		if (!callback->used[role])
			return true;
	return callback->form != PRIVATE_VOID || callback->writes_error;
}

static bool is_prototype(const struct syntax *syntax, const struct node *node, const char *name)
{
	struct declarator *list;

	return node->kind == NODE_DECLARATION &&
	       declaration_parse(syntax, (struct span){ node->first, node->last }, &list) == 1 &&
	       list[0].function && code_is(syntax, list[0].name, name);
}

static uint32_t prototype_name(const struct syntax *syntax, const struct node *node)
{
	struct declarator *list;

	declaration_parse(syntax, (struct span){ node->first, node->last }, &list);
	return list[0].name;
}

/* Prototypes follow the function; one in another file goes, unless the function is called there. */
static void write_prototypes(struct driver *driver, const struct callback *callback, bool remove)
{
	for (size_t u = 0; u < driver->program.unit_count; u++) {
		struct unit *unit = &driver->program.units[u];
		const struct syntax *syntax = &unit->syntax;
		struct call list;

		for (struct node *node = syntax->file->child; node; node = node->next) {
			if (!is_prototype(syntax, node, callback->name))
				continue;
			/* Static in another file is another function. */
			if (unit != callback->unit &&
			    declared_static(syntax, node->first, node->last))
				continue;
			if (!remove && unit != callback->unit && !callback->shared &&
			    call_parse(syntax, prototype_name(syntax, node), &list) &&
			    list.count == PARAMETER_COUNT)
				move_kernel_doc(driver, callback, unit, &list, node->first);
			if (remove || (unit != callback->unit && !callback->shared))
				remove_lines(unit->edits, syntax,
					     top_with_comment(syntax,
							      code_start(syntax, node->first)),
					     code_end(syntax, node->last));
			else
				write_head(driver, callback, unit, node->first,
					   prototype_name(syntax, node),
					   !callback->shared &&
						   !declared_static(syntax, node->first,
								    node->last));
		}
	}
}

/* private->member for ((struct T *)private)->member */
static void drop_casts(const struct callback *callback)
{
	const struct syntax *syntax = &callback->unit->syntax;
	struct node *body = node_body(callback->function);

	for (uint32_t i = body->first; i <= body->last; i++) {
		uint32_t first, last = i;

		if (!code_is(syntax, i, callback->private_name) || is_member_name(syntax, i) ||
		    !code_is(syntax, i - 1, ")") || !code_is(syntax, i - 2, "*"))
			continue;
		first = syntax->match[i - 1];
		if (code_is(syntax, first - 1, "(") && syntax->match[first - 1] == i + 1 &&
		    !code_identifier(syntax, first - 2)) {
			first--;
			last++;
		}
		edit_replace(callback->unit->edits, code_start(syntax, first),
			     code_end(syntax, last), callback->private_name);
	}
}

/* An empty callback goes as a whole. */
static void remove_callback(struct driver *driver, const struct callback *callback)
{
	const struct syntax *syntax = &callback->unit->syntax;

	remove_lines(callback->unit->edits, syntax,
		     top_with_comment(syntax, code_start(syntax, callback->function->first)),
		     code_end(syntax, callback->function->last));
	write_prototypes(driver, callback, true);
}

/* A callback that only calls in a deleted arm of #if led to is not needed any more. */
static bool is_called(const struct driver *driver, const struct callback *callback)
{
	for (size_t i = 0; i < driver->ops_count; i++) {
		const struct ops_object *ops = driver->ops[i];

		if ((ops->callbacks[0] == callback || ops->callbacks[1] == callback) &&
		    (ops->site_count || ops->indirect))
			return true;
	}
	return false;
}

static void plan_callback(struct driver *driver, struct callback *callback)
{
	const struct syntax *syntax = &callback->unit->syntax;
	struct node *function = callback->function;
	bool make_static = !callback->shared &&
			   !declared_static(syntax, function->first, function->name);

	if (callback->keeps_signature)
		return;
	if (callback->empty || !is_called(driver, callback)) {
		remove_callback(driver, callback);
		return;
	}
	if (make_static || changes_head(callback))
		write_head(driver, callback, callback->unit, function->first, function->name,
			   make_static);
	write_prototypes(driver, callback, false);
	if (callback->form == PRIVATE_RENAMED)
		remove_lines(callback->unit->edits, syntax,
			     code_start(syntax, callback->private_declaration->first),
			     code_end(syntax, callback->private_declaration->last));
	else if (callback->form == PRIVATE_TYPED)
		drop_casts(callback);
}

void plan_callbacks(struct driver *driver)
{
	for (size_t i = 0; i < driver->callback_count; i++)
		plan_callback(driver, driver->callbacks[i]);
}
