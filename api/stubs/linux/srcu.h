/* SPDX-License-Identifier: GPL-2.0-only */
/* srcu.h - with one task in the kernel at a time, a read side is always over */
#ifndef _LINUX_SRCU_H
#define _LINUX_SRCU_H

#include <linux/rcupdate.h>

struct srcu_struct {
	int nothing;
};
#define DEFINE_SRCU(name)		struct srcu_struct name
#define DEFINE_STATIC_SRCU(name)	static struct srcu_struct name
#define init_srcu_struct(srcu)		((void)(srcu), 0)
#define cleanup_srcu_struct(srcu)	((void)(srcu))
#define srcu_read_lock(srcu)		((void)(srcu), 0)
#define srcu_read_unlock(srcu, index)	((void)(srcu), (void)(index))
#define synchronize_srcu(srcu)		((void)(srcu))

#endif
