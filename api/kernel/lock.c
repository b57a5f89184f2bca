// SPDX-License-Identifier: GPL-2.0-only
/*
 * lock.c - spinlocks, mutexes and semaphores, all on one struct lock_state
 *
 * Differs: one task is in the kernel at a time. A lock that is held is therefore held by the task
 * that asks for it, or by one that waits for that task, and the request would never be granted.
 */
#include <linux/mutex.h>
#include <linux/rwsem.h>
#include <linux/sched.h>
#include <linux/spinlock.h>

#include "core/verify.h"

static LIST_HEAD(held_locks);

void lock_state_init(struct lock_state *state, const char *name)
{
	*state = (struct lock_state){ .name = name[0] == '&' ? name + 1 : name };
}

bool lock_state_is_held(const struct lock_state *state)
{
	return state->owner || state->shared;
}

void lock_state_assert_held(const struct lock_state *state, const char *what)
{
	if (!lock_state_is_held(state))
		rule_broken(RULE_LOCK_NOT_HELD, "%s is not held", what);
}

static void mark_held(struct lock_state *state, const void *caller)
{
	state->taken_at = caller;
	list_add(&state->held, &held_locks);
	in_use.locks++;
}

static void mark_released(struct lock_state *state)
{
	list_del(&state->held);
	in_use.locks--;
}

static void take(struct lock_state *state, const char *function, const void *caller)
{
	if (unlikely(lock_state_is_held(state)))
		rule_broken_fatal(RULE_DEADLOCK, "%s(%s) while it is held, taken by %pS", function,
				  state->name ?: "?", state->taken_at);
	state->owner = current;
	mark_held(state, caller);
}

static void release(struct lock_state *state, const char *function)
{
	if (unlikely(!state->owner)) {
		rule_broken(RULE_LOCK_NOT_HELD, "%s(%s) while nobody holds it%s", function,
			    state->name ?: "?", state->shared ? " for writing" : "");
		return;
	}
	state->owner = NULL;
	mark_released(state);
}

static bool try(struct lock_state *state, const void *caller)
{
	if (lock_state_is_held(state))
		return false;
	state->owner = current;
	mark_held(state, caller);
	return true;
}

/* Lists the locks that nobody released, and forgets them. */
unsigned long locks_shutdown(void)
{
	struct lock_state *state, *next;
	unsigned long leaks = 0;

	list_for_each_entry_safe(state, next, &held_locks, held) {
		rule_broken(RULE_LEAK, "lock %s is still held, taken by %pS", state->name ?: "?",
			    state->taken_at);
		mark_released(state);
		state->owner = NULL;
		state->shared = 0;
		leaks++;
	}
	return leaks;
}

#define CALLER	__builtin_return_address(0)

void __might_sleep(const char *what)
{
	if (unlikely(current->atomic_depth))
		rule_broken(RULE_SLEEP_IN_ATOMIC, "%s() may sleep, and %d spinlock(s) are held",
			    what, current->atomic_depth);
}

void spin_lock(spinlock_t *lock)
{
	take(&lock->state, __func__, CALLER);
	current->atomic_depth++;
}

int spin_trylock(spinlock_t *lock)
{
	if (!try(&lock->state, CALLER))
		return 0;
	current->atomic_depth++;
	return 1;
}

void spin_unlock(spinlock_t *lock)
{
	if (lock->state.owner)
		current->atomic_depth--;
	release(&lock->state, __func__);
}

void mutex_lock(struct mutex *lock)
{
	might_sleep();
	take(&lock->state, __func__, CALLER);
}

int mutex_lock_interruptible(struct mutex *lock)
{
	might_sleep();
	take(&lock->state, __func__, CALLER);
	return 0;
}

int mutex_lock_killable(struct mutex *lock)
{
	might_sleep();
	take(&lock->state, __func__, CALLER);
	return 0;
}

int mutex_trylock(struct mutex *lock)
{
	return try(&lock->state, CALLER);
}

void mutex_unlock(struct mutex *lock)
{
	release(&lock->state, __func__);
}

void mutex_destroy(struct mutex *lock)
{
	if (lock_state_is_held(&lock->state))
		rule_broken(RULE_LOCK_NOT_HELD, "mutex_destroy(%s) while it is held",
			    lock->state.name ?: "?");
}

static void take_shared(struct rw_semaphore *lock, const void *caller)
{
	struct lock_state *state = &lock->state;

	if (unlikely(state->owner))
		rule_broken_fatal(RULE_DEADLOCK,
				  "down_read(%s) while it is held for writing, taken by %pS",
				  state->name ?: "?", state->taken_at);
	if (unlikely(state->shared))
		rule_broken(RULE_LOCK_RECURSION,
			    "down_read(%s) while the same task holds it, taken by %pS; with a writer between the two neither goes on",
			    state->name ?: "?", state->taken_at);
	if (state->shared++ == 0)
		mark_held(state, caller);
}

void down_read(struct rw_semaphore *lock)
{
	might_sleep();
	take_shared(lock, CALLER);
}

int down_read_killable(struct rw_semaphore *lock)
{
	might_sleep();
	take_shared(lock, CALLER);
	return 0;
}

int down_read_interruptible(struct rw_semaphore *lock)
{
	might_sleep();
	take_shared(lock, CALLER);
	return 0;
}

int down_read_trylock(struct rw_semaphore *lock)
{
	if (lock->state.owner)
		return 0;
	if (lock->state.shared++ == 0)
		mark_held(&lock->state, CALLER);
	return 1;
}

void up_read(struct rw_semaphore *lock)
{
	struct lock_state *state = &lock->state;

	if (unlikely(!state->shared)) {
		rule_broken(RULE_LOCK_NOT_HELD, "up_read(%s) while nobody holds it for reading",
			    state->name ?: "?");
		return;
	}
	if (--state->shared == 0) {
		mark_released(state);
		verify_lock_released(state, CALLER);
	}
}

void down_write(struct rw_semaphore *lock)
{
	might_sleep();
	take(&lock->state, __func__, CALLER);
}

int down_write_killable(struct rw_semaphore *lock)
{
	might_sleep();
	take(&lock->state, __func__, CALLER);
	return 0;
}

int down_write_trylock(struct rw_semaphore *lock)
{
	return try(&lock->state, CALLER);
}

void up_write(struct rw_semaphore *lock)
{
	release(&lock->state, __func__);
	verify_lock_released(&lock->state, CALLER);
}

void downgrade_write(struct rw_semaphore *lock)
{
	if (!lock->state.owner) {
		rule_broken(RULE_LOCK_NOT_HELD,
			    "downgrade_write(%s) while nobody holds it for writing", lock->state.name ?: "?");
		return;
	}
	lock->state.owner = NULL;
	lock->state.shared = 1;
}
