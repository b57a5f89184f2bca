/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * kernel.h - what the kernel's environment offers to the machine and its programs
 */
#ifndef API_KERNEL_H
#define API_KERNEL_H

#include <linux/device.h>
#include <linux/fs.h>
#include <linux/sched.h>

/* task.c: who runs. Each returns what ran before, for switching back. */
struct task_struct *task_switch(struct task_struct *task);
void task_init(struct task_struct *task, const char *name, struct mm_struct *mm);

/*
 * Entering and leaving the kernel. With threads, others wait outside meanwhile, except while the
 * task sleeps.
 */
struct task_struct *task_enter(struct task_struct *task);
void task_leave(struct task_struct *before);
bool task_is_in_kernel(void);

/* chardev.c: files of character devices. */
struct file *chardev_open(const char *path, int *error);
long chardev_ioctl(struct file *file, unsigned int command, unsigned long argument);
void chardev_close(struct file *file);
unsigned long chardev_open_files(void);
const char *chardev_name(dev_t devt);
void chardev_set_name(dev_t devt, const char *name);
void chardev_forget_name(dev_t devt);
int chardev_make_node(const char *path, const char *name, unsigned int minor);

/* device.c: what was attached with devm_ ends when the driver is unbound. */
void device_release_resources(struct device *dev);

/* pci.c: the device with this number, or NULL. */
struct pci_dev *pci_device_number(int number);

/* dma.c: whether all of it is mapped for the device. */
bool dma_is_mapped(struct device *dev, unsigned long long addr, size_t size);

/* interrupt.c: calls the handlers. */
void interrupt_raise(unsigned int irq);

/* copy_engine.c: the scenario's, so nothing is reported. */
void copy_engines_shutdown(void);

/* Each gives up what is left at shutdown, reports it, and returns how much it was. */
unsigned long chardev_shutdown(void);
unsigned long device_shutdown(void);
unsigned long platform_shutdown(void);
unsigned long pci_shutdown(void);
unsigned long interrupts_shutdown(void);
unsigned long resource_shutdown(void);
unsigned long dma_shutdown(void);
unsigned long slab_shutdown(void);
unsigned long locks_shutdown(void);

#endif
