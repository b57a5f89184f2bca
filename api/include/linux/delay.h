/* SPDX-License-Identifier: GPL-2.0-only */
/* delay.h - time passes */
#ifndef _LINUX_DELAY_H
#define _LINUX_DELAY_H

#include <linux/jiffies.h>

void msleep(unsigned int ms);
unsigned long msleep_interruptible(unsigned int ms);
void usleep_range(unsigned long low, unsigned long high);
void udelay(unsigned long us);
#define mdelay(ms)	udelay((ms) * 1000UL)
#define ndelay(ns)	udelay(1)

#endif
