/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * spinlock.h - a task that holds a spinlock must not sleep
 *
 * Differs: there are no interrupts; the irqsave and bh forms are the plain lock.
 */
#ifndef _LINUX_SPINLOCK_H
#define _LINUX_SPINLOCK_H

#include <linux/lockdep.h>

typedef struct spinlock {
	struct lock_state state;
} spinlock_t;
typedef spinlock_t raw_spinlock_t;

#define __SPIN_LOCK_UNLOCKED(lock_name)	{ .state = __LOCK_STATE(#lock_name) }
#define DEFINE_SPINLOCK(lock_name)	spinlock_t lock_name = __SPIN_LOCK_UNLOCKED(lock_name)
#define spin_lock_init(lock)		lock_state_init(&(lock)->state, #lock)

void spin_lock(spinlock_t *lock);
int spin_trylock(spinlock_t *lock);
void spin_unlock(spinlock_t *lock);

#define spin_is_locked(lock)		lock_state_is_held(&(lock)->state)
#define assert_spin_locked(lock)	lockdep_assert_held(lock)

#define spin_lock_irq(lock)		spin_lock(lock)
#define spin_unlock_irq(lock)		spin_unlock(lock)
#define spin_lock_bh(lock)		spin_lock(lock)
#define spin_unlock_bh(lock)		spin_unlock(lock)
#define spin_lock_nested(lock, subclass)	spin_lock(lock)
#define spin_lock_irqsave(lock, flags) do { \
	(flags) = 0; \
	spin_lock(lock); \
} while (0)
#define spin_unlock_irqrestore(lock, flags) do { \
	(void)(flags); \
	spin_unlock(lock); \
} while (0)

#endif
