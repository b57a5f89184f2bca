// SPDX-License-Identifier: GPL-2.0-only
#include "findings.h"

#include <assert.h>
#include <stdarg.h>
#include <string.h>

#include "allow.h"
#include "rules.h"

static struct spot spot_of(struct place place)
{
	return (struct spot){ place.unit, code_start(&place.unit->syntax, place.token) };
}

static struct finding *add(struct checker *checker, const char *rule, struct spot spot,
			   const char *format, va_list values)
{
	struct finding *finding;

	for (size_t i = 0; i < checker->finding_count; i++) {
		finding = &checker->findings[i];
		if (finding->spot.unit == spot.unit && finding->spot.offset == spot.offset &&
		    !strcmp(finding->rule->name, rule))
			return NULL;
	}
	checker->findings = grow(checker->findings, checker->finding_count,
				 &checker->finding_capacity, sizeof(*finding));
	finding = &checker->findings[checker->finding_count++];
	*finding = (struct finding){ .rule = rule_find(rule), .spot = spot };
	assert(finding->rule);
	finding->text = arena_vprintf(&checker->arena, format, values);
	return finding;
}

struct finding *add_finding(struct checker *checker, const char *rule, struct place place,
			    const char *format, ...)
{
	struct finding *finding;
	va_list values;

	va_start(values, format);
	finding = add(checker, rule, spot_of(place), format, values);
	va_end(values);
	return finding;
}

struct finding *add_finding_at(struct checker *checker, const char *rule, struct spot spot,
			       const char *format, ...)
{
	struct finding *finding;
	va_list values;

	va_start(values, format);
	finding = add(checker, rule, spot, format, values);
	va_end(values);
	return finding;
}

void add_note(struct checker *checker, struct finding *finding, struct place place,
	      const char *format, ...)
{
	struct note *note;
	va_list values;

	if (!finding || finding->note_count == NOTES_MAX)
		return;
	note = &finding->notes[finding->note_count++];
	note->spot = spot_of(place);
	va_start(values, format);
	note->text = arena_vprintf(&checker->arena, format, values);
	va_end(values);
}

void add_edit(struct checker *checker, struct finding *finding, uint32_t start, uint32_t end,
	      const char *format, ...)
{
	struct finding_edit *edit;
	va_list values;

	if (!finding)
		return;
	assert(finding->edit_count < EDITS_MAX);
	edit = &finding->edits[finding->edit_count++];
	va_start(values, format);
	*edit = (struct finding_edit){ start, end,
				       arena_vprintf(&checker->arena, format, values) };
	va_end(values);
}

static void put(struct diagnostics *list, const struct finding *finding)
{
	diagnose(list, finding->spot.unit->source, finding->spot.offset, finding->rule->severity,
		 finding->rule->name, "%s", finding->text);
	for (size_t i = 0; i < finding->edit_count; i++)
		diagnostic_fix(list, finding->edits[i].start, finding->edits[i].end,
			       finding->edits[i].text);
	for (size_t i = 0; i < finding->note_count; i++) {
		const struct note *note = &finding->notes[i];

		diagnose(list, note->spot.unit->source, note->spot.offset, SEVERITY_NOTE,
			 finding->rule->name, "%s", note->text);
	}
}

size_t findings_deliver(const struct checker *checker, struct diagnostics *out)
{
	struct diagnostics list = { 0 };
	size_t delivered = 0;

	for (size_t i = 0; i < checker->finding_count; i++) {
		const struct finding *finding = &checker->findings[i];
		const struct spot *spot = &finding->spot;

		if (rule_allowed(spot->unit, source_line(spot->unit->source, spot->offset),
				 finding->rule->name))
			continue;
		put(&list, finding);
		delivered += finding->rule->severity != SEVERITY_NOTE;
	}
	diagnostics_sort(&list);
	diagnostics_append(out, &list);
	return delivered;
}
