/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * rwlock.h - a spinlock that many may hold to read
 *
 * Differs: it is taken as a plain spinlock, so that two tasks never read at the same time.
 */
#ifndef _LINUX_RWLOCK_H
#define _LINUX_RWLOCK_H

#include <linux/spinlock.h>

typedef spinlock_t rwlock_t;

#define DEFINE_RWLOCK(name)	DEFINE_SPINLOCK(name)
#define rwlock_init(lock)	spin_lock_init(lock)
#define read_lock(lock)		spin_lock(lock)
#define read_unlock(lock)	spin_unlock(lock)
#define write_lock(lock)	spin_lock(lock)
#define write_unlock(lock)	spin_unlock(lock)
#define read_lock_irqsave(lock, flags)		spin_lock_irqsave(lock, flags)
#define read_unlock_irqrestore(lock, flags)	spin_unlock_irqrestore(lock, flags)
#define write_lock_irqsave(lock, flags)		spin_lock_irqsave(lock, flags)
#define write_unlock_irqrestore(lock, flags)	spin_unlock_irqrestore(lock, flags)

#endif
