/* SPDX-License-Identifier: GPL-2.0-only */
/* platform_device.h - devices that no bus can find by itself */
#ifndef _LINUX_PLATFORM_DEVICE_H
#define _LINUX_PLATFORM_DEVICE_H

#include <linux/device.h>
#include <linux/ioport.h>

#define PLATFORM_DEVID_NONE	(-1)
#define PLATFORM_DEVID_AUTO	(-2)

struct platform_device_id {
	char name[24];
	unsigned long driver_data;
};

struct platform_device {
	const char *name;
	int id;
	struct device dev;
	u32 num_resources;
	struct resource *resource;
	struct list_head link;
};

struct platform_driver {
	int (*probe)(struct platform_device *pdev);
#if RELEASE_PLATFORM_REMOVE_INT
	int (*remove)(struct platform_device *pdev);
#else
	void (*remove)(struct platform_device *pdev);
#endif
	void (*shutdown)(struct platform_device *pdev);
	struct device_driver driver;
	const struct platform_device_id *id_table;
	struct list_head link;
};

#define to_platform_device(d)	container_of(d, struct platform_device, dev)
#define platform_get_drvdata(pdev)		dev_get_drvdata(&(pdev)->dev)
#define platform_set_drvdata(pdev, data)	dev_set_drvdata(&(pdev)->dev, data)

struct platform_device *platform_device_alloc(const char *name, int id);
int platform_device_add(struct platform_device *pdev);
void platform_device_del(struct platform_device *pdev);
void platform_device_put(struct platform_device *pdev);
int platform_device_register(struct platform_device *pdev);
void platform_device_unregister(struct platform_device *pdev);
struct platform_device *platform_device_register_simple(const char *name, int id,
							const struct resource *resources,
							unsigned int count);
struct platform_device *platform_device_register_data(struct device *parent, const char *name,
						      int id, const void *data, size_t size);

#define platform_driver_register(driver) __platform_driver_register(driver)
int __platform_driver_register(struct platform_driver *driver);
void platform_driver_unregister(struct platform_driver *driver);

#define module_platform_driver(pdriver) \
	static int __init pdriver##_module_init(void) \
	{ \
		return platform_driver_register(&(pdriver)); \
	} \
	module_init(pdriver##_module_init); \
	static void __exit pdriver##_module_exit(void) \
	{ \
		platform_driver_unregister(&(pdriver)); \
	} \
	module_exit(pdriver##_module_exit)

#endif
