/* SPDX-License-Identifier: GPL-2.0-only */
/* ratelimit.h - every message is printed */
#ifndef _LINUX_RATELIMIT_H
#define _LINUX_RATELIMIT_H

#include <linux/printk.h>

struct ratelimit_state {
	int interval;
};
#define DEFINE_RATELIMIT_STATE(name, every, burst)	struct ratelimit_state name = { every }
#define __ratelimit(state)	((void)(state), 1)

#endif
