/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the checks found.
 */
#ifndef MIGRATE_VMA_FINDINGS_H
#define MIGRATE_VMA_FINDINGS_H

#include "checker.h"

/**
 * struct spot - a place in a file's text
 * @unit: the file
 * @offset: in bytes
 */
struct spot {
	const struct unit *unit;
	size_t offset;
};

/**
 * struct note - a further place that explains a finding
 * @spot: where
 * @text: what is to be seen there
 */
struct note {
	struct spot spot;
	const char *text;
};

/* More would hide what they explain. */
#define NOTES_MAX 4

/**
 * struct finding - what a check found
 * @rule: its text
 * @spot: where
 * @text: the message
 * @notes: what explains it
 * @note_count: how many
 */
struct finding {
	const struct rule *rule;
	struct spot spot;
	const char *text;
	struct note notes[NOTES_MAX];
	size_t note_count;
};

/**
 * add_finding() - add a finding
 * @checker: where to
 * @rule: name of a rule of the table
 * @place: where
 * @format: as for printf(): the message
 *
 * A rule finds something once at a place.
 *
 * Return: the finding, for add_note(), until the next add_finding(); NULL when it was found before.
 */
struct finding *add_finding(struct checker *checker, const char *rule, struct place place,
			    const char *format, ...) __attribute__((format(printf, 4, 5)));

/** add_finding_at() - as add_finding(), where the text is no code: a directive, a build file. */
struct finding *add_finding_at(struct checker *checker, const char *rule, struct spot spot,
			       const char *format, ...) __attribute__((format(printf, 4, 5)));

/**
 * add_note() - explain a finding
 * @checker: where it is
 * @finding: the finding, or NULL, and then nothing happens
 * @place: where there is something to see
 * @format: as for printf(): what
 */
void add_note(struct checker *checker, struct finding *finding, struct place place,
	      const char *format, ...) __attribute__((format(printf, 4, 5)));

/**
 * findings_deliver() - hand the findings over, each followed by its notes, sorted by where they are
 * @checker: where they are
 * @out: they are added here, but for those that a comment in the source allows
 *
 * Return: how many, notes not counted.
 */
size_t findings_deliver(const struct checker *checker, struct diagnostics *out);

#endif
