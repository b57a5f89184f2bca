/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * timer.h - a function that is called when a time has come
 *
 * Differs: time is the machine's own, see jiffies.h: it goes on while everybody waits or sleeps.
 */
#ifndef _LINUX_TIMER_H
#define _LINUX_TIMER_H

#include <linux/container_of.h>
#include <linux/jiffies.h>

struct timer_list {
	unsigned long expires;
	void (*function)(struct timer_list *timer);
};

#define TIMER_DEFERRABLE	0x1u
#define TIMER_IRQSAFE		0x2u

#define DEFINE_TIMER(name, callback)	struct timer_list name = { .function = (callback) }
#define timer_setup(timer, callback, flags) \
	timer_init(timer, ((void)(flags), callback))
#define timer_setup_on_stack(timer, callback, flags)	timer_setup(timer, callback, flags)
#define from_timer(var, timer, member)	container_of(timer, __typeof__(*var), member)
#define timer_container_of(var, timer, member)	from_timer(var, timer, member)

/* Of the machine itself: what timer_setup() does. */
void timer_init(struct timer_list *timer, void (*callback)(struct timer_list *timer));

int mod_timer(struct timer_list *timer, unsigned long expires);
void add_timer(struct timer_list *timer);
int timer_pending(const struct timer_list *timer);
int timer_delete(struct timer_list *timer);
int timer_delete_sync(struct timer_list *timer);
#define timer_shutdown(timer)		timer_delete(timer)
#define timer_shutdown_sync(timer)	timer_delete_sync(timer)
#define del_timer(timer)		timer_delete(timer)
#define del_timer_sync(timer)		timer_delete_sync(timer)

#endif
