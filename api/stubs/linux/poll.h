/* SPDX-License-Identifier: GPL-2.0-only */
/* poll.h - nothing polls: a driver's poll() compiles and is never called */
#ifndef _LINUX_POLL_H
#define _LINUX_POLL_H

#include <linux/fs.h>

#define EPOLLIN		0x001u
#define EPOLLOUT	0x004u
#define EPOLLERR	0x008u

#endif
