/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * device.h - devices, and what ends together with them
 *
 * Differs: there is no sysfs, no power management and no bus but the platform's. A class is a name.
 */
#ifndef _LINUX_DEVICE_H
#define _LINUX_DEVICE_H

#include <linux/err.h>
#include <linux/kobject.h>
#include <linux/list.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/printk.h>
#include <linux/slab.h>
#include <linux/types.h>

struct class;
struct device;
struct device_driver;

struct bus_type {
	const char *name;
};

struct device_driver {
	const char *name;
	struct module *owner;
	const struct bus_type *bus;
	const void *of_match_table;
};

struct attribute_group;

/**
 * struct class - a kind of device
 * @name: its name
 */
struct class {
	const char *name;
};

/**
 * struct device - a device
 * @parent: the device it belongs to; a reference is held while it is added
 * @kobj: name and reference count
 * @init_name: name until it is added
 * @driver: what drives it, or NULL
 * @bus: the bus it is on: that of platform devices, or NULL
 * @platform_data: for whoever made the device
 * @driver_data: for the driver
 * @name: of the machine itself: its name once it is added
 * @devt: number of its file
 * @class: its kind
 * @release: called with the last reference
 * @resources: of the machine itself: what the devm_ functions attached, the newest first
 * @added: of the machine itself
 * @dma_mask: addresses the device can reach; not used
 * @coherent_dma_mask: addresses the device can reach; not used
 * @numa_node: always NUMA_NO_NODE
 */
struct device {
	struct device *parent;
	struct kobject kobj;
	const char *init_name;
	struct device_driver *driver;
	const struct bus_type *bus;
	void *platform_data;
	void *driver_data;
	dev_t devt;
	const struct class *class;
	void (*release)(struct device *dev);
	struct list_head resources;
	bool added;
	u64 *dma_mask;
	u64 coherent_dma_mask;
	int numa_node;
	char name[40];
};

void device_initialize(struct device *dev);
int device_add(struct device *dev);
void device_del(struct device *dev);
int device_register(struct device *dev);
void device_unregister(struct device *dev);
struct device *get_device(struct device *dev);
void put_device(struct device *dev);
int dev_set_name(struct device *dev, const char *fmt, ...) __printf(2, 3);

#if RELEASE_CLASS_CREATE_OWNER
struct class *__class_create(const char *name);
#define class_create(owner, name)	((void)(owner), __class_create(name))
#else
struct class *class_create(const char *name);
#endif
void class_destroy(const struct class *class);
struct device *device_create(const struct class *class, struct device *parent, dev_t devt,
			     void *driver_data, const char *fmt, ...) __printf(5, 6);
void device_destroy(const struct class *class, dev_t devt);

static inline const char *dev_name(const struct device *dev)
{
	return dev->init_name ? dev->init_name : dev->kobj.name ? dev->kobj.name : "(unnamed)";
}

static inline void *dev_get_drvdata(const struct device *dev)
{
	return dev->driver_data;
}

static inline void dev_set_drvdata(struct device *dev, void *data)
{
	dev->driver_data = data;
}

static inline void *dev_get_platdata(const struct device *dev)
{
	return dev->platform_data;
}

static inline int dev_to_node(struct device *dev)
{
	return dev->numa_node;
}

/**
 * devm_add_action() - call a function when the device's driver goes
 * @dev: the device
 * @action: the function
 * @data: its argument
 *
 * Return: 0, or -ENOMEM; devm_add_action_or_reset() then calls the function itself.
 */
int devm_add_action(struct device *dev, void (*action)(void *data), void *data);
int devm_add_action_or_reset(struct device *dev, void (*action)(void *data), void *data);
void devm_remove_action(struct device *dev, void (*action)(void *data), void *data);
void devm_release_action(struct device *dev, void (*action)(void *data), void *data);

void *devm_kmalloc(struct device *dev, size_t size, gfp_t gfp);
void *devm_kzalloc(struct device *dev, size_t size, gfp_t gfp);
void *devm_kmalloc_array(struct device *dev, size_t n, size_t size, gfp_t gfp);
void *devm_kcalloc(struct device *dev, size_t n, size_t size, gfp_t gfp);
void devm_kfree(struct device *dev, const void *object);

int dev_printk(const char *level, const struct device *dev, const char *fmt, ...) __printf(3, 4);
#define dev_err(dev, fmt, ...)		dev_printk(KERN_ERR, dev, fmt, ##__VA_ARGS__)
#define dev_warn(dev, fmt, ...)		dev_printk(KERN_WARNING, dev, fmt, ##__VA_ARGS__)
#define dev_notice(dev, fmt, ...)	dev_printk(KERN_NOTICE, dev, fmt, ##__VA_ARGS__)
#define dev_info(dev, fmt, ...)		dev_printk(KERN_INFO, dev, fmt, ##__VA_ARGS__)
#ifdef DEBUG
#define dev_dbg(dev, fmt, ...)		dev_printk(KERN_DEBUG, dev, fmt, ##__VA_ARGS__)
#else
#define dev_dbg(dev, fmt, ...)		((void)(dev), no_printk(fmt, ##__VA_ARGS__))
#endif
#define dev_err_ratelimited		dev_err
#define dev_warn_once			dev_warn
#define dev_err_probe(dev, error, fmt, ...) \
	(dev_err(dev, fmt, ##__VA_ARGS__), (error))

#endif
