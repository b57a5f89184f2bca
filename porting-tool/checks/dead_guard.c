// SPDX-License-Identifier: GPL-2.0-only
/*
 * What CONFIG_MIGRATE_VMA_HELPER keeps out, for ever, of a driver in three steps.
 */
#include <string.h>

#include "changes/config_option/build_files.h"
#include "changes/config_option/config_option.h"
#include "changes/config_option/kconfig.h"
#include "check.h"

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

static void report(struct checker *checker, const struct unit *unit, size_t offset,
		   const char *what)
{
	add_finding_at(checker, "dead-guard", (struct spot){ unit, offset },
		       "%s only with CONFIG_" OLD_OPTION ", which is gone since Linux 5.4, so "
		       "never; use CONFIG_" NEW_OPTION, what);
}

/* An arm that calls the three steps, and that is left out for the target. */
static bool is_dead(const struct unit *unit, const struct conditional_arm *arm)
{
	const struct token *directive = &unit->syntax.all.list[arm->directive];

	return arm->three_step && arm->value == TRUTH_NO &&
	       next_mention(unit->source, directive->start, directive->end) < directive->end;
}

static void look_at_source(struct checker *checker, const struct unit *unit)
{
	const struct syntax *syntax = &unit->syntax;

	for (size_t i = 0; i < syntax->conditional_count; i++)
		for (size_t n = 0; n < syntax->conditionals[i].arm_count; n++) {
			const struct conditional_arm *arm = &syntax->conditionals[i].arms[n];

			if (is_dead(unit, arm))
				report(checker, unit, syntax->all.list[arm->directive].start,
				       "this is compiled");
		}
}

/* What a driver for old and new kernels is built with, too, is no mistake. */
static void look_at_build_file(struct checker *checker, const struct unit *unit)
{
	const struct source *source = unit->source;

	if (memmem(source->text, source->size, NEW_OPTION, strlen(NEW_OPTION)))
		return;
	for (size_t line = 0; line < source->line_count; line++) {
		size_t start = source->lines[line], end = source_line_end(source, line);
		const char *words = source->text + start + strspn(source->text + start, " \t");
		size_t at = next_mention(source, start, end);

		/* Of Kconfig only the lines that decide. */
		if (at == end || *words == '#' ||
		    (is_kconfig(source->path) && strncmp(words, "depends on", 10) &&
		     strncmp(words, "if ", 3)))
			continue;
		report(checker, unit, at, "the driver is built");
	}
}

static void look_at_guards(struct checker *checker)
{
	if (checker->target->number < SINCE_THREE_STEPS)
		return;
	for (size_t i = 0; i < checker->program.unit_count; i++) {
		const struct unit *unit = &checker->program.units[i];

		if (next_mention(unit->source, 0, unit->source->size) == unit->source->size)
			continue;
		if (is_build_file(unit->source->path))
			look_at_build_file(checker, unit);
		else
			look_at_source(checker, unit);
	}
}

const struct check check_dead_guard = {
	.rule = {
		.name = "dead-guard",
		.summary = "an option that is gone keeps code in three steps from being built",
		.severity = SEVERITY_ERROR,
		.since = "5.4",
		.explanation =
"CONFIG_MIGRATE_VMA_HELPER was the option for migrate_vma(). It went with it in\n"
"5.4, so what it guards in a driver, in its Kconfig file or in its makefile is\n"
"never built any more, and nothing says so. The three calls are there when\n"
"CONFIG_DEVICE_PRIVATE is set. `migrate-vma port` renames the option in all three\n"
"places, for a driver that still has callbacks. An arm with callbacks beside one\n"
"with the three steps is for old kernels, and is fine.",
		.code =
"-#if IS_ENABLED(CONFIG_MIGRATE_VMA_HELPER)\n"
"+#if IS_ENABLED(CONFIG_DEVICE_PRIVATE)\n"
" int drv_move(struct drv *drv, struct migrate_vma *args)\n"
" {\n"
" \tint ret = migrate_vma_setup(args);\n"
" \n"
" \tif (ret)\n"
" \t\treturn ret;\n"
" \tdrv_copy_in(drv, args);\n"
" \tmigrate_vma_pages(args);\n"
" \tmigrate_vma_finalize(args);\n"
" \treturn 0;\n"
" }\n"
" #endif\n",
	},
	.program = look_at_guards,
};
