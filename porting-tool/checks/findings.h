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

/**
 * struct finding_edit - a change that takes away what was found
 * @start: in bytes, in the finding's file
 * @end: behind the last byte that goes
 * @text: what comes instead
 */
struct finding_edit {
	uint32_t start;
	uint32_t end;
	const char *text;
};

/* More changes than one statement asks for. */
#define EDITS_MAX 4

/* More would hide what they explain. */
#define NOTES_MAX 4

/**
 * struct finding - what a check found
 * @rule: its text
 * @spot: where
 * @text: the message
 * @notes: what explains it
 * @note_count: how many
 * @edits: what `check --fix` does about it: only what cannot be wrong
 * @edit_count: how many
 */
struct finding {
	const struct rule *rule;
	struct spot spot;
	const char *text;
	struct note notes[NOTES_MAX];
	size_t note_count;
	struct finding_edit edits[EDITS_MAX];
	size_t edit_count;
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
 * add_edit() - say what takes away what was found
 * @checker: where the finding is
 * @finding: the finding, or NULL, and then nothing happens
 * @start: offset in the finding's file
 * @end: offset behind the last byte that goes; equal to @start for an insertion
 * @format: as for printf(): what comes instead
 *
 * All edits of a finding are made, or none.  A finding for which two answers are possible has none.
 */
void add_edit(struct checker *checker, struct finding *finding, uint32_t start, uint32_t end,
	      const char *format, ...) __attribute__((format(printf, 5, 6)));

/**
 * findings_deliver() - hand the findings over, each followed by its notes, sorted by where they are
 * @checker: where they are
 * @out: they are added here, but for those that a comment in the source allows
 *
 * Return: how many, notes not counted.
 */
size_t findings_deliver(const struct checker *checker, struct diagnostics *out);

#endif
