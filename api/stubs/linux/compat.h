/* SPDX-License-Identifier: GPL-2.0-only */
/* compat.h - there are no programs of 32 bits */
#ifndef _LINUX_COMPAT_H
#define _LINUX_COMPAT_H

#include <linux/types.h>

#endif
