/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * pci.h - devices of the PCI bus and their drivers
 *
 * A scenario puts a device on the bus with machine_add_pci_device(), and a driver that names it is
 * probed. BAR 0 is memory that keeps what is written to it, and that the scenario reads and writes as
 * the device would.
 *
 * Differs: there is BAR 0 only, no configuration space and no power management. Interrupts
 * come from a copy engine that a scenario gave to the device.
 */
#ifndef _LINUX_PCI_H
#define _LINUX_PCI_H

#include <linux/device.h>
#include <linux/dma-mapping.h>
#include <linux/errno.h>
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/ioport.h>

#define PCI_ANY_ID	(~0u)

struct pci_device_id {
	u32 vendor;
	u32 device;
	u32 subvendor;
	u32 subdevice;
	u32 class;
	u32 class_mask;
	unsigned long driver_data;
};

#define PCI_DEVICE(vend, dev) \
	.vendor = (vend), .device = (dev), .subvendor = PCI_ANY_ID, .subdevice = PCI_ANY_ID
#define PCI_VDEVICE(vend, dev)	PCI_DEVICE(PCI_VENDOR_ID_##vend, dev)

/**
 * struct pci_dev - a device on the bus
 * @vendor: number of its maker
 * @device: the maker's number of it
 * @revision: 0
 * @class: 0
 * @irq: number of its interrupt
 * @devfn: its place on the bus
 * @dev: the device
 * @resource: BAR 0
 * @link: of the machine itself
 * @bar: of the machine itself: the bytes of BAR 0
 * @enabled: of the machine itself: pci_enable_device() without pci_disable_device()
 * @regions: of the machine itself: what pci_request_regions() was told, or NULL
 * @managed: of the machine itself: pcim_enable_device() was called
 */
struct pci_dev {
	unsigned short vendor;
	unsigned short device;
	u8 revision;
	unsigned int class;
	unsigned int irq;
	unsigned int devfn;
	struct device dev;
	struct resource resource[1];
	struct list_head link;
	void *bar;
	int enabled;
	const char *regions;
	bool managed;
};

struct pci_driver {
	const char *name;
	const struct pci_device_id *id_table;
	int (*probe)(struct pci_dev *pdev, const struct pci_device_id *id);
	void (*remove)(struct pci_dev *pdev);
	void (*shutdown)(struct pci_dev *pdev);
	struct device_driver driver;
	struct list_head link;
};

#define to_pci_dev(d)			container_of(d, struct pci_dev, dev)
#define pci_name(pdev)			dev_name(&(pdev)->dev)
#define pci_get_drvdata(pdev)		dev_get_drvdata(&(pdev)->dev)
#define pci_set_drvdata(pdev, data)	dev_set_drvdata(&(pdev)->dev, data)

int pci_register_driver(struct pci_driver *driver);
void pci_unregister_driver(struct pci_driver *driver);

#define module_pci_driver(pdriver) \
	static int __init pdriver##_module_init(void) \
	{ \
		return pci_register_driver(&(pdriver)); \
	} \
	module_init(pdriver##_module_init); \
	static void __exit pdriver##_module_exit(void) \
	{ \
		pci_unregister_driver(&(pdriver)); \
	} \
	module_exit(pdriver##_module_exit)

int pci_enable_device(struct pci_dev *pdev);
void pci_disable_device(struct pci_dev *pdev);
int pcim_enable_device(struct pci_dev *pdev);
#define pci_enable_device_mem(pdev)	pci_enable_device(pdev)
int pci_request_regions(struct pci_dev *pdev, const char *name);
void pci_release_regions(struct pci_dev *pdev);
void __iomem *pci_iomap(struct pci_dev *pdev, int bar, unsigned long length);
void pci_iounmap(struct pci_dev *pdev, void __iomem *addr);
#define pcim_iomap(pdev, bar, length)	pci_iomap(pdev, bar, length)

#define pci_resource_start(pdev, bar)	((bar) ? 0 : (pdev)->resource[0].start)
#define pci_resource_end(pdev, bar)	((bar) ? 0 : (pdev)->resource[0].end)
#define pci_resource_len(pdev, bar)	((bar) ? 0 : resource_size(&(pdev)->resource[0]))
#define pci_resource_flags(pdev, bar)	((bar) ? 0 : IORESOURCE_MEM)

/* Stub: every device may use the bus, and has one interrupt. */
#define pci_set_master(pdev)		((void)(pdev))
#define pci_clear_master(pdev)		((void)(pdev))
#define PCI_IRQ_INTX			1u
#define PCI_IRQ_LEGACY			PCI_IRQ_INTX
#define PCI_IRQ_MSI			2u
#define PCI_IRQ_MSIX			4u
#define PCI_IRQ_ALL_TYPES		7u
#define pci_alloc_irq_vectors(pdev, min, max, flags) \
	((void)(pdev), (void)(max), (void)(flags), (min) > 1 ? -ENOSPC : 1)
#define pci_free_irq_vectors(pdev)	((void)(pdev))
#define pci_irq_vector(pdev, nr)	((void)(nr), (int)(pdev)->irq)

#endif
