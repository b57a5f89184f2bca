/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_MM_INLINE_H
#define _LINUX_MM_INLINE_H

#include <linux/mm.h>

#endif
