// SPDX-License-Identifier: GPL-2.0-only
/*
 * probe-pci.c - a driver for a device on the PCI bus
 *
 * Register 0 says what the driver has done last, register 1 which id matched; what is written to
 * register 2 before the probe is its result.
 */
#include <linux/errno.h>
#include <linux/module.h>
#include <linux/pci.h>
#include <linux/slab.h>

#include "probe.h"

struct pci_probe {
	u32 __iomem *registers;
	dma_addr_t ring;
	void *ring_memory;
};

static int probe_pci_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct pci_probe *probe = devm_kzalloc(&pdev->dev, sizeof(*probe), GFP_KERNEL);
	int ret;

	if (!probe)
		return -ENOMEM;
	ret = pci_enable_device(pdev);
	if (ret)
		return ret;
	ret = pci_request_regions(pdev, "probe");
	if (ret)
		goto err_disable;
	probe->registers = pci_iomap(pdev, 0, 0);
	ret = -(int)readl(probe->registers + 2);
	if (ret)
		goto err_regions;
	pci_set_master(pdev);
	probe->ring_memory = dma_alloc_coherent(&pdev->dev, PAGE_SIZE, &probe->ring, GFP_KERNEL);
	if (!probe->ring_memory) {
		ret = -ENOMEM;
		goto err_regions;
	}
	writel(PROBE_PCI_BOUND, probe->registers);
	writel(id->driver_data, probe->registers + 1);
	pci_set_drvdata(pdev, probe);
	return 0;

err_regions:
	pci_release_regions(pdev);
err_disable:
	pci_disable_device(pdev);
	return ret;
}

static void probe_pci_remove(struct pci_dev *pdev)
{
	struct pci_probe *probe = pci_get_drvdata(pdev);

	writel(PROBE_PCI_REMOVED, probe->registers);
	dma_free_coherent(&pdev->dev, PAGE_SIZE, probe->ring_memory, probe->ring);
	pci_iounmap(pdev, probe->registers);
	pci_release_regions(pdev);
	pci_disable_device(pdev);
}

static const struct pci_device_id probe_pci_ids[] = {
	{ PCI_DEVICE(PROBE_PCI_VENDOR, 1), .driver_data = 11 },
	{ PCI_DEVICE(PROBE_PCI_VENDOR, 2), .driver_data = 22 },
	{ }
};
MODULE_DEVICE_TABLE(pci, probe_pci_ids);

static struct pci_driver probe_pci_driver = {
	.name = "probe-pci",
	.id_table = probe_pci_ids,
	.probe = probe_pci_probe,
	.remove = probe_pci_remove,
};
module_pci_driver(probe_pci_driver);
