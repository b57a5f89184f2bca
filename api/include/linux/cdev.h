/* SPDX-License-Identifier: GPL-2.0-only */
/* cdev.h - character devices */
#ifndef _LINUX_CDEV_H
#define _LINUX_CDEV_H

#include <linux/device.h>
#include <linux/fs.h>
#include <linux/kobject.h>

/**
 * struct cdev - character devices with consecutive numbers and one set of operations
 * @kobj: its name and parent; not used by the machine
 * @owner: the module
 * @ops: called for files opened on it
 * @list: of the machine itself: on the list of those that can be opened
 * @dev: first number
 * @count: how many numbers
 */
struct cdev {
	struct kobject kobj;
	struct module *owner;
	const struct file_operations *ops;
	struct list_head list;
	dev_t dev;
	unsigned int count;
};

void cdev_init(struct cdev *cdev, const struct file_operations *ops);
struct cdev *cdev_alloc(void);
int cdev_add(struct cdev *cdev, dev_t dev, unsigned int count);
void cdev_del(struct cdev *cdev);
int cdev_device_add(struct cdev *cdev, struct device *dev);
void cdev_device_del(struct cdev *cdev, struct device *dev);
void cdev_set_parent(struct cdev *cdev, struct kobject *parent);

#endif
