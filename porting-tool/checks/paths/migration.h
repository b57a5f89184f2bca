/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One migration: what each call and each write does to its state.
 */
#ifndef MIGRATE_VMA_MIGRATION_H
#define MIGRATE_VMA_MIGRATION_H

#include "call_effects.h"
#include "explore.h"

/** migration_setup() - it is set up; the ways it may end are added to @out. */
void migration_setup(struct explorer *explorer, struct frame *frame, const struct expression *call,
		     const struct outcome *before, struct outcomes *out);

/** migration_pages() - migrate_vma_pages() or migrate_device_pages() is called. */
void migration_pages(struct explorer *explorer, struct frame *frame, const struct expression *call,
		     struct outcome *at);

/** migration_finalize() - migrate_vma_finalize() or migrate_device_finalize() is called. */
void migration_finalize(struct explorer *explorer, struct frame *frame,
			const struct expression *call, struct outcome *at);

/**
 * migration_write() - a word of src or dst is written to
 * @explorer: the paths
 * @frame: the function
 * @role: which of the two arrays
 * @target: the word
 * @operator: "=", "|=" and so on; "memset" for a whole array
 * @value: possible values
 * @text: the value's spelling
 * @at: state and trail
 */
void migration_write(struct explorer *explorer, struct frame *frame, enum role role,
		     const struct expression *target, const char *operator, uint8_t value,
		     const char *text, struct outcome *at);

/** migration_unknown_call() - a part of the migration is handed to a function nobody can see. */
void migration_unknown_call(struct explorer *explorer, struct frame *frame, enum role role,
			    struct state *state);

/** migration_call() - another call, which may do what must not be done just now. */
void migration_call(struct explorer *explorer, struct frame *frame, const struct expression *call,
		    enum call_effect effect, struct outcome *at);

/** migration_read() - a member of the struct is read. */
void migration_read(struct explorer *explorer, struct frame *frame,
		    const struct expression *member, struct outcome *at);

/** migration_count() - a statement counts words of src that are still to migrate. */
void migration_count(struct explorer *explorer, struct frame *frame,
		     const struct expression *statement, const struct outcome *at);

/** migration_leak() - the migration is set up again, or its scope ends, on this path. */
void migration_leak(struct explorer *explorer, const struct state *state, uint32_t trail,
		    bool again);

/** frame_place() - the place of an expression. */
struct place frame_place(const struct frame *frame, const struct expression *expression);

#endif
