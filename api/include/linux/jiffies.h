/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * jiffies.h - the machine's clock
 *
 * Differs: it advances by one jiffy each time it is read, by what a driver sleeps, and to the next
 * timer when everybody waits.
 */
#ifndef _LINUX_JIFFIES_H
#define _LINUX_JIFFIES_H

#include <linux/types.h>

#define HZ	250
unsigned long jiffies_now(void);
#define jiffies	jiffies_now()

static inline unsigned long msecs_to_jiffies(unsigned int ms)
{
	return ((unsigned long)ms * HZ + 999) / 1000;
}

static inline unsigned int jiffies_to_msecs(unsigned long ticks)
{
	return ticks * 1000 / HZ;
}

#define time_after(a, b)	((long)((b) - (a)) < 0)
#define time_before(a, b)	time_after(b, a)
#define time_after_eq(a, b)	((long)((a) - (b)) >= 0)
#define time_before_eq(a, b)	time_after_eq(b, a)

#endif
