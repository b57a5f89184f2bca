/* SPDX-License-Identifier: GPL-2.0-only */
/* huge_mm.h - what drivers need of huge pages is in linux/mm.h */
#ifndef _LINUX_HUGE_MM_H
#define _LINUX_HUGE_MM_H

#include <linux/mm.h>

#endif
