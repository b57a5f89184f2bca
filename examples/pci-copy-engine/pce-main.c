// SPDX-License-Identifier: GPL-2.0-only
/* pce-main.c - finds the device on the bus, and makes /dev/pce0 */
#include <linux/interrupt.h>
#include <linux/module.h>
#include <linux/pci.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

#include "pce.h"

static long pce_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct pce_device *pce = container_of(file->private_data, struct pce_device, misc);
	void __user *user = (void __user *)arg;
	struct pce_range range;
	int ret;

	if (cmd != PCE_TO_DEVICE)
		return -ENOTTY;
	if (copy_from_user(&range, user, sizeof(range)))
		return -EFAULT;
	ret = pce_to_device(pce, &range);
	if (copy_to_user(user, &range, sizeof(range)))
		return -EFAULT;

	return ret;
}

static int pce_open(struct inode *inode, struct file *file)
{
	return 0;
}

static const struct file_operations pce_file_operations = {
	.owner		= THIS_MODULE,
	.open		= pce_open,
	.unlocked_ioctl	= pce_ioctl,
};

static int pce_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct pce_device *pce;
	int ret;

	pce = kzalloc(sizeof(*pce), GFP_KERNEL);
	if (!pce)
		return -ENOMEM;
	pce->pdev = pdev;
	mutex_init(&pce->engine);
	init_completion(&pce->copied);
	ret = pci_enable_device(pdev);
	if (ret)
		goto free;
	ret = pci_request_regions(pdev, "pce");
	if (ret)
		goto disable;
	pci_set_master(pdev);
	pce->registers = pci_iomap(pdev, 0, 0);
	if (!pce->registers) {
		ret = -ENODEV;
		goto regions;
	}
	ret = request_irq(pdev->irq, pce_interrupt, IRQF_SHARED, "pce", pce);
	if (ret)
		goto unmap;
	pce->memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	pce->memory.pagemap.ops = &pce_pagemap_ops;
#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 7, 0)
	pce->memory.pagemap.owner = pce;
#endif
	ret = device_memory_create(&pce->memory, PCE_MEMORY_PAGES);
	if (ret)
		goto irq;
	pce->misc.minor = MISC_DYNAMIC_MINOR;
	pce->misc.name = "pce0";
	pce->misc.fops = &pce_file_operations;
	ret = misc_register(&pce->misc);
	if (ret)
		goto memory;
	pci_set_drvdata(pdev, pce);
	return 0;

memory:
	device_memory_destroy(&pce->memory);
irq:
	free_irq(pdev->irq, pce);
unmap:
	pci_iounmap(pdev, pce->registers);
regions:
	pci_release_regions(pdev);
disable:
	pci_disable_device(pdev);
free:
	kfree(pce);
	return ret;
}

static void pce_remove(struct pci_dev *pdev)
{
	struct pce_device *pce = pci_get_drvdata(pdev);

	misc_deregister(&pce->misc);
	device_memory_destroy(&pce->memory);
	free_irq(pdev->irq, pce);
	pci_iounmap(pdev, pce->registers);
	pci_release_regions(pdev);
	pci_disable_device(pdev);
	kfree(pce);
}

static const struct pci_device_id pce_ids[] = {
	{ PCI_DEVICE(0x1af5, 0x0c0e) },
	{ }
};
MODULE_DEVICE_TABLE(pci, pce_ids);

static struct pci_driver pce_driver = {
	.name		= "pce",
	.id_table	= pce_ids,
	.probe		= pce_probe,
	.remove		= pce_remove,
};
module_pci_driver(pce_driver);

MODULE_DESCRIPTION("Example: a PCI device with private memory and a copy engine");
MODULE_LICENSE("GPL");
