// SPDX-License-Identifier: GPL-2.0-only
/*
 * The members of a call's struct migrate_vma, and whether each can be set where it is declared.
 *
 * An argument was worked out at the call.  It may be worked out earlier, in the initialiser of the
 * struct, only when nothing between the two can change it.
 */
#include <string.h>

#include "analyse/values.h"
#include "plan.h"

/* Where the struct is declared: the token behind the last declaration that opens the block. */
static uint32_t declared_at(const struct layout *layout)
{
	uint32_t at = layout->block->first + 1;

	for (struct node *node = layout->block->child;
	     node && node != layout->before && node->kind == NODE_DECLARATION; node = node->next)
		at = node->last + 1;
	return at;
}

/* Whether an argument has the same value at the declaration as at the call. */
static bool stays(const struct driver *driver, const struct site *site,
		  const struct layout *layout, const struct expression *expression)
{
	const struct body *body = body_of(&driver->program, site->unit, site->function);

	return expression &&
	       value_stays(body, expression, body_step(body, site->call.name), layout->block,
			   declared_at(layout), layout->surely);
}

const char *argument_comment(const struct site *site, size_t index)
{
	const struct syntax *syntax = &site->unit->syntax;
	struct span span = site->call.arguments[index];
	uint32_t start = code_end(syntax, span.first - 1), end = code_start(syntax, span.last + 1);
	const char *text = syntax->source->text;
	const char *comment = NULL;

	/* Behind the comma but on its line is still about this argument. */
	if (code_is(syntax, span.last + 1, ",")) {
		const char *line_end = strchr(text + end, '\n');

		if (line_end && code_start(syntax, span.last + 2) > line_end - text)
			end = line_end - text;
	}
	if (index > 0) {
		const char *line_end = strchr(text + start, '\n');

		if (line_end && code_start(syntax, span.first) > line_end - text)
			start = line_end - text;
	}
	for (size_t i = tokens_behind(&syntax->all, start);
	     i < syntax->all.count && syntax->all.list[i].start < end; i++) {
		const struct token *token = &syntax->all.list[i];

		if (token->kind != TOKEN_COMMENT || token->end > end)
			continue;
		comment = arena_printf(syntax->arena, "%s%s%.*s", comment ? comment : "",
				       comment ? " " : "", (int)(token->end - token->start),
				       text + token->start);
	}
	return comment;
}

/* A value is set where the struct is declared only if it is known to be the same there. */
static void add_member(const struct driver *driver, const struct site *site, struct layout *layout,
		       const char *name, const char *value, const struct expression *expression)
{
	layout->members[layout->member_count++] = (struct member){
		.name = name,
		.value = value,
		.assigned = layout->block && layout->form != FORM_LITERAL &&
			    !stays(driver, site, layout, expression),
	};
}

static void add_text(const struct driver *driver, const struct site *site, struct layout *layout,
		     const char *name, const char *value)
{
	const struct body *body = body_of(&driver->program, site->unit, site->function);

	add_member(driver, site, layout, name, value, expression_of_text(body, value));
}

bool argument_alone(const struct site *site, size_t index)
{
	const struct syntax *syntax = &site->unit->syntax;
	const struct source *source = site->unit->source;
	uint32_t last = site->call.arguments[index].last;

	return code_is(syntax, last + 1, ",") &&
	       source_line(source, code_start(syntax, last + 2)) !=
		       source_line(source, code_start(syntax, last));
}

static void add_argument(const struct driver *driver, const struct site *site,
			 struct layout *layout, const char *name, size_t index)
{
	const struct syntax *syntax = &site->unit->syntax;
	struct span span = site->call.arguments[index];
	struct member *member = &layout->members[layout->member_count];

	add_member(driver, site, layout, name, code_line(syntax, span.first, span.last),
		   expression_parse(syntax, span));
	member->comment = argument_comment(site, index);
	if (index == ARGUMENT_VMA && argument_comment(site, ARGUMENT_OPS) &&
	    !argument_alone(site, ARGUMENT_OPS))
		member->comment = arena_printf(syntax->arena, "%s%s%s",
					       argument_comment(site, ARGUMENT_OPS),
					       member->comment ? " " : "",
					       member->comment ? member->comment : "");
}

/* "start & PAGE_MASK", with brackets where the argument needs them. */
static const char *masked(const struct site *site)
{
	const struct syntax *syntax = &site->unit->syntax;
	struct span span = site->call.arguments[ARGUMENT_START];
	const char *text = code_line(syntax, span.first, span.last);
	const struct expression *node = expression_inner(expression_parse(syntax, span));
	bool brackets = node->kind == EXPRESSION_BINARY || node->kind == EXPRESSION_CHOICE ||
			node->kind == EXPRESSION_ASSIGN || node->kind == EXPRESSION_COMMA ||
			node->kind == EXPRESSION_UNKNOWN;

	if (code_is(syntax, span.first, "(") && syntax->match[span.first] == span.last)
		brackets = false;
	return arena_printf(syntax->arena, brackets ? "(%s) & PAGE_MASK" : "%s & PAGE_MASK", text);
}

static const char *flags_text(enum direction direction)
{
	static const char *const texts[] = {
		[DIRECTION_TO_DEVICE] = "MIGRATE_VMA_SELECT_SYSTEM",
		[DIRECTION_TO_RAM] = "MIGRATE_VMA_SELECT_DEVICE_PRIVATE",
		[DIRECTION_TO_DEVICE | DIRECTION_TO_RAM] =
			"MIGRATE_VMA_SELECT_SYSTEM | MIGRATE_VMA_SELECT_DEVICE_PRIVATE",
	};

	return texts[direction];
}

void site_members(const struct driver *driver, const struct site *site, struct layout *layout)
{
	const struct release *target = driver->target;
	struct member *start;

	add_argument(driver, site, layout, "vma", ARGUMENT_VMA);
	start = &layout->members[layout->member_count];
	add_argument(driver, site, layout, "start", ARGUMENT_START);
	add_argument(driver, site, layout, "end", ARGUMENT_END);
	if (range_needs_mask(driver, site))
		start->value = masked(site);
	/* Both ends of the range stay together. */
	if (start[0].assigned || start[1].assigned)
		start[0].assigned = start[1].assigned = true;
	add_argument(driver, site, layout, "src", ARGUMENT_SRC);
	add_argument(driver, site, layout, "dst", ARGUMENT_DST);
	if (target->owner_member && site->owner)
		add_text(driver, site, layout, target->owner_member, site->owner);
	if (target->flags_member)
		add_text(driver, site, layout, "flags", flags_text(site->direction));
	if (target->fault_page_member && site->fault_page && (site->direction & DIRECTION_TO_RAM))
		add_text(driver, site, layout, "fault_page", site->fault_page);
}
