/* SPDX-License-Identifier: GPL-2.0-only */
/* errno.h - error numbers; those from 512 on never reach user space */
#ifndef _LINUX_ERRNO_H
#define _LINUX_ERRNO_H

#include <asm/errno.h>

#define ERESTARTSYS		512
#define ERESTARTNOINTR		513
#define ENOIOCTLCMD		515
#define EPROBE_DEFER		517
#define ENOTSUPP		524

#endif
