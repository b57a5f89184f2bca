/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * trace.h - a scenario says what happened, in a form that can be compared.
 *
 * A trace is plain text on standard output.  Lines that begin with "# " are about the run and are
 * not compared.  "== " begins a step; each line after it is one observation, "what: value".  The
 * first observation of a step is the one to show where there is room for one only.  The last step
 * is called "end", so that a scenario that stopped half way can be told from one that did not.
 *
 * Observations that come with what a correct driver must show are checked at once: a mismatch is
 * told on standard error, with the place in the scenario, and trace_end() returns failure.  The
 * trace always has what really happened.  When the program is killed, the scenario stops there.
 */
#ifndef PROOF_TRACE_H
#define PROOF_TRACE_H

#include "program.h"

/**
 * trace_begin() - boot the machine and load the driver of this executable
 * @scenario: name of the scenario
 *
 * Ends the process when the machine does not boot or the driver does not load.
 */
void trace_begin(const char *scenario);

/**
 * trace_step() - begin the next step
 * @title: what the step does, as a sentence without a full stop
 */
void trace_step(const char *title);

/**
 * trace_note() - an observation without an expectation
 * @what: what was observed
 * @format: its value, as for printf(3)
 */
void trace_note(const char *what, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Where a check stands, for messages. */
#define HERE	__FILE__, __LINE__

/**
 * expect_number() - a number was observed
 * @file: HERE
 * @line: HERE
 * @what: what it counts
 * @expected: its right value
 * @actual: what came
 */
void expect_number(const char *file, int line, const char *what, long expected, long actual);

/**
 * expect_result() - a system call returned
 * @file: HERE
 * @line: HERE
 * @what: the call
 * @expected: 0, -errno, or the number of a signal
 * @actual: what came; the trace has its name
 */
void expect_result(const char *file, int line, const char *what, long expected, long actual);

/**
 * expect_move() - a request to move pages was carried out
 * @file: HERE
 * @line: HERE
 * @expected: 0 or -errno it is to return
 * @expected_moved: pages it is to move, also when it fails
 * @actual: what it returned
 * @moved: the pages it says it moved
 *
 * In the trace a result of 0 is left out: "moved: 16", but "moved: 16, -EINVAL".
 */
void expect_move(const char *file, int line, long expected, unsigned long expected_moved,
		 long actual, unsigned long moved);

/**
 * expect_pages() - look where the pages of a range are
 * @file: HERE
 * @line: HERE
 * @program: whose memory
 * @addr: first page
 * @expected: a character for each page: . nothing, 0 the zero page, S system memory, D device,
 *	X swapped out, M migrating; s, d, m if the page cannot be written
 */
void expect_pages(const char *file, int line, struct program *program, unsigned long addr,
		  const char *expected);

/**
 * expect_bytes() - the program reads pages, which fault in, and compares every byte
 * @file: HERE
 * @line: HERE
 * @program: whose memory
 * @addr: first page
 * @npages: how many
 * @seed: what fill_pages() wrote there, or 0 for pages of zeroes
 */
void expect_bytes(const char *file, int line, struct program *program, unsigned long addr,
		  unsigned long npages, unsigned int seed);

/**
 * expect_counts() - what is in use, apart from what the driver had in use after loading
 * @file: HERE
 * @line: HERE
 * @system: pages of system memory there are to be
 * @device: device pages there are to be
 *
 * Locked, isolated and pinned pages have to be none; objects of the driver go into the trace.
 */
void expect_counts(const char *file, int line, long system, long device);

/**
 * fill_pages() - the program writes bytes that are different in every page
 * @program: whose memory
 * @addr: first page
 * @npages: how many
 * @seed: not 0; other bytes for each value, and page n of seed s equals page 0 of seed s + n
 *
 * Return: as program_write().
 */
int fill_pages(struct program *program, unsigned long addr, unsigned long npages,
	       unsigned int seed);

/**
 * read_page() - the program reads one page and says how that went, without looking at the bytes
 * @program: whose memory
 * @addr: the page
 *
 * Return: as program_read().
 */
int read_page(struct program *program, unsigned long addr);

/**
 * trace_end() - unload the driver, shut the machine down, end the trace
 *
 * Nothing may be left in use, and no rule of the kernel may have been broken.
 *
 * Return: exit status of the scenario: 0 if every expectation held, 1 otherwise.
 */
int trace_end(void);

#endif /* PROOF_TRACE_H */
