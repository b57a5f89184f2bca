/* SPDX-License-Identifier: GPL-2.0-only */
/* init.h - how a driver starts and ends */
#ifndef _LINUX_INIT_H
#define _LINUX_INIT_H

#include <linux/compiler.h>
#include <linux/module.h>

#endif
