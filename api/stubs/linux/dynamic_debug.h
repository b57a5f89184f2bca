/* SPDX-License-Identifier: GPL-2.0-only */
/* dynamic_debug.h - pr_debug() is chosen when a driver is compiled */
#ifndef _LINUX_DYNAMIC_DEBUG_H
#define _LINUX_DYNAMIC_DEBUG_H

#include <linux/printk.h>

#endif
