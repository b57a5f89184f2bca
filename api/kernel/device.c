// SPDX-License-Identifier: GPL-2.0-only
/* device.c - devices, their names and references, and what is attached to them with devm_ */
#include <linux/device.h>
#include <linux/kdev_t.h>
#include <linux/string.h>

#include "core/core.h"
#include "host/host.h"
#include "kernel/kernel.h"

struct resource_of_device {
	struct list_head link;
	void (*action)(void *data);
	void *data;
};

/* Made by device_create() and so freed by the machine. */
struct created_device {
	struct device dev;
	struct list_head link;
};

static unsigned long devices_added;
static LIST_HEAD(created_devices);

/* The newest first, as it was attached last. */
void device_release_resources(struct device *dev)
{
	while (dev->resources.next && !list_empty(&dev->resources)) {
		struct resource_of_device *res;

		res = list_first_entry(&dev->resources, struct resource_of_device, link);
		list_del(&res->link);
		res->action(res->data);
		host_free(res);
	}
}

void device_initialize(struct device *dev)
{
	kref_init(&dev->kobj.kref);
	INIT_LIST_HEAD(&dev->resources);
	dev->numa_node = NUMA_NO_NODE;
}

int dev_set_name(struct device *dev, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	kernel_vsnprintf(dev->name, sizeof(dev->name), fmt, args);
	va_end(args);
	dev->kobj.name = dev->name;
	return 0;
}

struct device *get_device(struct device *dev)
{
	if (dev)
		kref_get(&dev->kobj.kref);
	return dev;
}

static void last_reference_gone(struct kref *kref)
{
	struct device *dev = container_of(kref, struct device, kobj.kref);

	device_release_resources(dev);
	if (dev->release)
		dev->release(dev);
}

void put_device(struct device *dev)
{
	if (dev)
		kref_put(&dev->kobj.kref, last_reference_gone);
}

int device_add(struct device *dev)
{
	if (!dev->kobj.name && dev->init_name)
		dev_set_name(dev, "%s", dev->init_name);
	dev->init_name = NULL;
	if (!dev->kobj.name)
		return -EINVAL;
	get_device(dev);
	get_device(dev->parent);
	dev->added = true;
	devices_added++;
	if (dev->devt)
		chardev_set_name(dev->devt, dev_name(dev));
	return 0;
}

void device_del(struct device *dev)
{
	if (!dev->added) {
		rule_broken(RULE_DEVICE_STATE, "device_del(%s): it was not added", dev_name(dev));
		return;
	}
	dev->added = false;
	devices_added--;
	if (dev->devt)
		chardev_forget_name(dev->devt);
	device_release_resources(dev);
	put_device(dev->parent);
	put_device(dev);
}

int device_register(struct device *dev)
{
	device_initialize(dev);
	return device_add(dev);
}

void device_unregister(struct device *dev)
{
	device_del(dev);
	put_device(dev);
}

static struct class *class_make(const char *name)
{
	struct class *class = kzalloc(sizeof(*class), GFP_KERNEL);

	if (!class)
		return ERR_PTR(-ENOMEM);
	class->name = name;
	return class;
}

#if RELEASE_CLASS_CREATE_OWNER
struct class *__class_create(const char *name)
{
	return class_make(name);
}
#else
struct class *class_create(const char *name)
{
	return class_make(name);
}
#endif

void class_destroy(const struct class *class)
{
	if (!IS_ERR_OR_NULL(class))
		kfree(class);
}

static void release_created(struct device *dev)
{
	struct created_device *created = container_of(dev, struct created_device, dev);

	list_del(&created->link);
	host_free(created);
}

struct device *device_create(const struct class *class, struct device *parent, dev_t devt,
			     void *driver_data, const char *fmt, ...)
{
	struct created_device *created = host_zalloc(sizeof(*created));
	struct device *dev;
	va_list args;
	int ret;

	if (!created)
		return ERR_PTR(-ENOMEM);
	dev = &created->dev;
	device_initialize(dev);
	dev->class = class;
	dev->parent = parent;
	dev->devt = devt;
	dev->driver_data = driver_data;
	dev->release = release_created;
	list_add(&created->link, &created_devices);
	va_start(args, fmt);
	kernel_vsnprintf(dev->name, sizeof(dev->name), fmt, args);
	va_end(args);
	dev->kobj.name = dev->name;
	ret = device_add(dev);
	if (!ret)
		return dev;
	put_device(dev);
	return ERR_PTR(ret);
}

void device_destroy(const struct class *class, dev_t devt)
{
	struct created_device *created;

	list_for_each_entry(created, &created_devices, link) {
		if (created->dev.class == class && created->dev.devt == devt) {
			device_unregister(&created->dev);
			return;
		}
	}
}

unsigned long device_shutdown(void)
{
	unsigned long leaks = devices_added;

	if (leaks)
		rule_broken(RULE_LEAK, "%lu device(s) are still registered", leaks);
	devices_added = 0;
	INIT_LIST_HEAD(&created_devices);
	return leaks;
}

int devm_add_action(struct device *dev, void (*action)(void *data), void *data)
{
	struct resource_of_device *res = host_zalloc(sizeof(*res));

	if (!res)
		return -ENOMEM;
	res->action = action;
	res->data = data;
	if (!dev->resources.next)
		INIT_LIST_HEAD(&dev->resources);
	list_add(&res->link, &dev->resources);
	return 0;
}

int devm_add_action_or_reset(struct device *dev, void (*action)(void *data), void *data)
{
	int ret = devm_add_action(dev, action, data);

	if (ret)
		action(data);
	return ret;
}

static bool detach(struct device *dev, void (*action)(void *data), void *data)
{
	struct resource_of_device *res;

	list_for_each_entry(res, &dev->resources, link) {
		if (res->action == action && res->data == data) {
			list_del(&res->link);
			host_free(res);
			return true;
		}
	}
	rule_broken(RULE_DEVICE_STATE, "%s has no such resource attached", dev_name(dev));
	return false;
}

void devm_remove_action(struct device *dev, void (*action)(void *data), void *data)
{
	detach(dev, action, data);
}

void devm_release_action(struct device *dev, void (*action)(void *data), void *data)
{
	if (detach(dev, action, data))
		action(data);
}

static void free_action(void *object)
{
	kfree(object);
}

static void *attach_object(struct device *dev, void *object)
{
	if (!object || devm_add_action_or_reset(dev, free_action, object))
		return NULL;
	return object;
}

void *devm_kmalloc(struct device *dev, size_t size, gfp_t gfp)
{
	return attach_object(dev, kmalloc(size, gfp));
}

void *devm_kzalloc(struct device *dev, size_t size, gfp_t gfp)
{
	return attach_object(dev, kzalloc(size, gfp));
}

void *devm_kmalloc_array(struct device *dev, size_t n, size_t size, gfp_t gfp)
{
	return attach_object(dev, kmalloc_array(n, size, gfp));
}

void *devm_kcalloc(struct device *dev, size_t n, size_t size, gfp_t gfp)
{
	return attach_object(dev, kcalloc(n, size, gfp));
}

void devm_kfree(struct device *dev, const void *object)
{
	devm_release_action(dev, free_action, (void *)object);
}
