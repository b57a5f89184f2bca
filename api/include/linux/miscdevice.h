/* SPDX-License-Identifier: GPL-2.0-only */
/* miscdevice.h - character devices with one number each */
#ifndef _LINUX_MISCDEVICE_H
#define _LINUX_MISCDEVICE_H

#include <linux/device.h>
#include <linux/fs.h>
#include <linux/module.h>

#define MISC_DYNAMIC_MINOR	255

/**
 * struct miscdevice - one device file
 * @minor: MISC_DYNAMIC_MINOR, or a number of its own
 * @name: the file is /dev/@name
 * @fops: called for files opened on it; its open() finds the struct miscdevice in
 *	file->private_data
 * @list: of the machine itself
 * @parent: a device, or NULL
 * @this_device: the device made for it, while it is registered
 * @nodename: a name of the file other than @name, or NULL
 * @mode: permissions; not checked
 */
struct miscdevice {
	int minor;
	const char *name;
	const struct file_operations *fops;
	struct list_head list;
	struct device *parent;
	struct device *this_device;
	const char *nodename;
	umode_t mode;
};

int misc_register(struct miscdevice *misc);
void misc_deregister(struct miscdevice *misc);

#define module_misc_device(misc) \
	static int __init misc##_module_init(void) \
	{ \
		return misc_register(&(misc)); \
	} \
	module_init(misc##_module_init); \
	static void __exit misc##_module_exit(void) \
	{ \
		misc_deregister(&(misc)); \
	} \
	module_exit(misc##_module_exit)

#endif
