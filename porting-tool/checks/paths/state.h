/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What is known at one point of one path.
 */
#ifndef MIGRATE_VMA_STATE_H
#define MIGRATE_VMA_STATE_H

#include <stdbool.h>
#include <stdint.h>

#include "checks/list.h"

/* What a value may be: one bit for each that is possible. */
#define VALUE_ZERO 1
#define VALUE_POSITIVE 2
#define VALUE_NEGATIVE 4
#define VALUE_TRUE (VALUE_POSITIVE | VALUE_NEGATIVE)
#define VALUE_ANY 7

/**
 * enum phase - how far a migration is
 * @PHASE_IDLE: not set up
 * @PHASE_OPEN: migrate_vma_setup() returned 0
 * @PHASE_FAILED: migrate_vma_setup() returned an error
 * @PHASE_CLOSED: migrate_vma_finalize() was called
 */
enum phase { PHASE_IDLE, PHASE_OPEN, PHASE_FAILED, PHASE_CLOSED };

/**
 * enum fill - what words of dst hold
 * @FILL_NONE: zeroes
 * @FILL_PERHAPS: nobody knows
 * @FILL_PAGE: at least one page
 */
enum fill { FILL_NONE, FILL_PERHAPS, FILL_PAGE };

/* Why it may be that the migration was set up, though that was not seen. */
#define UNKNOWN_CALLER 1
#define UNKNOWN_CODE 2

/* Members of struct migrate_vma that a driver sets, one bit each. */
#define MEMBER_VMA 0x01
#define MEMBER_START 0x02
#define MEMBER_END 0x04
#define MEMBER_SRC 0x08
#define MEMBER_DST 0x10
#define MEMBER_OWNER 0x20
#define MEMBER_FLAGS 0x40
#define MEMBER_FAULT_PAGE 0x80
#define MEMBER_ALL 0xff

/* What the flags member may select. */
#define SELECT_SYSTEM 1
#define SELECT_DEVICE 2
#define SELECT_OTHER 4

/* What is known of a variable that holds a page. */
#define PAGE_UNLOCKED 1
#define PAGE_IN_DST 2

/* What is known of a page that the function has taken. */
#define HELD_TAKEN 1
#define HELD_LOCKED 2

#define FACTS_MAX 20
#define PAGES_MAX 6

/* A place as a number that can be compared and stored; 0 is no place. */
typedef uint64_t place_id;

/**
 * struct state - what is known at one point of one path
 * @phase: how far the migration is: enum phase
 * @unknown: it may have been set up by a caller that is not seen, or by code that is not understood
 * @cpages: possible values of its cpages
 * @dst: what the words of dst hold that this turn of a loop wrote: enum fill
 * @dst_earlier: what those hold that earlier turns wrote
 * @zeroed: the struct was zeroed before members were set
 * @members: which members are set
 * @flags: what flags selects
 * @tested: the path depends on the result of the setup
 * @result: 1 + index of the fact that holds the result of the setup, or 0
 * @handed_over: a function nobody can see was given the struct since the setup
 * @pages_called: migrate_vma_pages() was called since the setup
 * @setup_at: the call that set it up
 * @fill_at: where a page was written to dst
 * @places: what checks keep: enum check_place
 * @taken_at: where the pages of @held were taken
 * @facts: possible values of the variables and conditions that the frame follows
 * @pages: what is known of the frame's variables that hold pages
 * @held: of them, those that the function has taken and still has: HELD_TAKEN and so on
 *
 * Padding is zero: states are compared as bytes.
 */
struct state {
	place_id setup_at;
	place_id fill_at;
	place_id places[PLACE_COUNT];
	place_id taken_at[PAGES_MAX];
	uint8_t phase;
	uint8_t unknown;
	uint8_t cpages;
	uint8_t dst;
	uint8_t dst_earlier;
	uint8_t zeroed;
	uint8_t members;
	uint8_t flags;
	uint8_t tested;
	uint8_t result;
	uint8_t handed_over;
	uint8_t pages_called;
	uint8_t facts[FACTS_MAX];
	uint8_t pages[PAGES_MAX];
	uint8_t held[PAGES_MAX];
	uint8_t padding[4];
};

_Static_assert(sizeof(struct state) == (2 + PLACE_COUNT + PAGES_MAX) * 8 + 12 + FACTS_MAX + 2 * PAGES_MAX + 4,
	       "struct state has padding that nobody clears");

#endif
