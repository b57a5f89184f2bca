/* SPDX-License-Identifier: GPL-2.0-only */
/* rwsem.h - a lock that many may hold to read or one to write; its holders may sleep */
#ifndef _LINUX_RWSEM_H
#define _LINUX_RWSEM_H

#include <linux/lockdep.h>

struct rw_semaphore {
	struct lock_state state;
};

#define __RWSEM_INITIALIZER(lock_name)	{ .state = __LOCK_STATE(#lock_name) }
#define DECLARE_RWSEM(lock_name) \
	struct rw_semaphore lock_name = __RWSEM_INITIALIZER(lock_name)
#define init_rwsem(lock)		lock_state_init(&(lock)->state, #lock)

void down_read(struct rw_semaphore *lock);
int down_read_killable(struct rw_semaphore *lock);
int down_read_interruptible(struct rw_semaphore *lock);
int down_read_trylock(struct rw_semaphore *lock);
void up_read(struct rw_semaphore *lock);
void down_write(struct rw_semaphore *lock);
int down_write_killable(struct rw_semaphore *lock);
int down_write_trylock(struct rw_semaphore *lock);
void up_write(struct rw_semaphore *lock);
void downgrade_write(struct rw_semaphore *lock);

#define rwsem_is_locked(lock)	lock_state_is_held(&(lock)->state)

#endif
