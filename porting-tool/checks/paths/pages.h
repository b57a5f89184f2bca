/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Pages on their way to dst: locked or not, and who gives them up.
 */
#ifndef MIGRATE_VMA_PAGES_H
#define MIGRATE_VMA_PAGES_H

#include "call_effects.h"
#include "explore.h"

/** pages_assign() - a variable gets another page. */
void pages_assign(struct explorer *explorer, const struct frame *frame, const char *name,
		  const struct expression *value, struct state *state);

/**
 * pages_taken_locked() - whether a page is locked from the beginning that a function takes and puts
 *	into dst
 *
 * Nobody who is in sight locks it later.
 */
bool pages_taken_locked(const struct explorer *explorer, const struct frame *frame,
			const char *name);

/** pages_written() - the value of a word of dst names pages. */
void pages_written(const struct frame *frame, const struct expression *value, struct state *state);

/** pages_cleared() - words of dst are zero again. */
void pages_cleared(struct state *state);

/** pages_all_cleared() - all words of dst are zero again. */
void pages_all_cleared(struct state *state);

/** pages_locked() - all pages in dst are locked now. */
void pages_locked(struct state *state);

/** pages_call() - a call that may lock a page or give it up. */
void pages_call(struct explorer *explorer, struct frame *frame,
		const struct expression *call, enum call_effect effect, struct outcome *at);

/** pages_leave() - a function is left: its variables are gone. */
void pages_leave(struct state *state);

/** pages_ready() - migrate_vma_pages() or _finalize() looks at the pages in dst. */
void pages_ready(struct explorer *explorer, struct frame *frame, const struct expression *call,
		 struct outcome *at);

#endif
