/* SPDX-License-Identifier: GPL-2.0-only */
/* pid.h - a task is found through current only */
#ifndef _LINUX_PID_H
#define _LINUX_PID_H

#include <linux/sched.h>

#endif
