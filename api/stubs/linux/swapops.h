/* SPDX-License-Identifier: GPL-2.0-only */
/* swapops.h - the entries of the page tables are the machine's own business */
#ifndef _LINUX_SWAPOPS_H
#define _LINUX_SWAPOPS_H

#include <linux/swap.h>

#endif
