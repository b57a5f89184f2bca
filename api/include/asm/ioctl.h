/* SPDX-License-Identifier: GPL-2.0-only */
/* ioctl.h - direction in bits 30 and 31, size from bit 16, type from bit 8, number from bit 0 */
#ifndef _ASM_IOCTL_H
#define _ASM_IOCTL_H

#define _IOC_NONE	0U
#define _IOC_WRITE	1U
#define _IOC_READ	2U

#define _IOC(dir, type, nr, size) \
	(((unsigned int)(dir) << 30) | ((unsigned int)(size) << 16) | \
	 ((unsigned int)(type) << 8) | (unsigned int)(nr))

#define _IO(type, nr)			_IOC(_IOC_NONE, type, nr, 0)
#define _IOR(type, nr, argument)	_IOC(_IOC_READ, type, nr, sizeof(argument))
#define _IOW(type, nr, argument)	_IOC(_IOC_WRITE, type, nr, sizeof(argument))
#define _IOWR(type, nr, argument)	_IOC(_IOC_READ | _IOC_WRITE, type, nr, sizeof(argument))

#define _IOC_DIR(command)	(((command) >> 30) & 3)
#define _IOC_TYPE(command)	(((command) >> 8) & 0xff)
#define _IOC_NR(command)	((command) & 0xff)
#define _IOC_SIZE(command)	(((command) >> 16) & 0x3fff)

#endif
