/* SPDX-License-Identifier: GPL-2.0-only */
/* rcupdate.h - with one task in the kernel at a time, a read side is always over */
#ifndef _LINUX_RCUPDATE_H
#define _LINUX_RCUPDATE_H

#include <linux/types.h>

#define rcu_read_lock()			((void)0)
#define rcu_read_unlock()		((void)0)
#define synchronize_rcu()		((void)0)
#define rcu_barrier()			((void)0)
#define call_rcu(head, function)	(function)(head)
#define rcu_dereference(p)		READ_ONCE(p)
#define rcu_dereference_protected(p, condition)	(p)
#define rcu_assign_pointer(p, value)	smp_store_release(&(p), value)
#define RCU_INIT_POINTER(p, value)	((p) = (value))

#endif
