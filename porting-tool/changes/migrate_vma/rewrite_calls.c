// SPDX-License-Identifier: GPL-2.0-only
/*
 * Writing the calls.
 */
#include <string.h>

#include "edit/lines.h"
#include "plan.h"

bool callback_uses_private(const struct callback *callback)
{
	return callback && callback->used[PARAMETER_PRIVATE];
}

static char *callback_text(const struct driver *driver, const struct unit *unit,
			   const struct callback *callback, const char *member, const char *private,
			   const char *failed, const char *indent)
{
	static const char *const members[] = { "vma", "src", "dst", "start", "end" };
	const char *parts[PARAMETER_COUNT + 1];
	size_t count = 0;

	for (size_t role = PARAMETER_VMA; role <= PARAMETER_END; role++)
		if (callback->used[role])
			parts[count++] = arena_printf(driver->arena, "%s%s", member, members[role]);
	if (callback->used[PARAMETER_PRIVATE])
		parts[count++] = private;
	if (callback->writes_error && failed)
		parts[count++] = failed;
	return arena_printf(driver->arena, "%s\n",
			    call_layout(driver->arena, unit->style, indent, callback->name, parts,
					count, ";", false));
}

/* A comment with its lines moved to another indentation. */
static char *comment_text(const struct driver *driver, const char *comment, const char *indent)
{
	char *text = arena_printf(driver->arena, "%s", "");

	while (*comment) {
		size_t length = strcspn(comment, "\n");
		size_t blank = strspn(comment, " \t");
		const char *gap = comment[blank] == '*' ? " " : "";

		if (length && comment[length - 1] == '\r')
			length--;
		text = arena_printf(driver->arena, "%s%s%s%.*s\n", text, indent, gap,
				    (int)(blank < length ? length - blank : 0), comment + blank);
		comment += strcspn(comment, "\n");
		comment += *comment == '\n';
	}
	return text;
}

char *steps_text(const struct driver *driver, const struct unit *unit, const struct ops_object *ops,
		 const char *args, const char *member, const char *private, const char *failed,
		 const char *indent)
{
	const struct callback *alloc = ops->callbacks[ALLOC_AND_COPY];
	const struct callback *finalize = ops->callbacks[FINALIZE_AND_MAP];
	char *text = arena_printf(driver->arena, "%s", "");

	if (alloc && (!alloc->empty || alloc->keeps_signature))
		text = callback_text(driver, unit, alloc, member, private, failed, indent);
	text = arena_printf(driver->arena, "%s%smigrate_vma_pages(%s);\n", text, indent, args);
	if (finalize && finalize->empty && finalize->comment && !finalize->keeps_signature)
		text = arena_printf(driver->arena, "%s%s", text,
				    comment_text(driver, finalize->comment, indent));
	if (finalize && (!finalize->empty || finalize->keeps_signature))
		text = arena_printf(driver->arena, "%s%s", text,
				    callback_text(driver, unit, finalize, member, private, NULL,
						  indent));
	return arena_printf(driver->arena, "%s%smigrate_vma_finalize(%s);\n", text, indent, args);
}

static const char *padding(const struct driver *driver, const struct style *style,
			   const struct layout *layout, const char *name)
{
	unsigned int widest = 0, column, width = strlen(name) + 1;
	char *tabs;

	if (!style->align_members)
		return " ";
	for (size_t i = 0; i < layout->member_count; i++)
		if (!layout->members[i].assigned && strlen(layout->members[i].name) + 1 > widest)
			widest = strlen(layout->members[i].name) + 1;
	column = (widest / TAB_WIDTH + 1) * TAB_WIDTH;
	tabs = arena_alloc(driver->arena, column + 1);
	for (size_t i = 0; width < column; i++) {
		tabs[i] = '\t';
		width = (width / TAB_WIDTH + 1) * TAB_WIDTH;
	}
	return tabs;
}

/* struct migrate_vma args = { ... }; */
static char *declaration_text(const struct driver *driver, const struct site *site,
			      const struct layout *layout, const char *indent)
{
	const struct style *style = site->unit->style;
	const char *inner = indent_deeper(driver->arena, style, indent);
	char *text = arena_printf(driver->arena, "%sstruct migrate_vma %s = {\n", indent,
				  site->variable);
	size_t set = 0;

	for (size_t i = 0; i < layout->member_count; i++) {
		const struct member *member = &layout->members[i];

		if (member->assigned)
			continue;
		text = arena_printf(driver->arena, "%s%s.%s%s= %s,%s%s\n", text, inner,
				    member->name, padding(driver, style, layout, member->name),
				    member->value, member->comment ? "\t" : "",
				    member->comment ? member->comment : "");
		set++;
	}
	if (!set)
		return arena_printf(driver->arena, "%sstruct migrate_vma %s = { 0 };\n", indent,
				    site->variable);
	return arena_printf(driver->arena, "%s%s};\n", text, indent);
}

/* The struct as part of the call: on one line where that is short, else one member a line. */
static char *literal_text(const struct driver *driver, const struct site *site,
			  const struct layout *layout)
{
	const struct style *style = site->unit->style;
	const struct syntax *syntax = &site->unit->syntax;
	const char *outer = statement_indent(syntax, style, site->statement);
	const char *close = indent_deeper(driver->arena, style, outer);
	const char *inner = indent_deeper(driver->arena, style, close);
	char *line = arena_printf(driver->arena, "&(struct migrate_vma){");
	char *lines = line;

	for (size_t i = 0; i < layout->member_count; i++) {
		const struct member *member = &layout->members[i];
		const char *comma = i + 1 < layout->member_count ? "," : "";

		line = arena_printf(driver->arena, "%s .%s = %s%s", line, member->name,
				    member->value, comma);
		lines = arena_printf(driver->arena, "%s\n%s.%s%s= %s,%s%s", lines, inner,
				     member->name, padding(driver, style, layout, member->name),
				     member->value, member->comment ? "\t" : "",
				     member->comment ? member->comment : "");
	}
	if (text_columns(line, 0) < 50)
		return arena_printf(driver->arena, "%s }", line);
	return arena_printf(driver->arena, "%s\n%s}", lines, close);
}

static char *assignments_text(const struct driver *driver, const struct site *site,
			      const struct layout *layout, const char *indent)
{
	char *text = arena_printf(driver->arena, "%s", "");

	for (size_t i = 0; i < layout->member_count; i++) {
		const struct member *member = &layout->members[i];

		if (!member->assigned)
			continue;
		text = arena_printf(driver->arena, "%s%s%s.%s = %s;%s%s\n", text, indent,
				    site->variable, member->name, member->value,
				    member->comment ? " " : "",
				    member->comment ? member->comment : "");
	}
	if (layout->tests_range && returns_error(site, layout))
		text = arena_printf(driver->arena, "%s%sif (%s)\n%s%sreturn -EINVAL;\n\n", text, indent,
				    range_is(driver, site, ">="), indent, site->unit->style->unit);
	return text;
}

/* A place for what the code at @reference needs: not under an #if that it is not under itself. */
static uint32_t behind_conditional(const struct unit *unit, uint32_t at, uint32_t reference)
{
	const struct source *source = unit->source;
	const struct tokens *all = &unit->syntax.all;

	for (size_t i = 0; i < unit->syntax.conditional_count; i++) {
		const struct conditional *group = &unit->syntax.conditionals[i];
		uint32_t start = all->list[group->arms[0].directive].start, end;

		if (group->endif >= all->count)
			continue;
		end = all->list[group->endif].start;
		if (start < at && at < end && !(start < reference && reference < end))
			return source_line_end(source, source_line(source, end));
	}
	return at;
}

/* Puts @text, whole lines, at the end of the declarations that open a block. */
static void insert_declaration(const struct driver *driver, struct site *site,
			       const struct layout *layout, char *text)
{
	const struct syntax *syntax = &site->unit->syntax;
	const struct source *source = site->unit->source;
	struct node *last = NULL;
	struct node *next = layout->block->child;
	bool last_goes = false;
	uint32_t at;
	const char *after = "";

	for (; next && next != layout->before && next->kind == NODE_DECLARATION;
	     next = next->next) {
		last_goes = driver_defines_ops(driver, next);
		if (!last_goes)
			last = next;
	}
	if (last && next &&
	    source_line(source, code_start(syntax, next->first)) ==
		    source_line(source, code_end(syntax, last->last))) {
		edit_insert(site->unit->edits, code_end(syntax, last->last),
			    arena_printf(syntax->arena, "\n%.*s\n", (int)strlen(text) - 1, text));
		return;
	}
	at = last ? end_of_statement(syntax, last->last)
		  : end_of_statement(syntax, layout->block->first);
	at = behind_conditional(site->unit, at, code_start(syntax, layout->before->first));
	if (next && next->kind != NODE_DECLARATION && !last_goes) {
		size_t line = source_line(source, at);

		if (at == source_line_end(source, line) && line + 1 < source->line_count &&
		    !line_is_blank(source, line + 1))
			after = "\n";
	}
	/* Without its line ending, which stands in the file already. */
	text = arena_printf(syntax->arena, "\n%.*s%s", (int)strlen(text) - 1, text, after);
	if (at != source_line_end(source, source_line(source, at)))
		text = arena_printf(syntax->arena, "%s\n\n%s", text,
				    statement_indent(syntax, site->unit->style, layout->before));
	edit_insert(site->unit->edits, at, text);
}

/* Without a cast to void *, which has nothing to do once the parameter is typed. */
static const char *private_text(const struct site *site)
{
	const struct syntax *syntax = &site->unit->syntax;
	struct span span = site->call.arguments[ARGUMENT_PRIVATE];

	if (site->ops && code_is(syntax, span.first, "(") &&
	    code_is(syntax, span.first + 1, "void") && code_is(syntax, span.first + 2, "*") &&
	    code_is(syntax, span.first + 3, ")") && code_is(syntax, span.first + 4, "&"))
		span.first += 4;
	return code_line(&site->unit->syntax, span.first, span.last);
}

/* The pointer that is called, with functions in the place of the objects it may name. */
static const char *pointer_text(const struct driver *driver, const struct site *site,
				const struct expression *node)
{
	const struct syntax *syntax = &site->unit->syntax;
	const struct expression *inner = expression_inner(node);
	const struct ops_object *ops = ops_pointed_to(driver, site->unit, node->first, node);
	const struct expression *part = ops_part_addressed(driver, node);

	if (ops)
		return ops->helper;
	if (inner->kind == EXPRESSION_CHOICE && inner->right)
		return arena_printf(driver->arena, "(%s ? %s : %s)",
				    code_line(syntax, inner->left->first, inner->left->last),
				    pointer_text(driver, site, inner->right),
				    pointer_text(driver, site, inner->third));
	if (inner->kind == EXPRESSION_CHOICE)
		return arena_printf(driver->arena, "(%s ?: %s)",
				    pointer_text(driver, site, inner->left),
				    pointer_text(driver, site, inner->third));
	if (part)
		inner = part;
	return code_line(syntax, inner->first, inner->last);
}

/* What stands where migrate_vma() stood. */
static char *call_text(const struct driver *driver, const struct site *site,
		       const struct layout *layout)
{
	const char *args = layout->form == FORM_LITERAL
				   ? literal_text(driver, site, layout)
				   : arena_printf(driver->arena, "&%s", site->variable);
	const char *parts[3];
	size_t count = 1;
	const char *name = site->ops ? site->ops->helper :
		pointer_text(driver, site, expression_parse(&site->unit->syntax,
							    site->call.arguments[ARGUMENT_OPS]));
	const char *tail = "";

	parts[0] = args;
	if (layout->form == FORM_STEPS) {
		name = "migrate_vma_setup";
	} else {
		bool pointer = !site->ops || site->ops->helper_void;

		if (pointer || callback_uses_private(site->ops->callbacks[ALLOC_AND_COPY]) ||
		    callback_uses_private(site->ops->callbacks[FINALIZE_AND_MAP]))
			parts[count++] = private_text(site);
		if (site->failed)
			parts[count++] = arena_printf(driver->arena, "&%s", site->failed);
	}
	if (layout->tests_ops)
		name = guarded_name(driver, site, name, arena_printf(driver->arena, "!%s", name),
				    name, &tail);
	else if (layout->tests_range && !returns_error(site, layout))
		name = guarded_name(driver, site, range_is(driver, site, "<"),
				    range_is(driver, site, ">="), name, &tail);
	if (layout->form != FORM_LITERAL)
		return call_layout(driver->arena, site->unit->style, "", name, parts, count, tail,
				   false);
	name = arena_printf(driver->arena, "%s(%s", name, parts[0]);
	for (size_t i = 1; i < count; i++)
		name = arena_printf(driver->arena, "%s, %s", name, parts[i]);
	return arena_printf(driver->arena, "%s)%s", name, tail);
}

static char *block_text(const struct driver *driver, const struct site *site, const char *condition,
			const char *indent)
{
	const struct style *style = site->unit->style;
	const char *inner = indent_deeper(driver->arena, style, indent);
	const char *failed = site->failed ? arena_printf(driver->arena, "&%s", site->failed) : NULL;
	char *steps = steps_text(driver, site->unit, site->ops,
				 arena_printf(driver->arena, "&%s", site->variable),
				 arena_printf(driver->arena, "%s.", site->variable),
				 private_text(site), failed, inner);

	return arena_printf(driver->arena, "%sif (%s)%s%s%s%s}\n", indent, condition,
			    style->allman ? "\n" : " ", style->allman ? indent : "",
			    arena_printf(driver->arena, "{\n%s", steps), indent);
}

/* Whether the next token stands on the same line, with nothing between but white space. */
static bool only_space_between(const struct syntax *syntax, uint32_t token)
{
	uint32_t end = code_end(syntax, token);
	uint32_t next = token + 1 < syntax->code.count ? code_start(syntax, token + 1) : end;
	size_t space = strspn(syntax->source->text + end, " \t");

	return token + 1 < syntax->code.count && end + space == next &&
	       !code_is(syntax, token + 1, "}");
}

/* The steps after setup: behind the check of its result, or guarded by it. */
static void write_steps(const struct driver *driver, struct site *site, const struct layout *layout,
			const char *indent)
{
	const struct syntax *syntax = &site->unit->syntax;
	struct node *after = layout->check ? layout->check : site->statement;
	char *condition = arena_printf(driver->arena, "%s.cpages", site->variable);
	char *text;

	if (!layout->check && layout->result)
		condition = arena_printf(driver->arena, "!%s && %s", layout->result, condition);
	text = block_text(driver, site, condition, indent);
	/* As dst did, the variable starts anew when setup has collected something else. */
	if (site->resets_failed)
		text = arena_printf(driver->arena, "%s%s = false;\n%s", indent, site->failed, text);
	text = arena_printf(driver->arena, "\n%.*s", (int)strlen(text) - 1, text);
	/* Other code on the line goes to the next. */
	if (only_space_between(syntax, after->last) && !layout->braces)
		edit_replace(site->unit->edits, code_end(syntax, after->last),
			     code_start(syntax, after->last + 1),
			     arena_printf(driver->arena, "%s\n%s", text, indent));
	else
		edit_insert(site->unit->edits, end_of_statement(syntax, after->last), text);
}

/* "migrate_vma(...);" whose value nobody looks at. */
static void write_plain_steps(const struct driver *driver, struct site *site,
			      const struct layout *layout, const char *indent)
{
	const struct syntax *syntax = &site->unit->syntax;
	char *condition = arena_printf(driver->arena, "%s%s!migrate_vma_setup(&%s) && %s.cpages",
				       layout->tests_range ? range_is(driver, site, "<") : "",
				       layout->tests_range ? " && " : "", site->variable,
				       site->variable);
	char *text = block_text(driver, site, condition, indent);

	edit_supersede(site->unit->edits, code_start(syntax, site->statement->first),
		       code_end(syntax, site->statement->last),
		       arena_printf(driver->arena, "%.*s", (int)(strlen(text) - strlen(indent)) - 1,
				    text + strlen(indent)));
}

/* How far in the statements of a new block are. */
static const char *block_indent(const struct driver *driver, const struct site *site)
{
	const struct syntax *syntax = &site->unit->syntax;

	return indent_deeper(driver->arena, site->unit->style,
			     indent_at(syntax, code_start(syntax, site->statement->parent->first)));
}

/* The assignments go in front of the statement, and what shares its line gets lines of its own. */
static void write_assignments(const struct driver *driver, struct site *site,
			      const struct layout *layout, const char *assignments,
			      const char *indent)
{
	const struct syntax *syntax = &site->unit->syntax;
	struct edits *edits = site->unit->edits;
	uint32_t start = code_start(syntax, site->statement->first);
	uint32_t last = site->statement->last;
	uint32_t gap = code_end(syntax, site->statement->first - 1);

	if (!label_beside(syntax, site->statement)) {
		edit_insert(edits, start,
			    arena_printf(driver->arena, "%s%s",
					 assignments + strspn(assignments, " \t"), indent));
		return;
	}
	/* A comment behind the label stays with it. */
	while (start > gap && strchr(" \t", syntax->source->text[start - 1]))
		start--;
	edit_replace(edits, start, code_start(syntax, site->statement->first),
		     arena_printf(driver->arena, "\n%s%s", assignments, indent));
	if (layout->form != FORM_STEPS && only_space_between(syntax, last))
		edit_replace(edits, code_end(syntax, last), code_start(syntax, last + 1),
			     arena_printf(driver->arena, "\n%s", indent));
}

/* The ops object goes, the last argument goes to the callbacks: a comment beside has no place. */
static void report_comment(const struct driver *driver, const struct site *site)
{
	static const size_t lost[] = { ARGUMENT_OPS, ARGUMENT_PRIVATE };

	for (size_t i = 0; i < 2; i++) {
		const char *comment = argument_comment(site, lost[i]);

		if (comment && (lost[i] == ARGUMENT_PRIVATE || argument_alone(site, lost[i])))
			diagnose(driver->diagnostics, site->unit->source,
				 code_start(&site->unit->syntax,
					    site->call.arguments[lost[i]].first),
				 SEVERITY_NOTE, "comment-lost",
				 "the comment beside this argument goes with the call: %s",
				 comment);
	}
}

static void write_site(struct driver *driver, struct site *site, struct layout *layout)
{
	const struct syntax *syntax = &site->unit->syntax;
	struct edits *edits = site->unit->edits;
	const char *indent = statement_indent(syntax, site->unit->style, site->statement);
	char *assignments;

	report_comment(driver, site);
	if (layout->form == FORM_LITERAL) {
		edit_supersede(edits, code_start(syntax, site->call.name),
			       code_end(syntax, site->call.close), call_text(driver, site, layout));
		return;
	}
	if (layout->braces)
		indent = braces_open(driver, site->unit, site->statement,
				     layout->sharing ? "" :
				     declaration_text(driver, site, layout,
						      block_indent(driver, site)));
	else if (!layout->sharing)
		insert_declaration(
			driver, site, layout,
			declaration_text(driver, site, layout,
					 statement_indent(syntax, site->unit->style,
							  layout->before)));
	assignments = assignments_text(driver, site, layout, indent);
	if (*assignments)
		write_assignments(driver, site, layout, assignments, indent);
	if (layout->form == FORM_STEPS && layout->shape == SHAPE_PLAIN) {
		write_plain_steps(driver, site, layout, indent);
	} else {
		edit_supersede(edits, code_start(syntax, site->call.name),
			       code_end(syntax, site->call.close), call_text(driver, site, layout));
		if (layout->form == FORM_STEPS)
			write_steps(driver, site, layout, indent);
	}
	if (layout->braces)
		braces_close(driver, site->unit, site->statement,
			     layout->check && layout->form == FORM_STEPS ? layout->check
									 : site->statement);
}

void plan_sites(struct driver *driver, struct layout *layouts)
{
	for (size_t i = 0; i < driver->site_count; i++) {
		write_site(driver, driver->sites[i], &layouts[i]);
		driver->sites[i]->unit->file->ported++;
	}
}
