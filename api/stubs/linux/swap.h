/* SPDX-License-Identifier: GPL-2.0-only */
/* swap.h - nothing is swapped out */
#ifndef _LINUX_SWAP_H
#define _LINUX_SWAP_H

#include <linux/mm.h>

#endif
