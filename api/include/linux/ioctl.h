/* SPDX-License-Identifier: GPL-2.0-only */
/* ioctl.h - numbers of ioctl commands */
#ifndef _LINUX_IOCTL_H
#define _LINUX_IOCTL_H

#include <asm/ioctl.h>

#endif
