// SPDX-License-Identifier: GPL-2.0-only
/*
 * The parameter that brings the page that faulted to a function below the handler.
 */
#include "fault_page.h"
#include "edit/edit.h"
#include "edit/forward.h"
#include "edit/style.h"

/* How much wider a pointer to an ops object gets when it becomes one to a function. */
#define POINTER_GROWS 24

static bool close_has_own_line(const struct syntax *syntax, const struct call *call)
{
	return source_line(syntax->source, code_start(syntax, call->close)) !=
	       source_line(syntax->source, code_start(syntax, call->close - 1));
}

static bool names_ops(const struct syntax *syntax, const struct call *list)
{
	for (uint32_t i = list->open; i < list->close; i++)
		if (code_is(syntax, i, "migrate_vma_ops"))
			return true;
	return false;
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
	if (names_ops(&unit->syntax, &call))
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

static void pass_page(struct driver *driver, const struct reference *use)
{
	const struct function *caller = reference_function(use);
	const char *page = fault_page_of(driver, caller);

	if (!page)
		page = driver->faults->gets_page[caller - driver->program.functions] ?
			       "fault_page" : "NULL";
	add_argument(driver, use->unit, use->token, page);
}

static void add_parameter(struct driver *driver, const struct function *function)
{
	static const char parameter[] = "struct page *fault_page";
	const struct call_node *node = call_node(&driver->program, function);
	const struct declaration *declaration = node->symbol->declarations;

	for (size_t u = 0; u < driver->program.unit_count; u++) {
		struct unit *unit = &driver->program.units[u];
		size_t at = 0, close;

		while (next_unread(unit, function->name, &at, &close))
			edit_insert(unit->edits, unit->syntax.all.list[close].start,
				    parameter_added(unit, close, parameter));
	}
	for (; declaration; declaration = declaration->next)
		if ((declaration->kind == DECLARATION_FUNCTION ||
		     declaration->kind == DECLARATION_PROTOTYPE) &&
		    program_function(&driver->program, declaration->unit, function->name) ==
			    function) {
			declare_in_header(declaration->unit, "page", declaration->token);
			add_argument(driver, declaration->unit, declaration->token, parameter);
		}
	for (const struct call_edge *edge = node->callers; edge; edge = edge->next_caller)
		if (edge->caller->kind == CALL_FUNCTION)
			pass_page(driver, edge->at);
}

void plan_fault_pages(struct driver *driver)
{
	for (size_t i = 0; driver->faults && i < driver->program.function_count; i++)
		if (driver->faults->gets_page[i])
			add_parameter(driver, &driver->program.functions[i]);
}
