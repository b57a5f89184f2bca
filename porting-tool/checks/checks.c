// SPDX-License-Identifier: GPL-2.0-only
#include "checks.h"

#include <string.h>

#include "allow.h"
#include "explore.h"
#include "lint.h"
#include "program.h"
#include "subject.h"

/*
 * First the migrations that a function owns, from their beginning to their end; then those that
 * came in through a parameter, unless a caller has been followed into that function already.
 */
static void follow_migrations(struct program *program, bool owned)
{
	for (size_t i = 0; i < program->function_count; i++) {
		const struct function *function = &program->functions[i];
		struct subject *subjects;
		size_t count;

		if (!owned && function->followed)
			continue;
		count = subjects_find(program, function, &subjects);
		for (size_t s = 0; s < count; s++)
			if (subjects[s].local == owned)
				explore(program, &subjects[s]);
	}
}

/* Hands the findings over with the notes behind each. */
static size_t deliver(const struct program *program, struct diagnostics *out)
{
	struct diagnostics list = { 0 };
	size_t delivered = 0;

	for (size_t i = 0; i < program->finding_count; i++) {
		const struct finding *finding = &program->findings[i];
		const struct unit *unit = finding->place.unit;

		if (finding_allowed(finding))
			continue;
		delivered++;
		diagnose(&list, unit->source, code_start(&unit->syntax, finding->place.token),
			 finding->rule->severity, finding->rule->name, "%s", finding->text);
		for (size_t n = 0; n < finding->note_count; n++) {
			const struct note *note = &finding->notes[n];

			unit = note->place.unit;
			diagnose(&list, unit->source, code_start(&unit->syntax, note->place.token),
				 SEVERITY_NOTE, finding->rule->name, "%s", note->text);
		}
	}
	diagnostics_sort(&list);
	diagnostics_append(out, &list);
	return delivered;
}

size_t check_files(const struct source *sources, size_t count, const struct release *target,
		   const struct clang_setup *setup, struct diagnostics *out)
{
	struct program program;
	size_t findings;

	if (!count)
		return 0;
	program_open(&program, sources, count, target, setup);
	follow_migrations(&program, true);
	follow_migrations(&program, false);
	lint_chunk_loops(&program);
	lint_names(&program);
	findings = deliver(&program, out) + lint_dead_guards(&program, out);
	program_close(&program);
	return findings;
}
