/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * version.h - which release the modelled kernel is
 *
 * The build chooses it with -DLINUX_RELEASE_MAJOR and -DLINUX_RELEASE_MINOR. Without them a driver
 * sees the newest release that is known.
 */
#ifndef _LINUX_VERSION_H
#define _LINUX_VERSION_H

#ifndef LINUX_RELEASE_MAJOR
#define LINUX_RELEASE_MAJOR	7
#define LINUX_RELEASE_MINOR	2
#endif

#define KERNEL_VERSION(major, minor, patch) \
	(((major) << 16) + ((minor) << 8) + ((patch) > 255 ? 255 : (patch)))

#define LINUX_VERSION_MAJOR		LINUX_RELEASE_MAJOR
#define LINUX_VERSION_PATCHLEVEL	LINUX_RELEASE_MINOR
#define LINUX_VERSION_SUBLEVEL		0
#define LINUX_VERSION_CODE		KERNEL_VERSION(LINUX_RELEASE_MAJOR, LINUX_RELEASE_MINOR, 0)

#endif
