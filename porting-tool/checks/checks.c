// SPDX-License-Identifier: GPL-2.0-only
#include "checks.h"

#include <string.h>

#include "check.h"
#include "program.h"
#include "checks/paths/subject.h"

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
	for (size_t i = 0; check_at(i); i++)
		if (check_at(i)->program)
			check_at(i)->program(&program);
	findings = findings_deliver(&program, out);
	program_close(&program);
	return findings;
}
