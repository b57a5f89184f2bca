// SPDX-License-Identifier: GPL-2.0-only
/* platform.c - devices and drivers of the platform bus, matched by name */
#include <linux/platform_device.h>
#include <linux/string.h>

#include "core/core.h"
#include "host/host.h"
#include "kernel/kernel.h"

static const struct bus_type platform_bus = { .name = "platform" };
static LIST_HEAD(devices);
static LIST_HEAD(drivers);
static int next_automatic_id;

/* Made by platform_device_alloc() and so freed with its last reference. */
struct allocated_platform_device {
	struct platform_device pdev;
	char name[24];
};

static bool matches(const struct platform_device *pdev, const struct platform_driver *driver)
{
	const struct platform_device_id *id = driver->id_table;

	for (; id && id->name[0]; id++)
		if (!strcmp(id->name, pdev->name))
			return true;
	return driver->driver.name && !strcmp(driver->driver.name, pdev->name);
}

static void bind(struct platform_device *pdev, struct platform_driver *driver)
{
	int ret;

	if (pdev->dev.driver || !matches(pdev, driver))
		return;
	pdev->dev.driver = &driver->driver;
	ret = driver->probe ? driver->probe(pdev) : 0;
	if (!ret)
		return;
	if (ret != -ENODEV && ret != -ENXIO)
		dev_warn(&pdev->dev, "probe of the driver %s failed with error %d\n",
			 driver->driver.name, ret);
	pdev->dev.driver = NULL;
	device_release_resources(&pdev->dev);
	dev_set_drvdata(&pdev->dev, NULL);
}

static void unbind(struct platform_device *pdev)
{
	struct platform_driver *driver;

	if (!pdev->dev.driver)
		return;
	driver = container_of(pdev->dev.driver, struct platform_driver, driver);
	if (driver->remove)
		driver->remove(pdev);
	pdev->dev.driver = NULL;
	device_release_resources(&pdev->dev);
	dev_set_drvdata(&pdev->dev, NULL);
}

static void release_allocated(struct device *dev)
{
	kfree(dev->platform_data);
	host_free(container_of(dev, struct allocated_platform_device, pdev.dev));
}

struct platform_device *platform_device_alloc(const char *name, int id)
{
	struct allocated_platform_device *allocated = host_zalloc(sizeof(*allocated));

	if (!allocated)
		return NULL;
	strscpy(allocated->name, name, sizeof(allocated->name));
	allocated->pdev.name = allocated->name;
	allocated->pdev.id = id;
	device_initialize(&allocated->pdev.dev);
	allocated->pdev.dev.release = release_allocated;
	return &allocated->pdev;
}

int platform_device_add(struct platform_device *pdev)
{
	struct platform_driver *driver;
	int ret;

	pdev->dev.bus = &platform_bus;
	if (pdev->id == PLATFORM_DEVID_NONE)
		dev_set_name(&pdev->dev, "%s", pdev->name);
	else if (pdev->id == PLATFORM_DEVID_AUTO)
		dev_set_name(&pdev->dev, "%s.%d.auto", pdev->name, next_automatic_id++);
	else
		dev_set_name(&pdev->dev, "%s.%d", pdev->name, pdev->id);
	ret = device_add(&pdev->dev);
	if (ret)
		return ret;
	list_add_tail(&pdev->link, &devices);
	list_for_each_entry(driver, &drivers, link)
		bind(pdev, driver);
	return 0;
}

void platform_device_del(struct platform_device *pdev)
{
	if (IS_ERR_OR_NULL(pdev))
		return;
	unbind(pdev);
	list_del(&pdev->link);
	device_del(&pdev->dev);
}

void platform_device_put(struct platform_device *pdev)
{
	if (!IS_ERR_OR_NULL(pdev))
		put_device(&pdev->dev);
}

int platform_device_register(struct platform_device *pdev)
{
	device_initialize(&pdev->dev);
	return platform_device_add(pdev);
}

void platform_device_unregister(struct platform_device *pdev)
{
	platform_device_del(pdev);
	platform_device_put(pdev);
}

struct platform_device *platform_device_register_data(struct device *parent, const char *name,
						      int id, const void *data, size_t size)
{
	struct platform_device *pdev = platform_device_alloc(name, id);
	int ret = -ENOMEM;

	if (!pdev)
		return ERR_PTR(-ENOMEM);
	pdev->dev.parent = parent;
	if (size) {
		pdev->dev.platform_data = kmemdup(data, size, GFP_KERNEL);
		if (!pdev->dev.platform_data)
			goto failed;
	}
	ret = platform_device_add(pdev);
	if (!ret)
		return pdev;
failed:
	platform_device_put(pdev);
	return ERR_PTR(ret);
}

struct platform_device *platform_device_register_simple(const char *name, int id,
							const struct resource *resources,
							unsigned int count)
{
	WARN(count, "resources of a platform device are not modelled");
	return platform_device_register_data(NULL, name, id, NULL, 0);
}

int __platform_driver_register(struct platform_driver *driver)
{
	struct platform_device *pdev;

	list_add_tail(&driver->link, &drivers);
	list_for_each_entry(pdev, &devices, link)
		bind(pdev, driver);
	return 0;
}

void platform_driver_unregister(struct platform_driver *driver)
{
	struct platform_device *pdev;

	list_for_each_entry(pdev, &devices, link)
		if (pdev->dev.driver == &driver->driver)
			unbind(pdev);
	list_del(&driver->link);
}

/* The devices themselves were counted, as devices, by device_shutdown(). */
unsigned long platform_shutdown(void)
{
	unsigned long leaks = 0;
	struct platform_driver *driver;

	list_for_each_entry(driver, &drivers, link) {
		rule_broken(RULE_LEAK, "platform driver %s is still registered",
			    driver->driver.name);
		leaks++;
	}
	INIT_LIST_HEAD(&drivers);
	INIT_LIST_HEAD(&devices);
	next_automatic_id = 0;
	return leaks;
}
