// SPDX-License-Identifier: GPL-2.0-only
/* racing-driver.c - a driver that counts its calls: without a lock, with one, and never letting go */
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/mutex.h>

static DEFINE_MUTEX(lock);
static unsigned long with_lock, without_lock;

static long racing_ioctl(struct file *file, unsigned int command, unsigned long argument)
{
	if (command == 1) {
		without_lock++;
		return 0;
	}
	mutex_lock(&lock);
	with_lock++;
	if (command == 2)
		mutex_unlock(&lock);
	return 0;
}

static const struct file_operations racing_fops = {
	.owner = THIS_MODULE,
	.unlocked_ioctl = racing_ioctl,
};

static struct miscdevice racing_device = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "racing",
	.fops = &racing_fops,
};

static int __init racing_init(void)
{
	return misc_register(&racing_device);
}

static void __exit racing_exit(void)
{
	misc_deregister(&racing_device);
}

module_init(racing_init);
module_exit(racing_exit);
MODULE_LICENSE("GPL");
