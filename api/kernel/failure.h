/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * failure.h - making things fail on purpose
 *
 * Whatever may fail while a driver runs asks here first. program.h has what a scenario sees of it,
 * and the variable MACHINE_FAIL, which works with any scenario.
 */
#ifndef API_FAILURE_H
#define API_FAILURE_H

#include <linux/compiler.h>
#include <linux/types.h>

#include "include/program.h"

/* Whether anything is counted or made to fail at all: almost never. */
extern bool failures_wanted;

bool failure_strikes_now(enum machine_failure kind, const void *caller);

/* Whether this is to fail. */
static inline bool failure_strikes(enum machine_failure kind)
{
	return unlikely(failures_wanted) &&
	       failure_strikes_now(kind, __builtin_return_address(0));
}

/* The same for a function that does it for @caller. */
static inline bool failure_strikes_at(enum machine_failure kind, const void *caller)
{
	return unlikely(failures_wanted) && failure_strikes_now(kind, caller);
}

bool failure_holds_now(const void *page, const void *caller);

/*
 * Whether somebody else has @page locked, who keeps it for the whole migration: releases that try
 * a second time see the same as those that try once.
 */
static inline bool failure_holds(const void *page)
{
	return unlikely(failures_wanted) && failure_holds_now(page, __builtin_return_address(0));
}

void failures_migration_begins(void);

/* Around everything that runs a driver: only then anything fails. */
void failures_driver_begins(void);
void failures_driver_ends(void);

/* How deep in drivers another task is that now runs. Returns how deep the one before was. */
int failures_switch(int depth);

void failures_boot(void);
void failures_shutdown(void);

#endif
