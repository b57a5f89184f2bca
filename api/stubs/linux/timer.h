/* SPDX-License-Identifier: GPL-2.0-only */
/* timer.h - no time passes by itself, so a timer never expires */
#ifndef _LINUX_TIMER_H
#define _LINUX_TIMER_H

#include <linux/jiffies.h>

struct timer_list {
	unsigned long expires;
	void (*function)(struct timer_list *timer);
};

#define timer_setup(timer, callback, flags) \
	((void)((timer)->function = (callback)))
#define mod_timer(timer, when)	((timer)->expires = (when), 0)
#define del_timer(timer)	((void)(timer), 0)
#define del_timer_sync(timer)	((void)(timer), 0)
#define timer_delete(timer)	((void)(timer), 0)
#define timer_delete_sync(timer)	((void)(timer), 0)
#define from_timer(var, timer, member)	container_of(timer, __typeof__(*var), member)

#endif
