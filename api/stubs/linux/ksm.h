/* SPDX-License-Identifier: GPL-2.0-only */
/* ksm.h - pages with the same bytes are not merged */
#ifndef _LINUX_KSM_H
#define _LINUX_KSM_H

#include <linux/mm.h>

#endif
