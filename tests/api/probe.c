// SPDX-License-Identifier: GPL-2.0-only
/* probe.c - /dev/probe, through which tests reach the probe driver */
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/uaccess.h>

#include "probe-device.h"

static long ioctl_migrate(const void __user *argument)
{
	struct probe_plan_and_record both;
	struct probe_plan plan;
	static struct probe_record record;

	if (copy_from_user(&both, argument, sizeof(both)) ||
	    copy_from_user(&plan, both.plan, sizeof(plan)))
		return -EFAULT;
	record = (struct probe_record){ 0 };
	probe_migrate(&plan, &record);
	return copy_to_user(both.record, &record, sizeof(record)) ? -EFAULT : 0;
}

static long ioctl_answer(const void __user *argument)
{
	struct probe_faults faults;

	if (copy_from_user(&faults, argument, sizeof(faults)))
		return -EFAULT;
	probe_faults = (struct probe_faults){ .answer = faults.answer };
	return 0;
}

static long ioctl_events(void __user *argument)
{
	struct probe_events events;

	probe_read_events(&events);
	return copy_to_user(argument, &events, sizeof(events)) ? -EFAULT : 0;
}

static long ioctl_device(void __user *argument)
{
	struct probe_device device;
	unsigned int number;

	if (copy_from_user(&device, argument, sizeof(device)))
		return -EFAULT;
	number = device.number;
	if (number >= PROBE_DEVICES)
		return -EINVAL;
	device = probe_memory[number].seen;
	device.number = number;
	return copy_to_user(argument, &device, sizeof(device)) ? -EFAULT : 0;
}

static long ioctl_watch(void __user *argument)
{
	struct probe_interval interval;

	if (copy_from_user(&interval, argument, sizeof(interval)))
		return -EFAULT;
	return probe_watch(&interval);
}

static long ioctl_evict(void __user *argument)
{
	struct probe_eviction eviction;
	long ret;

	if (copy_from_user(&eviction, argument, sizeof(eviction)))
		return -EFAULT;
	ret = probe_evict(&eviction);
	if (ret)
		return ret;
	return copy_to_user(argument, &eviction, sizeof(eviction)) ? -EFAULT : 0;
}

static long ioctl_copy(void __user *argument)
{
	struct probe_copy copy;

	if (copy_from_user(&copy, argument, sizeof(copy)))
		return -EFAULT;
	if (copy.to_user)
		copy.left = copy_to_user((void __user *)copy.addr, copy.bytes, copy.length);
	else
		copy.left = copy_from_user(copy.bytes, (void __user *)copy.addr, copy.length);
	return copy_to_user(argument, &copy, sizeof(copy)) ? -EFAULT : 0;
}

static long ioctl_huge(void __user *argument)
{
	static struct probe_huge huge;
	long ret;

	if (copy_from_user(&huge, argument, sizeof(huge)))
		return -EFAULT;
	ret = probe_huge(&huge);
	if (ret)
		return ret;
	return copy_to_user(argument, &huge, sizeof(huge)) ? -EFAULT : 0;
}

static long probe_ioctl(struct file *file, unsigned int command, unsigned long argument)
{
	void __user *user = (void __user *)argument;

	switch ((enum probe_command)command) {
	case PROBE_MIGRATE:
		return ioctl_migrate(user);
	case PROBE_ANSWER:
		return ioctl_answer(user);
	case PROBE_FAULTS:
		return copy_to_user(user, &probe_faults, sizeof(probe_faults)) ? -EFAULT : 0;
	case PROBE_WATCH:
		return ioctl_watch(user);
	case PROBE_EVENTS:
		return ioctl_events(user);
	case PROBE_UNWATCH:
		probe_unwatch();
		return 0;
	case PROBE_SEQUENCE:
		return probe_sequence();
	case PROBE_DEVICE:
		return ioctl_device(user);
	case PROBE_EVICT:
		return ioctl_evict(user);
	case PROBE_MISTAKE:
		return probe_make_mistake(argument);
	case PROBE_ENVIRONMENT:
		return probe_environment((const char *)argument);
	case PROBE_HUGE:
		return ioctl_huge(user);
	case PROBE_COPY:
		return ioctl_copy(user);
	}
	return -ENOTTY;
}

static const struct file_operations probe_fops = {
	.owner = THIS_MODULE,
	.unlocked_ioctl = probe_ioctl,
};

static struct miscdevice probe_misc = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "probe",
	.fops = &probe_fops,
};

static int __init probe_init(void)
{
	int ret;

	probe_faults = (struct probe_faults){ 0 };
	for (int i = 0; i < PROBE_DEVICES; i++) {
		ret = probe_memory_create(&probe_memory[i]);
		if (ret)
			return ret;
	}
	return misc_register(&probe_misc);
}

static void __exit probe_exit(void)
{
	misc_deregister(&probe_misc);
	probe_huge_destroy();
	for (int i = PROBE_DEVICES - 1; i >= 0; i--)
		probe_memory_destroy(&probe_memory[i]);
}

module_init(probe_init);
module_exit(probe_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Shows each step of a migration to a test");
