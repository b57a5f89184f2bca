/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * lockdep.h - what the machine knows of a lock
 *
 * Every lock that a driver can hold starts with a struct lock_state. From it the machine tells
 * who holds what, sees a lock taken twice or released by nobody, and lists at shutdown what was
 * never released.
 *
 * Differs: Linux' lock validator also knows classes and the order in which locks are taken.
 */
#ifndef _LINUX_LOCKDEP_H
#define _LINUX_LOCKDEP_H

#include <linux/list.h>

struct task_struct;

/**
 * struct lock_state - one lock as the machine keeps it
 * @name: what the driver calls it
 * @owner: the task that holds it exclusively, or NULL
 * @shared: how many hold it shared
 * @waiting: how many wait to hold it exclusively
 * @taken_at: the address that took it last
 * @held: on the list of held locks while @owner or @shared is set
 */
struct lock_state {
	const char *name;
	struct task_struct *owner;
	int shared;
	int waiting;
	const void *taken_at;
	struct list_head held;
};

#define __LOCK_STATE(lock_name)	{ .name = lock_name }

struct lock_class_key {
	int nothing;
};

void lock_state_init(struct lock_state *state, const char *name);
bool lock_state_is_held(const struct lock_state *state);
void lock_state_assert_held(const struct lock_state *state, const char *what);

#define lockdep_is_held(lock)			lock_state_is_held(&(lock)->state)
#define lockdep_assert_held(lock)		lock_state_assert_held(&(lock)->state, #lock)
#define lockdep_assert_held_write(lock)		lock_state_assert_held(&(lock)->state, #lock)
#define lockdep_assert_held_read(lock)		lock_state_assert_held(&(lock)->state, #lock)
/* Stub: there are no lock classes. */
#define lockdep_set_class(lock, key)		((void)(lock), (void)(key))
#define might_lock(lock)			((void)(lock))

#endif
