// SPDX-License-Identifier: GPL-2.0-only
/*
 * chardev.c - character devices: numbers, operations, names below /dev, and open files
 */
#include <linux/cdev.h>
#include <linux/miscdevice.h>
#include <linux/string.h>

#include "core/core.h"
#include "host/host.h"
#include "kernel/kernel.h"

#define MISC_MAJOR		10
#define FIRST_DYNAMIC_MAJOR	234
#define FIRST_DYNAMIC_MINOR	128

struct number_range {
	struct list_head link;
	dev_t first;
	unsigned int count;
	const char *name;
};

struct device_node {
	struct list_head link;
	dev_t devt;
	char name[40];
};

struct open_file {
	struct file file;
	struct inode inode;
};

static LIST_HEAD(number_ranges);
static LIST_HEAD(cdevs);
static LIST_HEAD(miscs);
static LIST_HEAD(nodes);
static unsigned long open_files;
static unsigned int next_minor = FIRST_DYNAMIC_MINOR;

static bool number_is_taken(dev_t first, unsigned int count)
{
	struct number_range *range;

	list_for_each_entry(range, &number_ranges, link)
		if (first < range->first + range->count && range->first < first + count)
			return true;
	return false;
}

int register_chrdev_region(dev_t first, unsigned int count, const char *name)
{
	struct number_range *range;

	if (number_is_taken(first, count))
		return -EBUSY;
	range = host_zalloc(sizeof(*range));
	if (!range)
		return -ENOMEM;
	range->first = first;
	range->count = count;
	range->name = name;
	list_add(&range->link, &number_ranges);
	return 0;
}

int alloc_chrdev_region(dev_t *first, unsigned int minor, unsigned int count, const char *name)
{
	for (unsigned int major = FIRST_DYNAMIC_MAJOR; major < 512; major++) {
		*first = MKDEV(major, minor);
		if (!number_is_taken(MKDEV(major, 0), 1U << MINORBITS))
			return register_chrdev_region(*first, count, name);
	}
	return -EBUSY;
}

void unregister_chrdev_region(dev_t first, unsigned int count)
{
	struct number_range *range;

	list_for_each_entry(range, &number_ranges, link) {
		if (range->first == first && range->count == count) {
			list_del(&range->link);
			host_free(range);
			return;
		}
	}
	rule_broken(RULE_DEVICE_STATE, "unregister_chrdev_region(%u:%u): it was not registered",
		    MAJOR(first), MINOR(first));
}

void cdev_init(struct cdev *cdev, const struct file_operations *ops)
{
	*cdev = (struct cdev){ .ops = ops };
	INIT_LIST_HEAD(&cdev->list);
}

struct cdev *cdev_alloc(void)
{
	struct cdev *cdev = kzalloc(sizeof(*cdev), GFP_KERNEL);

	if (cdev)
		INIT_LIST_HEAD(&cdev->list);
	return cdev;
}

int cdev_add(struct cdev *cdev, dev_t dev, unsigned int count)
{
	cdev->dev = dev;
	cdev->count = count;
	list_add(&cdev->list, &cdevs);
	return 0;
}

void cdev_del(struct cdev *cdev)
{
	list_del_init(&cdev->list);
}

void cdev_set_parent(struct cdev *cdev, struct kobject *parent)
{
	cdev->kobj.parent = parent;
}

int cdev_device_add(struct cdev *cdev, struct device *dev)
{
	int ret = 0;

	if (dev->devt) {
		cdev_set_parent(cdev, &dev->kobj);
		ret = cdev_add(cdev, dev->devt, 1);
		if (ret)
			return ret;
	}
	ret = device_add(dev);
	if (ret && dev->devt)
		cdev_del(cdev);
	return ret;
}

void cdev_device_del(struct cdev *cdev, struct device *dev)
{
	device_del(dev);
	if (dev->devt)
		cdev_del(cdev);
}

static struct cdev *cdev_find(dev_t devt)
{
	struct cdev *cdev;

	list_for_each_entry(cdev, &cdevs, list)
		if (devt >= cdev->dev && devt < cdev->dev + cdev->count)
			return cdev;
	return NULL;
}

void chardev_set_name(dev_t devt, const char *name)
{
	struct device_node *node = host_zalloc(sizeof(*node));

	if (!node)
		return;
	node->devt = devt;
	strscpy(node->name, name, sizeof(node->name));
	list_add(&node->link, &nodes);
}

static struct device_node *node_find(const char *path)
{
	struct device_node *node;

	if (strncmp(path, "/dev/", 5))
		return NULL;
	list_for_each_entry(node, &nodes, link)
		if (!strcmp(node->name, path + 5))
			return node;
	return NULL;
}

/* The first device number that a driver registered under a name. */
static bool number_of(const char *name, dev_t *devt)
{
	struct number_range *range;

	list_for_each_entry(range, &number_ranges, link) {
		if (strcmp(range->name, name))
			continue;
		*devt = range->first;
		return true;
	}
	return false;
}

/* As mknod(1), for a name in /proc/devices. */
int chardev_make_node(const char *path, const char *name, unsigned int minor)
{
	dev_t devt;

	if (strncmp(path, "/dev/", 5) || strlen(path + 5) >= sizeof(((struct device_node *)0)->name))
		return -EINVAL;
	if (node_find(path))
		return -EEXIST;
	if (!number_of(name, &devt))
		return -ENOENT;
	chardev_set_name(MKDEV(MAJOR(devt), minor), path + 5);
	return 0;
}

void chardev_forget_name(dev_t devt)
{
	struct device_node *node;

	list_for_each_entry(node, &nodes, link) {
		if (node->devt == devt) {
			list_del(&node->link);
			host_free(node);
			return;
		}
	}
}

static const char *misc_node_name(const struct miscdevice *misc)
{
	return misc->nodename ?: misc->name;
}

const char *machine_device_name(unsigned int n)
{
	struct device_node *node;

	list_for_each_entry(node, &nodes, link)
		if (n-- == 0)
			return node->name;
	return NULL;
}

int misc_register(struct miscdevice *misc)
{
	struct miscdevice *other;
	static const struct class misc_class = { .name = "misc" };

	list_for_each_entry(other, &miscs, list)
		if (misc->minor != MISC_DYNAMIC_MINOR && other->minor == misc->minor)
			return -EBUSY;
	if (misc->minor == MISC_DYNAMIC_MINOR)
		misc->minor = next_minor++;
	misc->this_device = device_create(&misc_class, misc->parent, MKDEV(MISC_MAJOR, misc->minor),
					  misc, "%s", misc_node_name(misc));
	if (IS_ERR(misc->this_device)) {
		misc->minor = MISC_DYNAMIC_MINOR;
		return PTR_ERR(misc->this_device);
	}
	list_add(&misc->list, &miscs);
	return 0;
}

void misc_deregister(struct miscdevice *misc)
{
	list_del(&misc->list);
	device_unregister(misc->this_device);
	misc->this_device = NULL;
	if (misc->minor >= FIRST_DYNAMIC_MINOR)
		misc->minor = MISC_DYNAMIC_MINOR;
}

static struct miscdevice *misc_find(dev_t devt)
{
	struct miscdevice *misc;

	list_for_each_entry(misc, &miscs, list)
		if (MAJOR(devt) == MISC_MAJOR && (int)MINOR(devt) == misc->minor)
			return misc;
	return NULL;
}

/**
 * chardev_open() - open the file of a device
 * @path: /dev/NAME
 * @error: for -ENOENT, -ENXIO, -ENOMEM, or what the driver's open() returned
 *
 * Return: the file, or NULL.
 */
struct file *chardev_open(const char *path, int *error)
{
	struct device_node *node = node_find(path);
	const struct file_operations *fops = NULL;
	struct miscdevice *misc;
	struct open_file *open;
	struct cdev *cdev;

	*error = -ENOENT;
	if (!node)
		return NULL;
	misc = misc_find(node->devt);
	cdev = misc ? NULL : cdev_find(node->devt);
	fops = misc ? misc->fops : cdev ? cdev->ops : NULL;
	*error = -ENXIO;
	if (!fops)
		return NULL;
	open = host_zalloc(sizeof(*open));
	*error = -ENOMEM;
	if (!open)
		return NULL;

	open->inode.i_rdev = node->devt;
	open->inode.i_cdev = cdev;
	open->inode.i_data.host = &open->inode;
	open->inode.i_mapping = &open->inode.i_data;
	open->file.users = 1;
	open->file.f_op = fops;
	open->file.f_inode = &open->inode;
	open->file.f_mapping = open->inode.i_mapping;
	open->file.f_mode = FMODE_READ | FMODE_WRITE;
	open->file.f_flags = O_RDWR;
	open->file.private_data = misc;
	*error = fops->open ? fops->open(&open->inode, &open->file) : 0;
	if (*error) {
		host_free(open);
		return NULL;
	}
	open_files++;
	return &open->file;
}

long chardev_ioctl(struct file *file, unsigned int command, unsigned long argument)
{
	if (!file->f_op->unlocked_ioctl)
		return -ENOTTY;
	return file->f_op->unlocked_ioctl(file, command, argument);
}

struct file *get_file(struct file *file)
{
	file->users++;
	return file;
}

void fput(struct file *file)
{
	if (--file->users)
		return;
	if (file->f_op->release)
		file->f_op->release(file->f_inode, file);
	open_files--;
	host_free(container_of(file, struct open_file, file));
}

/* A program closes its descriptor. The file stays open while it is mapped. */
void chardev_close(struct file *file)
{
	if (file->f_op->flush)
		file->f_op->flush(file, current);
	fput(file);
}

unsigned long chardev_open_files(void)
{
	return open_files;
}

unsigned long chardev_shutdown(void)
{
	struct number_range *range, *next_range;
	struct device_node *node, *next_node;
	struct miscdevice *misc;
	struct cdev *cdev;
	unsigned long leaks = 0;

	list_for_each_entry(misc, &miscs, list) {
		rule_broken(RULE_LEAK, "misc device %s is still registered", misc->name);
		leaks++;
	}
	list_for_each_entry(cdev, &cdevs, list) {
		rule_broken(RULE_LEAK, "character device %u:%u is still registered",
			    MAJOR(cdev->dev), MINOR(cdev->dev));
		leaks++;
	}
	list_for_each_entry_safe(range, next_range, &number_ranges, link) {
		rule_broken(RULE_LEAK, "device numbers of %s are still registered", range->name);
		leaks++;
		host_free(range);
	}
	list_for_each_entry_safe(node, next_node, &nodes, link)
		host_free(node);
	INIT_LIST_HEAD(&miscs);
	INIT_LIST_HEAD(&cdevs);
	INIT_LIST_HEAD(&number_ranges);
	INIT_LIST_HEAD(&nodes);
	next_minor = FIRST_DYNAMIC_MINOR;
	open_files = 0;
	return leaks;
}

int register_chrdev(unsigned int major, const char *name, const struct file_operations *fops)
{
	struct cdev *cdev;
	dev_t first = MKDEV(major, 0);
	int ret = major ? register_chrdev_region(first, 256, name) :
			  alloc_chrdev_region(&first, 0, 256, name);

	if (ret)
		return ret;
	cdev = cdev_alloc();
	if (!cdev) {
		unregister_chrdev_region(first, 256);
		return -ENOMEM;
	}
	cdev->ops = fops;
	cdev_add(cdev, first, 256);
	return major ? 0 : (int)MAJOR(first);
}

void unregister_chrdev(unsigned int major, const char *name)
{
	struct cdev *cdev = cdev_find(MKDEV(major, 0));

	if (cdev) {
		cdev_del(cdev);
		kfree(cdev);
	}
	unregister_chrdev_region(MKDEV(major, 0), 256);
}

loff_t default_llseek(struct file *file, loff_t offset, int whence)
{
	switch (whence) {
	case SEEK_CUR:
		offset += file->f_pos;
		break;
	case SEEK_SET:
		break;
	default:
		return -EINVAL;
	}
	return offset < 0 ? -EINVAL : (file->f_pos = offset);
}

loff_t noop_llseek(struct file *file, loff_t offset, int whence)
{
	return file->f_pos;
}

loff_t no_llseek(struct file *file, loff_t offset, int whence)
{
	return -ESPIPE;
}

int nonseekable_open(struct inode *inode, struct file *file)
{
	return 0;
}

long compat_ptr_ioctl(struct file *file, unsigned int command, unsigned long argument)
{
	return chardev_ioctl(file, command, argument);
}
