/* SPDX-License-Identifier: GPL-2.0-only */
/* of.h - there is no device tree */
#ifndef _LINUX_OF_H
#define _LINUX_OF_H

#include <linux/types.h>

struct device_node;

struct of_device_id {
	char compatible[128];
	const void *data;
};
#define of_match_ptr(table)	(table)

#endif
