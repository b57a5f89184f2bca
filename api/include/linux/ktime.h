/* SPDX-License-Identifier: GPL-2.0-only */
/* ktime.h - the machine's clock in nanoseconds; see jiffies.h */
#ifndef _LINUX_KTIME_H
#define _LINUX_KTIME_H

#include <linux/jiffies.h>

typedef s64 ktime_t;
#define NSEC_PER_SEC	1000000000L
#define NSEC_PER_MSEC	1000000L
#define NSEC_PER_USEC	1000L
#define USEC_PER_SEC	1000000L
#define USEC_PER_MSEC	1000L
#define MSEC_PER_SEC	1000L

static inline ktime_t ktime_get(void)
{
	return (ktime_t)jiffies_now() * (NSEC_PER_SEC / HZ);
}
#define ktime_get_ns()			((u64)ktime_get())
#define ktime_get_boottime		ktime_get
#define ktime_to_ns(t)			(t)
#define ktime_to_us(t)			((t) / NSEC_PER_USEC)
#define ktime_to_ms(t)			((t) / NSEC_PER_MSEC)
#define ktime_sub(a, b)			((a) - (b))
#define ktime_add(a, b)			((a) + (b))
#define ktime_us_delta(later, earlier)	ktime_to_us((later) - (earlier))
#define ktime_ms_delta(later, earlier)	ktime_to_ms((later) - (earlier))
#define ktime_before(a, b)		((a) < (b))
#define ktime_after(a, b)		((a) > (b))

#endif
