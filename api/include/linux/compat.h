/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_COMPAT_H
#define _LINUX_COMPAT_H

#include <linux/types.h>

#endif
