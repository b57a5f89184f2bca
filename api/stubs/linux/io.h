/* SPDX-License-Identifier: GPL-2.0-only */
/* io.h - there are no device registers */
#ifndef _LINUX_IO_H
#define _LINUX_IO_H

#include <linux/types.h>

#endif
