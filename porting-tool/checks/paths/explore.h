/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * All paths through a function, and through the helpers it hands the migration to.
 *
 * A path is followed as a chain of trail marks: a step of a function with the state it was reached
 * in.  The same step in the same state is followed once.
 */
#ifndef MIGRATE_VMA_EXPLORE_H
#define MIGRATE_VMA_EXPLORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "checks/checker.h"
#include "state.h"
#include "subject.h"

/* Stands for the beginning of a trail. */
#define TRAIL_NONE UINT32_MAX

struct memo;

/**
 * struct frame - a function while a certain migration is followed through it
 * @function: the function
 * @subject: what it calls the parts of the migration
 * @facts: texts of the variables and conditions it follows
 * @fact_count: how many
 * @pages: names of its variables that hold pages
 * @page_count: how many
 * @goes_to_dst: for each of them whether the function puts it into dst somewhere
 * @taken_locked: for each of those whether nobody locks it later
 * @pfns: for each of them a variable that holds its page frame number, or NULL
 * @clearing: for each step that is a FLOW_LEAVE whether the loop only clears dst
 * @locking: for each step that is a FLOW_LEAVE whether the loop locks the pages in dst
 * @counters: for each step that is a FLOW_LEAVE the facts that its loop counts words of dst with,
 *	a bit each
 * @counting: for each step whether it counts words of src that have MIGRATE_PFN_MIGRATE
 * @memos: what came of entering it, by the state on entry
 * @active: it is being followed just now
 * @next: another frame
 */
struct frame {
	const struct function *function;
	struct subject subject;
	const char *facts[FACTS_MAX];
	size_t fact_count;
	const char *pages[PAGES_MAX];
	size_t page_count;
	bool goes_to_dst[PAGES_MAX];
	bool taken_locked[PAGES_MAX];
	const char *pfns[PAGES_MAX];
	bool *clearing;
	bool *locking;
	uint32_t *counters;
	bool *counting;
	struct memo *memos;
	bool active;
	struct frame *next;
};

/**
 * struct mark - a point of a path
 * @frame: the function
 * @step: the step of its flow
 * @parent: the mark before it, or TRAIL_NONE
 * @state: what is known on arrival
 */
struct mark {
	const struct frame *frame;
	uint32_t step;
	uint32_t parent;
	struct state state;
};

/**
 * struct outcome - one way the evaluation of something may end
 * @state: what is known then
 * @value: possible values
 * @result: the value is, or tells, the result of the setup
 * @trail: last mark on the way there
 */
struct outcome {
	struct state state;
	uint8_t value;
	bool result;
	uint32_t trail;
};

/**
 * struct outcomes - all ways something may end
 * @list: the ways; on the heap
 * @count: how many
 * @capacity: room in @list
 */
struct outcomes {
	struct outcome *list;
	size_t count;
	size_t capacity;
};

/**
 * struct leak - a path that left a migration open
 * @setup_at: the setup
 * @trail: the last mark of the path
 * @again: it was set up a second time, or went out of scope, at the end of the path
 */
struct leak {
	place_id setup_at;
	uint32_t trail;
	bool again;
};

/**
 * struct count - a statement that counts migrated pages
 * @at: the statement, or the outermost call that leads to it
 * @counted_at: the statement
 * @after_pages: it was reached with migrate_vma_pages() called
 * @without_pages: it was reached in an open migration without that
 * @after_finalize: it was reached after migrate_vma_finalize() without that
 */
struct count {
	place_id at;
	place_id counted_at;
	bool after_pages;
	bool without_pages;
	bool after_finalize;
};

/* More helpers than one migration is handed through. */
#define HELPERS_DEEP_MAX 12

/**
 * struct call_level - a call that is followed
 * @frame: who calls
 * @at: the call
 */
struct call_level {
	const struct frame *frame;
	place_id at;
};

/**
 * struct explorer - the paths of one migration
 * @checker: the files
 * @root: the frame it begins in
 * @calls_pages: the functions that can be seen call migrate_vma_pages() or its kin
 * @calls_finalize: they call migrate_vma_finalize() or its kin
 * @frames: all frames
 * @marks: all marks
 * @mark_count: how many
 * @mark_capacity: room in @marks
 * @mark_limit: how many there may be
 * @fact_limit: how many facts a frame may follow
 * @fills_dst: some path writes to dst, or hands it to code that is not seen
 * @overflow: there were more paths than that
 * @depth: how many helpers deep it is
 * @calls: the calls that lead to where it is, the one in the root first
 * @leaks: paths that left the migration open
 * @leak_count: how many
 * @leak_capacity: room in @leaks
 * @closed: setups after which some path called finalize; with bit 63 set when pages was, too
 * @closed_count: how many
 * @closed_capacity: room in @closed
 * @counts: statements that count
 * @count_count: how many
 * @count_capacity: room in @counts
 */
struct explorer {
	struct checker *checker;
	struct frame *root;
	bool calls_pages;
	bool calls_finalize;
	struct frame *frames;
	struct mark *marks;
	size_t mark_count;
	size_t mark_capacity;
	size_t mark_limit;
	size_t fact_limit;
	bool fills_dst;
	bool overflow;
	unsigned int depth;
	struct call_level calls[HELPERS_DEEP_MAX];
	struct leak *leaks;
	size_t leak_count;
	size_t leak_capacity;
	place_id *closed;
	size_t closed_count;
	size_t closed_capacity;
	struct count *counts;
	size_t count_count;
	size_t count_capacity;
};

/** explore() - follow a migration from the function it begins in, and report what is wrong. */
void explore(struct checker *checker, const struct subject *subject);

/**
 * explore_call() - follow a call into a function
 * @explorer: the paths
 * @frame: the caller
 * @call: the call
 * @callee: the function
 * @before: the state and trail before the call
 * @values: possible values of the arguments
 * @value_count: how many
 * @out: the ways the call may end are added here
 *
 * Return: false when the call hands over nothing of the migration, or cannot be followed.
 */
bool explore_call(struct explorer *explorer, struct frame *frame, const struct expression *call,
		  struct function *callee, const struct outcome *before, const uint8_t *values,
		  size_t value_count, struct outcomes *out);

/**
 * run_function() - follow a function from its entry
 * @explorer: the paths
 * @frame: the function
 * @entry: the state and trail it is entered with
 *
 * Return: the ways it ends; the caller takes them over.
 */
struct outcomes run_function(struct explorer *explorer, struct frame *frame,
			     const struct outcome *entry);

/* More ways than a single expression of a person has. */
#define OUTCOMES_MAX 1000

/** outcomes_add() - add one way, unless it is there already. */
void outcomes_add(struct outcomes *outcomes, const struct outcome *outcome);

/** outcomes_release() - give the list back. */
void outcomes_release(struct outcomes *outcomes);

/** frame_prepare() - find the facts, pages and loops of a new frame. */
void frame_prepare(struct explorer *explorer, struct frame *frame);

/** frame_find_counters() - find @counters of a frame anew, as it follows more facts. */
void frame_find_counters(struct frame *frame);

/** frame_fact() - index of the fact with a text, or -1. */
int frame_fact(const struct frame *frame, const char *text);

/** frame_page() - index of the page variable with a name, or -1. */
int frame_page(const struct frame *frame, const char *name);

/** frame_page_of_pfn() - index of the page variable whose number is kept in @name, or -1. */
int frame_page_of_pfn(const struct frame *frame, const char *name);

/** frame_forget() - drop what is known of everything that reads @text. */
void frame_forget(const struct frame *frame, struct state *state, const char *text);

/** frame_forget_subject() - as frame_forget(), for every part of the migration. */
void frame_forget_subject(const struct frame *frame, struct state *state);

/** place_pack() - a place as a number. */
place_id place_pack(const struct checker *checker, struct place place);

/** place_unpack() - the place a number stands for. */
struct place place_unpack(const struct checker *checker, place_id id);

#endif
