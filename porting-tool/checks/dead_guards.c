// SPDX-License-Identifier: GPL-2.0-only
/*
 * What CONFIG_MIGRATE_VMA_HELPER keeps out, for ever, of a driver in three steps.
 */
#include <string.h>

#include "source/conditional.h"
#include "changes/config_option/build_files.h"
#include "changes/config_option/config_option.h"
#include "changes/config_option/kconfig.h"
#include "allow.h"
#include "lint.h"

#define OPTION_GONE_SINCE RELEASE(5, 4)

/*
 * The next mention of the option from @at on, before @end; @end if there is none.  A -D, which
 * defines it, is none.
 */
static size_t next_mention(const struct source *source, size_t at, size_t end)
{
	for (; at < end; at++) {
		const char *found = memmem(source->text + at, end - at, OLD_OPTION,
					   strlen(OLD_OPTION));

		if (!found)
			return end;
		at = (size_t)(found - source->text);
		if (option_at(source->text, at, OLD_OPTION) ||
		    (at >= 7 && option_at(source->text, at - 7, "CONFIG_" OLD_OPTION)))
			return at;
	}
	return end;
}

static size_t report(const struct unit *unit, size_t offset, const char *what,
		     struct diagnostics *out)
{
	if (rule_allowed(unit, source_line(unit->source, offset), "dead-guard"))
		return 0;
	diagnose(out, unit->source, offset, SEVERITY_ERROR, "dead-guard",
		 "%s only with CONFIG_" OLD_OPTION ", which is gone since Linux 5.4, so never; use "
		 "CONFIG_" NEW_OPTION, what);
	return 1;
}

/* An arm that calls the three steps, and that is left out for the target. */
static bool is_dead(const struct unit *unit, const struct tokens *all,
		    const struct conditional_arm *arm)
{
	const struct token *directive = &all->list[arm->directive];

	return arm->three_step && arm->first < arm->last &&
	       next_mention(unit->source, directive->start, directive->end) < directive->end &&
	       unit->view.text[all->list[arm->first].start] == ' ';
}

static size_t look_at_source(struct program *program, const struct unit *unit,
			     struct diagnostics *out)
{
	struct tokens all = { 0 };
	struct conditional *groups;
	size_t count, findings = 0;

	lex(unit->source->text, 0, unit->source->size, &all);
	count = conditionals_find(unit->source, &all, &program->arena, &groups);
	for (size_t i = 0; i < count; i++)
		for (size_t n = 0; n < groups[i].arm_count; n++)
			if (is_dead(unit, &all, &groups[i].arms[n]))
				findings += report(unit,
						   all.list[groups[i].arms[n].directive].start,
						   "this is compiled", out);
	tokens_release(&all);
	return findings;
}

/* What a driver for old and new kernels is built with, too, is no mistake. */
static size_t look_at_build_file(const struct unit *unit, struct diagnostics *out)
{
	const struct source *source = unit->source;
	size_t findings = 0;

	if (memmem(source->text, source->size, NEW_OPTION, strlen(NEW_OPTION)))
		return 0;
	for (size_t line = 0; line < source->line_count; line++) {
		size_t start = source->lines[line], end = source_line_end(source, line);
		const char *words = source->text + start + strspn(source->text + start, " \t");
		size_t at = next_mention(source, start, end);

		/* Of Kconfig only the lines that decide. */
		if (at == end || *words == '#' ||
		    (is_kconfig(source->path) && strncmp(words, "depends on", 10) &&
		     strncmp(words, "if ", 3)))
			continue;
		findings += report(unit, at, "the driver is built", out);
	}
	return findings;
}

size_t lint_dead_guards(struct program *program, struct diagnostics *out)
{
	size_t findings = 0;

	if (program->target->number < OPTION_GONE_SINCE)
		return 0;
	for (size_t i = 0; i < program->unit_count; i++) {
		const struct unit *unit = &program->units[i];

		if (next_mention(unit->source, 0, unit->source->size) == unit->source->size)
			continue;
		findings += is_build_file(unit->source->path) ?
				    look_at_build_file(unit, out) :
				    look_at_source(program, unit, out);
	}
	return findings;
}
