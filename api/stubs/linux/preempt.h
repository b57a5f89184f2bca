/* SPDX-License-Identifier: GPL-2.0-only */
/* preempt.h - nothing preempts the task that runs */
#ifndef _LINUX_PREEMPT_H
#define _LINUX_PREEMPT_H

#include <linux/spinlock.h>

#endif
