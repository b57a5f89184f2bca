/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_KOBJECT_H
#define _LINUX_KOBJECT_H

#include <linux/kref.h>
#include <linux/list.h>

struct kobject {
	const char *name;
	struct kobject *parent;
	struct kref kref;
};

static inline const char *kobject_name(const struct kobject *kobj)
{
	return kobj->name;
}

#endif
