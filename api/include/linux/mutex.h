/* SPDX-License-Identifier: GPL-2.0-only */
/* mutex.h - a lock whose holder may sleep */
#ifndef _LINUX_MUTEX_H
#define _LINUX_MUTEX_H

#include <linux/lockdep.h>

struct mutex {
	struct lock_state state;
};

#define __MUTEX_INITIALIZER(lock_name)	{ .state = __LOCK_STATE(#lock_name) }
#define DEFINE_MUTEX(lock_name)		struct mutex lock_name = __MUTEX_INITIALIZER(lock_name)
#define mutex_init(lock)		lock_state_init(&(lock)->state, #lock)

void mutex_lock(struct mutex *lock);
int mutex_lock_interruptible(struct mutex *lock);
int mutex_lock_killable(struct mutex *lock);
int mutex_trylock(struct mutex *lock);
void mutex_unlock(struct mutex *lock);
void mutex_destroy(struct mutex *lock);

#define mutex_is_locked(lock)			lock_state_is_held(&(lock)->state)
#define mutex_lock_nested(lock, subclass)	mutex_lock(lock)

#endif
