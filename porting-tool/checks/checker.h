/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The files that are checked together, and what was found in them.
 */
#ifndef MIGRATE_VMA_CHECKER_H
#define MIGRATE_VMA_CHECKER_H

#include <stdbool.h>
#include <stddef.h>

#include "diagnostic.h"
#include "memory.h"
#include "port.h"
#include "kernel/release.h"
#include "analyse/program.h"
#include "rules.h"

struct finding;
struct hidden;

/**
 * struct checker - what is known of the files that are checked together
 * @arena: where everything lives
 * @program: the files
 * @target: the release they are checked for
 * @setup: as for check_files()
 * @hidden: places that were passed over: see hidden_place.h
 * @fault_path: for each function whether it is, or may be called from, a migrate_to_ram() of the
 *	driver
 * @followed: for each function whether a caller was followed into it
 * @watches_migration: for each file whether it looks at the event MMU_NOTIFY_MIGRATE
 * @findings: what was found
 * @finding_count: how many
 * @finding_capacity: room in @findings
 */
struct checker {
	struct arena arena;
	struct program program;
	const struct release *target;
	const struct clang_setup *setup;
	struct hidden *hidden;
	bool *fault_path;
	bool *followed;
	bool *watches_migration;
	struct finding *findings;
	size_t finding_count;
	size_t finding_capacity;
};

/**
 * checker_open() - parse files and connect their functions
 * @checker: filled in; to be given to checker_close()
 * @sources: the files; must stay
 * @count: how many
 * @target: the release they are checked for
 * @setup: as for check_files()
 */
void checker_open(struct checker *checker, const struct source *sources, size_t count,
		  const struct release *target, const struct clang_setup *setup);

/** checker_close() - give everything back. */
void checker_close(struct checker *checker);

/** function_index() - the place of a function in the arrays of a checker. */
static inline size_t function_index(const struct checker *checker, const struct function *function)
{
	return function - checker->program.functions;
}

/** on_fault_path() - whether a fault handler of the driver may get to a function. */
static inline bool on_fault_path(const struct checker *checker, const struct function *function)
{
	return checker->fault_path[function_index(checker, function)];
}

/** checker_reaches() - whether a function, or one it names, names one of @names; NULL ends them. */
bool checker_reaches(struct checker *checker, const struct function *function,
		     const char *const *names);

#endif
