// SPDX-License-Identifier: GPL-2.0-only
/*
 * Tests of the release that the driver has already.
 *
 * One that gives the same answer for every release of the range goes, and so does one that chooses
 * between forms of an API that there is a helper for: the arm of the newest release stays.  Any
 * other tells something apart that is not known here; it stays, and is named.
 */
#include "one_source.h"

#include <stdlib.h>
#include <string.h>

#include "analyse/preprocess.h"
#include "edit/edit.h"

#define RELEASES_MAX 64

/* What each release reads of a file: the number of the arm of each #if, or -1. */
struct reading {
	long *arms;
	bool *decided;
};

static bool asks_version(const struct syntax *syntax, const struct conditional *group)
{
	for (size_t i = 0; i < group->arm_count; i++) {
		const struct token *line = &syntax->all.list[group->arms[i].directive];
		size_t size = line->end - line->start;

		if (memmem(syntax->source->text + line->start, size, "LINUX_VERSION_CODE", 18) ||
		    memmem(syntax->source->text + line->start, size, "MIGRATE_PFN_LOCKED", 18))
			return true;
	}
	return false;
}

static struct reading read_as(struct one_source *driver, const struct source *source,
			      const struct release *release)
{
	struct reading reading;
	struct syntax syntax;

	syntax_lex(&syntax, source, driver->arena);
	preprocess_arms(preprocess_begin(driver->arena, release, driver->setup), &syntax);
	reading.arms = arena_alloc(driver->arena, (syntax.conditional_count + 1) * sizeof(long));
	reading.decided = arena_alloc(driver->arena, syntax.conditional_count + 1);
	for (size_t i = 0; i < syntax.conditional_count; i++) {
		const struct conditional *group = &syntax.conditionals[i];

		reading.arms[i] = -1;
		reading.decided[i] = asks_version(&syntax, group);
		for (size_t arm = 0; arm < group->arm_count; arm++) {
			if (group->arms[arm].value == TRUTH_UNKNOWN)
				reading.decided[i] = false;
			if (group->arms[arm].value == TRUTH_YES && reading.arms[i] < 0)
				reading.arms[i] = (long)arm;
		}
	}
	syntax_release(&syntax);
	return reading;
}

static size_t read_all(struct one_source *driver, const struct source *source,
		       struct reading *readings)
{
	const char *name, *error;
	size_t count = 0;

	readings[count++] = read_as(driver, source, release_newest());
	for (size_t i = 0; (name = release_list(i)) && count < RELEASES_MAX; i++) {
		const struct release *release = release_find(name, &error);

		if (release->number >= driver->range.from->number &&
		    release->number <= driver->range.to->number)
			readings[count++] = read_as(driver, source, release);
	}
	return count;
}

/* Whether a helper is there for what some text is about. */
static bool names_form(const char *text, size_t size)
{
	struct tokens tokens = { 0 };
	bool found = false;

	lex(text, 0, size, &tokens);
	for (size_t i = 0; !found && i < tokens.count; i++) {
		const struct form_api *api;

		if (tokens.list[i].kind == TOKEN_DIRECTIVE) {
			const char *rest;

			if (directive_kind(text, &tokens.list[i], &rest) == DIRECTIVE_DEFINE)
				found = names_form(rest, tokens.list[i].end - (size_t)(rest - text));
			continue;
		}
		for (size_t at = 0; (api = form_api_at(at)); at++)
			for (size_t use = 0; use < api->use_count; use++)
				found = found || token_is(text, &tokens.list[i],
							  api->uses[use].name);
	}
	tokens_release(&tokens);
	return found;
}

static uint32_t line_start(const struct source *source, size_t offset)
{
	return source->lines[source_line(source, offset)];
}

static uint32_t line_behind(const struct source *source, size_t offset)
{
	return (uint32_t)source_line_next(source, source_line(source, offset));
}

static size_t last_directive(const struct syntax *syntax, const struct conditional *group)
{
	return syntax->all.list[group->endif].start;
}

static void keep_arm(struct edits *edits, const struct syntax *syntax,
		     const struct conditional *group, long kept)
{
	const struct source *source = syntax->source;

	for (size_t i = 0; i < group->arm_count; i++) {
		const struct conditional_arm *arm = &group->arms[i];
		const struct token *line = &syntax->all.list[arm->directive];
		size_t next = i + 1 < group->arm_count ?
				      syntax->all.list[group->arms[i + 1].directive].start :
				      last_directive(syntax, group);

		edit_remove(edits, line_start(source, line->start),
			    (long)i == kept ? line_behind(source, line->end - 1) :
					      line_start(source, next));
	}
	edit_remove(edits, line_start(source, last_directive(syntax, group)),
		    line_behind(source, last_directive(syntax, group)));
}

/* Whether a group stands in what another one loses; then it goes along. */
static bool goes_along(const struct syntax *syntax, const struct conditional *group,
		       const struct edits *edits)
{
	size_t start = syntax->all.list[group->arms[0].directive].start;

	for (size_t i = 0; i < edits->count; i++)
		if (edits->list[i].start <= start && start < edits->list[i].end)
			return true;
	return false;
}

void version_arms_rewrite(struct one_source *driver, struct one_source_file *file)
{
	struct reading readings[RELEASES_MAX];
	size_t count = read_all(driver, &file->now, readings), size, conflict;
	struct edits edits = { 0 };
	struct syntax syntax;
	char *text;

	syntax_lex(&syntax, &file->now, driver->arena);
	for (size_t i = 0; i < syntax.conditional_count; i++) {
		const struct conditional *group = &syntax.conditionals[i];
		size_t start = syntax.all.list[group->arms[0].directive].start;
		bool same = true, decided = true;

		for (size_t at = 0; at < count; at++) {
			same = same && readings[at].arms[i] == readings[0].arms[i];
			decided = decided && readings[at].decided[i];
		}
		if (!decided || group->guard || group->endif >= syntax.all.count ||
		    goes_along(&syntax, group, &edits))
			continue;
		if (same || names_form(file->now.text + start, last_directive(&syntax, group) - start))
			keep_arm(&edits, &syntax, group, readings[0].arms[i]);
		else
			one_source_left(driver, file, start,
					"this tells releases of the range apart, and what it does is "
					"no API that there is a helper for: ask for what the kernel has "
					"instead of its number");
	}
	text = edits.count ? edits_apply(&edits, &file->now, &size, &conflict) : NULL;
	syntax_release(&syntax);
	if (text) {
		char *path = arena_copy(driver->arena, file->now.path, strlen(file->now.path));

		source_release(&file->now);
		source_set(&file->now, path, text, size);
		file->changed = true;
		free(text);
	}
	edits_release(&edits);
}
