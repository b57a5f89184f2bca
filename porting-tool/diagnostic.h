/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the tool has to say about a place in a file.
 */
#ifndef MIGRATE_VMA_DIAGNOSTIC_H
#define MIGRATE_VMA_DIAGNOSTIC_H

#include <stddef.h>
#include <stdint.h>

struct source;

/**
 * enum severity - how much a diagnostic weighs
 * @SEVERITY_ERROR: an old use that is left as it was, or a true mistake in a three-step driver
 * @SEVERITY_WARNING: something a person has to do or should look at
 * @SEVERITY_NOTE: belongs to the diagnostic before it, or only informs
 */
enum severity { SEVERITY_ERROR, SEVERITY_WARNING, SEVERITY_NOTE };

/**
 * struct fix - a change to the message's file that takes away what it is about
 * @start: offset of the first byte that goes
 * @end: offset behind the last byte that goes; equal to @start for an insertion
 * @text: what comes instead, with "\n" line endings
 * @next: the message needs this change as well
 */
struct fix {
	uint32_t start;
	uint32_t end;
	char *text;
	struct fix *next;
};

/**
 * struct diagnostic - one message
 * @severity: its weight
 * @path: the file
 * @line: counted from 1; 0 when the message is about the whole file
 * @column: counted from 1, in bytes
 * @rule: stable name of the rule, as `migrate-vma explain` takes it; static
 * @text: one line, no full stop at the end
 * @fix: the changes that cannot be wrong, or NULL
 */
struct diagnostic {
	enum severity severity;
	char *path;
	unsigned int line;
	unsigned int column;
	const char *rule;
	char *text;
	struct fix *fix;
};

/**
 * struct diagnostics - a list of messages in the order they were made
 * @list: the messages
 * @count: how many
 * @capacity: room in @list
 *
 * All zeroes is an empty list.  One thread uses a list at a time.
 */
struct diagnostics {
	struct diagnostic *list;
	size_t count;
	size_t capacity;
};

/**
 * diagnose() - add a message about a place in a source
 * @to: the list
 * @source: the file
 * @offset: byte offset of the place in @source
 * @severity: its weight
 * @rule: stable rule name; must be a string constant
 * @format: as for printf(): the message
 */
void diagnose(struct diagnostics *to, const struct source *source, size_t offset,
	      enum severity severity, const char *rule, const char *format, ...)
	__attribute__((format(printf, 6, 7)));

/**
 * diagnose_file() - add a message about a file that may have no source
 * @to: the list
 * @path: the file
 * @severity: its weight
 * @rule: stable rule name; must be a string constant
 * @format: as for printf(): the message
 */
void diagnose_file(struct diagnostics *to, const char *path, enum severity severity,
		   const char *rule, const char *format, ...)
	__attribute__((format(printf, 5, 6)));

/** diagnostic_fix() - add a change to the last message of a list; @text is copied. */
void diagnostic_fix(struct diagnostics *list, uint32_t start, uint32_t end, const char *text);

/** diagnostics_sort() - order by file, line and column; notes stay behind what they belong to. */
void diagnostics_sort(struct diagnostics *diagnostics);

/** diagnostics_append() - move all messages of @from to the end of @to; @from is empty then. */
void diagnostics_append(struct diagnostics *to, struct diagnostics *from);

/** diagnostics_release() - give the list back. */
void diagnostics_release(struct diagnostics *diagnostics);

#endif
