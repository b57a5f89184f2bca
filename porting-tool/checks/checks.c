// SPDX-License-Identifier: GPL-2.0-only
#include "checks.h"

#include <string.h>

#include "allow.h"
#include "check.h"
#include "checker.h"
#include "checks/paths/subject.h"

/*
 * First the migrations that a function owns, from their beginning to their end; then those that
 * came in through a parameter, unless a caller has been followed into that function already.
 */
static void follow_migrations(struct checker *checker, bool owned)
{
	for (size_t i = 0; i < checker->program.function_count; i++) {
		const struct function *function = &checker->program.functions[i];
		struct subject *subjects;
		size_t count;

		if (!owned && checker->followed[i])
			continue;
		count = subjects_find(checker, function, &subjects);
		for (size_t s = 0; s < count; s++)
			if (subjects[s].local == owned)
				explore(checker, &subjects[s]);
	}
}

static void look_for_all(struct checker *checker)
{
	follow_migrations(checker, true);
	follow_migrations(checker, false);
	for (size_t i = 0; check_at(i); i++)
		if (check_at(i)->program)
			check_at(i)->program(checker);
}

size_t check_files(const struct source *sources, size_t count, const struct release *target,
		   const struct clang_setup *setup, struct diagnostics *out)
{
	struct checker checker;
	size_t findings;

	if (!count)
		return 0;
	checker_open(&checker, sources, count, target, setup);
	look_for_all(&checker);
	findings = findings_deliver(&checker, out);
	checker_close(&checker);
	return findings;
}

static bool is_by_release(const struct rule *rule)
{
	for (size_t i = 0; check_at(i); i++)
		if (&check_at(i)->rule == rule)
			return check_at(i)->by_release;
	return false;
}

void check_for_release(const struct source *sources, size_t count, const struct release *target,
		       const struct clang_setup *setup, release_finding *found, void *data)
{
	struct checker checker;

	if (!count)
		return;
	checker_open(&checker, sources, count, target, setup);
	look_for_all(&checker);
	for (size_t i = 0; i < checker.finding_count; i++) {
		const struct finding *finding = &checker.findings[i];
		const struct spot *spot = &finding->spot;

		if (is_by_release(finding->rule) &&
		    !rule_allowed(spot->unit, source_line(spot->unit->source, spot->offset),
				  finding->rule->name))
			found(spot->unit - checker.program.units, spot->offset, finding->rule,
			      finding->text, data);
	}
	checker_close(&checker);
}
