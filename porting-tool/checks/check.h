/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A check of `migrate-vma check`: its text, what it keeps, and when it looks.
 *
 * Each check is a file of its own, which defines one struct check; checks that judge the same thing
 * share a file.  To add one, write the file and name it in list.h.  Tests run the wrong and the
 * right code of its text: the wrong code is found by this check and no other, the right code by none.
 */
#ifndef MIGRATE_VMA_CHECK_H
#define MIGRATE_VMA_CHECK_H

#include "checks/paths/explore.h"
#include "findings.h"
#include "list.h"
#include "checks/paths/migration.h"
#include "rules.h"

/**
 * enum moment - what happens to a migration on the path that is followed
 * @MOMENT_SETUP: it is set up; the state is that before the call
 * @MOMENT_DROPPED: the result of the setup goes nowhere
 * @MOMENT_PAGES: migrate_vma_pages() or migrate_device_pages() is called
 * @MOMENT_FINALIZE: migrate_vma_finalize() or migrate_device_finalize() is called
 * @MOMENT_READY: either of these looks at the pages in dst
 * @MOMENT_SRC: a word of src is written to
 * @MOMENT_DST: a word of dst is written to
 * @MOMENT_DROP_PAGE: a page that is in dst is unlocked or freed
 * @MOMENT_LOSE_PAGE: a page that was taken is lost; the expression may be NULL
 * @MOMENT_FREE_LOCKED: a page that was taken is given back and is still locked
 * @MOMENT_CALL: some other function is called
 * @MOMENT_READ: a member of the struct is read
 * @MOMENT_RETURN: a function returns a value
 * @MOMENT_COUNT: number of moments
 */
enum moment {
	MOMENT_SETUP, MOMENT_DROPPED, MOMENT_PAGES, MOMENT_FINALIZE, MOMENT_READY, MOMENT_SRC,
	MOMENT_DST, MOMENT_DROP_PAGE, MOMENT_LOSE_PAGE, MOMENT_FREE_LOCKED, MOMENT_CALL,
	MOMENT_READ, MOMENT_RETURN, MOMENT_COUNT,
};

/**
 * struct event - a moment on a path
 * @explorer: the paths
 * @frame: the function
 * @expression: the call, the word that is written to, or the member
 * @state: what is known; checks change only their own places
 * @trail: last mark on the way there
 * @operator: for a write "=", "|=" and so on, "memset" for a whole array
 * @value: for a write, or what is returned, the possible values
 * @result: what is returned is the result of the setup
 * @text: for a write the value's spelling
 * @effect: for a call what it is known to do
 * @taken_at: for a page that was taken, where
 */
struct event {
	struct explorer *explorer;
	struct frame *frame;
	const struct expression *expression;
	struct state *state;
	uint32_t trail;
	const char *operator;
	uint8_t value;
	bool result;
	const char *text;
	enum call_effect effect;
	place_id taken_at;
};

/**
 * struct check - one check
 * @rule: its text
 * @on: called at these moments of every path; NULL where there is nothing to look at
 * @paths: called once all paths of a migration are known, or NULL
 * @program: called once for all files, for what needs no paths, or NULL
 * @by_release: what is right for one release is wrong for another, so `port` asks this check what is
 *	left in a driver that has the three steps already
 */
struct check {
	struct rule rule;
	void (*on[MOMENT_COUNT])(const struct event *event);
	void (*paths)(struct explorer *explorer);
	void (*program)(struct checker *checker);
	bool by_release;
};

#define DECLARE_CHECK(name) extern const struct check check_##name;
CHECKS(DECLARE_CHECK)
#undef DECLARE_CHECK

/** check_at() - every check, in the order of list.h; NULL behind the last. */
const struct check *check_at(size_t index);

/** checks_on() - tell all checks of a moment. */
void checks_on(enum moment moment, const struct event *event);

/** event_at() - a moment that has no more to say of itself than where it is. */
static inline struct event event_at(struct explorer *explorer, struct frame *frame,
				    const struct expression *expression, struct outcome *at)
{
	return (struct event){
		.explorer = explorer, .frame = frame, .expression = expression,
		.state = &at->state, .trail = at->trail,
	};
}

/** event_found() - add a finding at the event's expression; note as in add_finding(). */
#define event_found(event, rule, ...)                                                              \
	add_finding((event)->explorer->checker, rule,                                              \
		    frame_place((event)->frame, (event)->expression), __VA_ARGS__)

/** event_place() - the event's expression as a place that a state can keep. */
place_id event_place(const struct event *event);

/** event_note() - explain a finding with a place that a state has kept; 0 is no place. */
void event_note(const struct event *event, struct finding *finding, place_id at,
		const char *text);

/** write_names_page() - whether a write stores a page: "= migrate_pfn(...)", or "|=". */
bool write_names_page(const struct event *event);

/** function_mentions() - whether a name stands anywhere in a function. */
bool function_mentions(const struct function *function, const char *name);

/** holds_pages() - whether a migration is open and the core holds pages of it. */
static inline bool holds_pages(const struct state *state)
{
	return state->phase == PHASE_OPEN && (state->cpages & VALUE_TRUE);
}

#endif
