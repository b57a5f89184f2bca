/* SPDX-License-Identifier: GPL-2.0-only */
/* huge_mm.h - huge pages are not modelled */
#ifndef _LINUX_HUGE_MM_H
#define _LINUX_HUGE_MM_H

#include <linux/mm.h>

#endif
