// SPDX-License-Identifier: GPL-2.0-only
/*
 * CONFIG_MIGRATE_VMA_HELPER is gone in 5.4: what it guarded would never be compiled again.  The
 * three steps are there when CONFIG_DEVICE_PRIVATE is.  Where a driver has both APIs under an #if,
 * the arm with the callback API goes.
 */
#include <string.h>

#include "edit/edit.h"
#include "edit/lines.h"
#include "analyse/preprocess.h"
#include "config_option.h"
#include "changes/migrate_vma/plan.h"

/* Takes out whole lines from one directive to before another. */
static void remove_span(struct unit *unit, size_t first, size_t last)
{
	const struct source *source = unit->source;
	const struct token *all = unit->syntax.all.list;

	edit_remove(unit->edits, line_top(source, all[first].start),
		    line_top(source, all[last].start));
}

static void remove_directive(struct unit *unit, size_t directive)
{
	const struct source *source = unit->source;
	const struct token *token = &unit->syntax.all.list[directive];

	edit_remove(unit->edits, line_top(source, token->start),
		    source_line_next(source, source_line(source, token->end)));
}

/* The #if of an arm that stays: between declarations and statements it leaves a blank line. */
static void remove_opening(struct unit *unit, const struct conditional_arm *arm)
{
	const struct syntax *syntax = &unit->syntax;
	uint32_t offset = syntax->all.list[arm->directive].start;
	const struct node *before, *behind;
	uint32_t at = (uint32_t)tokens_behind(&syntax->code, offset);
	size_t line = source_line(unit->source, offset);

	if (at && at < syntax->code.count) {
		before = node_at(syntax, at - 1);
		behind = node_at(syntax, at);
		if (before->kind == NODE_DECLARATION && behind->kind != NODE_DECLARATION &&
		    node_function(behind) && !line_is_blank(unit->source, line - 1) &&
		    !line_is_blank(unit->source, line + 1)) {
			edit_supersede(unit->edits, line_top(unit->source, offset),
				       source_line_next(unit->source, line), "\n");
			return;
		}
	}
	remove_directive(unit, arm->directive);
}

/* All of an #if, and one of two blank lines around it. */
static void remove_group(struct unit *unit, const struct conditional *group)
{
	const struct source *source = unit->source;
	const struct token *all = unit->syntax.all.list;
	size_t first = source_line(source, all[group->arms[0].directive].start);
	size_t last = source_line(source, all[group->endif].end);

	if (first > 0 && line_is_blank(source, first - 1)) {
		if (last + 1 >= source->line_count)
			first--;
		else if (line_is_blank(source, last + 1))
			last++;
	}
	edit_remove(unit->edits, source->lines[first], source_line_next(source, last));
}

/* #elif becomes #if when the arms before it are gone. */
static void open_with(struct driver *driver, struct unit *unit, size_t directive)
{
	const struct token *token = &unit->syntax.all.list[directive];
	const char *text = arena_copy(driver->arena, unit->source->text + token->start,
				      token->end - token->start);
	const char *elif = strstr(text, "elif");

	if (elif)
		edit_replace(unit->edits, token->start + (elif - text),
			     token->start + (elif - text) + 4, "if");
}

static void drop_old_arms(struct driver *driver, struct unit *unit, struct conditional *group)
{
	size_t kept = 0, first_kept = group->arm_count;

	if (group->endif >= unit->syntax.all.count)
		return;
	for (size_t i = 0; i < group->arm_count; i++)
		if (!group->arms[i].goes && !kept++)
			first_kept = i;
	if (kept == group->arm_count && !group->tells_apart)
		return;
	if (!kept) {
		remove_group(unit, group);
		return;
	}
	for (size_t i = 0; i < group->arm_count; i++)
		if (group->arms[i].goes)
			remove_span(unit, group->arms[i].directive, group->arms[i].last);
	if (kept == 1 && (group->both || group->arms[first_kept].value == TRUTH_YES)) {
		remove_opening(unit, &group->arms[first_kept]);
		remove_directive(unit, group->endif);
	} else if (first_kept > 0) {
		open_with(driver, unit, group->arms[first_kept].directive);
	}
}

/* The option's name in directives, and in IS_ENABLED() in the code. */
static void rename_option(struct unit *unit, const struct token *token)
{
	const char *text = unit->source->text;
	uint32_t at = token->start;

	while (at + strlen(OLD_OPTION) <= token->end) {
		if (strncmp(text + at, OLD_OPTION, strlen(OLD_OPTION))) {
			at++;
			continue;
		}
		edit_replace(unit->edits, at, at + strlen(OLD_OPTION), NEW_OPTION);
		at += strlen(OLD_OPTION);
	}
}

/* Whether everything from one offset to another goes. */
static bool is_removed(const struct unit *unit, uint32_t start, uint32_t end)
{
	for (size_t i = 0; i < unit->edits->count; i++) {
		const struct edit *edit = &unit->edits->list[i];

		if (edit->start <= start && edit->end >= end && !*edit->text)
			return true;
	}
	return false;
}

/* An #if around nothing but what goes has nothing left to guard. */
static void drop_empty_guard(struct unit *unit, const struct conditional *group)
{
	const struct tokens *all = &unit->syntax.all;
	const struct conditional_arm *arm = &group->arms[0];
	size_t gone = 0;

	if (group->arm_count != 1 || group->guard || !arm->chosen || group->endif >= all->count)
		return;
	for (size_t i = arm->first; i < arm->last; i++) {
		if (!is_removed(unit, all->list[i].start, all->list[i].end))
			return;
		gone++;
	}
	if (gone)
		edit_remove(
			unit->edits, line_top(unit->source, all->list[arm->directive].start),
			source_line_next(unit->source,
					 source_line(unit->source, all->list[group->endif].end)));
}

void plan_guards(struct driver *driver)
{
	for (size_t u = 0; u < driver->program.unit_count; u++) {
		struct unit *unit = &driver->program.units[u];

		for (size_t i = 0; i < unit->syntax.conditional_count; i++)
			if (unit->syntax.conditionals[i].both || unit->syntax.conditionals[i].tells_apart)
				drop_old_arms(driver, unit, &unit->syntax.conditionals[i]);
		for (size_t i = 0; i < unit->syntax.all.count && !driver->program.preprocess->two_apis;
		     i++) {
			const struct token *token = &unit->syntax.all.list[i];

			if (token->kind == TOKEN_DIRECTIVE ||
			    token_is(unit->source->text, token, "CONFIG_" OLD_OPTION))
				rename_option(unit, token);
		}
		for (size_t i = 0; i < unit->syntax.conditional_count; i++)
			drop_empty_guard(unit, &unit->syntax.conditionals[i]);
	}
}
