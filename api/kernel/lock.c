// SPDX-License-Identifier: GPL-2.0-only
/*
 * lock.c - spinlocks, mutexes and semaphores, all on one struct lock_state
 *
 * Differs: one task is in the kernel at a time. Without threads a lock that is held is therefore
 * held by the task that asks for it, or by one that waits for that task, and the request would never
 * be granted. With threads the task waits, unless it is itself the holder.
 */
#include <linux/mutex.h>
#include <linux/rwsem.h>
#include <linux/sched.h>
#include <linux/spinlock.h>

#include "core/verify.h"
#include "kernel/wait.h"

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
	sync_acquired(state);
	state->taken_at = caller;
	list_add(&state->held, &held_locks);
	in_use.locks++;
}

static void mark_released(struct lock_state *state)
{
	list_del(&state->held);
	in_use.locks--;
}

/* --- What the task itself holds for reading --------------------------------------------------- */

static bool is_reading(const struct lock_state *state)
{
	for (unsigned int i = 0; i < current->reading_count; i++)
		if (current->reading[i] == state)
			return true;
	return false;
}

static void note_reading(const struct lock_state *state)
{
	if (current->reading_count < ARRAY_SIZE(current->reading))
		current->reading[current->reading_count++] = state;
}

static void forget_reading(const struct lock_state *state)
{
	for (unsigned int i = current->reading_count; i-- > 0; ) {
		if (current->reading[i] != state)
			continue;
		current->reading[i] = current->reading[--current->reading_count];
		return;
	}
}

/* --- Waiting ---------------------------------------------------------------------------------- */

/* Others hold the lock. Returns when they have let go of it, or never. */
static void wait_for_holders(struct lock_state *state, const char *function)
{
	if (!tasks_can_wait || state->owner == current || is_reading(state))
		rule_broken_fatal(RULE_DEADLOCK, "%s(%s) while it is held, taken by %pS", function,
				  state->name ?: "?", state->taken_at);
	state->waiting++;
	task_wait_until(!lock_state_is_held(state), state->name ?: "a lock");
	state->waiting--;
}

static void take(struct lock_state *state, const char *function, const void *caller)
{
	if (unlikely(lock_state_is_held(state)))
		wait_for_holders(state, function);
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
	sync_released(state);
	state->owner = NULL;
	mark_released(state);
	if (unlikely(tasks_can_wait))
		tasks_wake();
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

/* A place where a task may sleep is one where it may lose the processor to another. */
void __might_sleep(const char *what)
{
	if (unlikely(current->atomic_depth))
		rule_broken(RULE_SLEEP_IN_ATOMIC, "%s() may sleep, and %d spinlock(s) are held",
			    what, current->atomic_depth);
	else if (unlikely(tasks_can_wait))
		task_yield();
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

static void share(struct lock_state *state, const void *caller)
{
	note_reading(state);
	if (state->shared++ == 0)
		mark_held(state, caller);
	else
		sync_acquired(state);
}

static void take_shared(struct rw_semaphore *lock, const void *caller)
{
	struct lock_state *state = &lock->state;

	if (unlikely(is_reading(state)))
		rule_broken(RULE_LOCK_RECURSION,
			    "down_read(%s) while the same task holds it, taken by %pS; with a writer between the two neither goes on",
			    state->name ?: "?", state->taken_at);
	/* A writer that waits goes first, or readers that follow each other would keep it out. */
	else if (unlikely(state->waiting && state->shared && tasks_can_wait))
		task_wait_until(!state->waiting || !state->shared, state->name ?: "a semaphore");
	if (unlikely(state->owner)) {
		if (!tasks_can_wait || state->owner == current)
			rule_broken_fatal(RULE_DEADLOCK,
					  "down_read(%s) while it is held for writing, taken by %pS",
					  state->name ?: "?", state->taken_at);
		task_wait_until(!state->owner, state->name ?: "a semaphore");
	}
	share(state, caller);
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
	if (lock->state.owner || lock->state.waiting)
		return 0;
	share(&lock->state, CALLER);
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
	sync_released(state);
	forget_reading(state);
	if (!is_reading(state))
		verify_lock_released(state, CALLER);
	if (--state->shared == 0) {
		mark_released(state);
		tasks_wake();
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
	sync_released(&lock->state);
	lock->state.owner = NULL;
	lock->state.shared = 1;
	note_reading(&lock->state);
	tasks_wake();
}
