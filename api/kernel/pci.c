// SPDX-License-Identifier: GPL-2.0-only
/* pci.c - the devices that a scenario puts on the PCI bus, and the drivers that find them */
#include <linux/pci.h>

#include "core/verify.h"
#include "host/host.h"
#include "include/program.h"
#include "kernel/kernel.h"

/* Where the bus has the memory of its devices. */
#define FIRST_BAR_ADDRESS	0xc000000000UL
#define FIRST_IRQ		32

static const struct bus_type pci_bus = { .name = "pci" };
static LIST_HEAD(devices);
static LIST_HEAD(drivers);
static unsigned int device_count;
static unsigned long next_bar = FIRST_BAR_ADDRESS;

struct pci_dev *pci_device_number(int number)
{
	struct pci_dev *pdev;

	list_for_each_entry(pdev, &devices, link)
		if (number-- == 0)
			return pdev;
	return NULL;
}

static const struct pci_device_id *find_id(const struct pci_dev *pdev,
					   const struct pci_driver *driver)
{
	const struct pci_device_id *id = driver->id_table;

	for (; id && (id->vendor || id->class_mask); id++)
		if ((id->vendor == PCI_ANY_ID || id->vendor == pdev->vendor) &&
		    (id->device == PCI_ANY_ID || id->device == pdev->device))
			return id;
	return NULL;
}

static void let_go(struct pci_dev *pdev)
{
	pdev->dev.driver = NULL;
	device_release_resources(&pdev->dev);
	dev_set_drvdata(&pdev->dev, NULL);
	if (pdev->managed) {
		pdev->managed = false;
		pdev->enabled = 0;
		pdev->regions = NULL;
	}
}

static void bind(struct pci_dev *pdev, struct pci_driver *driver)
{
	const struct pci_device_id *id = find_id(pdev, driver);
	int ret;

	if (pdev->dev.driver || !id)
		return;
	pdev->dev.driver = &driver->driver;
	ret = driver->probe(pdev, id);
	if (ret >= 0)
		return;
	if (ret != -ENODEV && ret != -ENXIO)
		dev_warn(&pdev->dev, "probe of the driver %s failed with error %d\n", driver->name,
			 ret);
	let_go(pdev);
}

static void unbind(struct pci_dev *pdev)
{
	struct pci_driver *driver = container_of(pdev->dev.driver, struct pci_driver, driver);

	if (driver->remove)
		driver->remove(pdev);
	let_go(pdev);
	if (pdev->enabled || pdev->regions)
		rule_broken(RULE_DEVICE_STATE, "the driver of %s left it %s", pci_name(pdev),
			    pdev->enabled ? "enabled" : "with its regions requested");
	pdev->enabled = 0;
	pdev->regions = NULL;
}

int pci_register_driver(struct pci_driver *driver)
{
	struct pci_dev *pdev;

	driver->driver.name = driver->name;
	list_add_tail(&driver->link, &drivers);
	list_for_each_entry(pdev, &devices, link)
		bind(pdev, driver);
	return 0;
}

void pci_unregister_driver(struct pci_driver *driver)
{
	struct pci_dev *pdev;

	list_for_each_entry(pdev, &devices, link)
		if (pdev->dev.driver == &driver->driver)
			unbind(pdev);
	list_del(&driver->link);
}

int pci_enable_device(struct pci_dev *pdev)
{
	pdev->enabled++;
	return 0;
}

int pcim_enable_device(struct pci_dev *pdev)
{
	pdev->managed = true;
	return pci_enable_device(pdev);
}

void pci_disable_device(struct pci_dev *pdev)
{
	if (!pdev->enabled) {
		rule_broken(RULE_DEVICE_STATE, "pci_disable_device(%s), which is not enabled",
			    pci_name(pdev));
		return;
	}
	pdev->enabled--;
}

int pci_request_regions(struct pci_dev *pdev, const char *name)
{
	if (pdev->regions)
		return -EBUSY;
	pdev->regions = name;
	return 0;
}

void pci_release_regions(struct pci_dev *pdev)
{
	pdev->regions = NULL;
}

void __iomem *pci_iomap(struct pci_dev *pdev, int bar, unsigned long length)
{
	if (bar || !pdev->enabled)
		return NULL;
	return pdev->bar;
}

void pci_iounmap(struct pci_dev *pdev, void __iomem *addr)
{
	if (addr && addr != pdev->bar)
		rule_broken(RULE_DEVICE_STATE, "pci_iounmap(%s) of what pci_iomap() did not return",
			    pci_name(pdev));
}

/* --- What a scenario does ---------------------------------------------------------------------- */

static void release_device(struct device *dev)
{
	struct pci_dev *pdev = to_pci_dev(dev);

	host_free(pdev->bar);
	host_free(pdev);
}

static int add_device(unsigned int vendor, unsigned int device, unsigned long bar_size)
{
	struct pci_dev *pdev = host_zalloc(sizeof(*pdev));

	if (!pdev)
		return -ENOMEM;
	bar_size = PAGE_ALIGN(bar_size ?: 1);
	pdev->bar = host_zalloc_aligned(bar_size, PAGE_SIZE);
	if (!pdev->bar) {
		host_free(pdev);
		return -ENOMEM;
	}
	pdev->vendor = vendor;
	pdev->device = device;
	pdev->irq = FIRST_IRQ + device_count;
	pdev->resource[0].start = next_bar;
	pdev->resource[0].end = next_bar + bar_size - 1;
	next_bar += bar_size;
	device_initialize(&pdev->dev);
	pdev->dev.bus = &pci_bus;
	pdev->dev.release = release_device;
	dev_set_name(&pdev->dev, "0000:00:%02x.0", device_count + 1);
	list_add_tail(&pdev->link, &devices);
	return device_count++;
}

static void probe(struct pci_dev *pdev)
{
	struct pci_driver *driver;

	list_for_each_entry(driver, &drivers, link)
		bind(pdev, driver);
}

int machine_add_pci_device(unsigned int vendor, unsigned int device, unsigned long bar_size)
{
	int number = add_device(vendor, device, bar_size);

	if (number >= 0)
		probe(pci_device_number(number));
	return number;
}


/* What a table begins with, as far as a device can be made of it. */
int machine_add_pci_devices_wanted(unsigned long bar_size, void (*found)(int number))
{
	struct pci_driver *driver;
	int added = 0;

	list_for_each_entry(driver, &drivers, link) {
		const struct pci_device_id *id = driver->id_table;
		int number;

		if (!id || !(id->vendor || id->class_mask))
			continue;
		number = add_device(id->vendor == PCI_ANY_ID ? 1 : id->vendor,
				    id->device == PCI_ANY_ID ? 1 : id->device, bar_size);
		if (number < 0)
			return number;
		if (found)
			found(number);
		probe(pci_device_number(number));
		added++;
	}
	return added;
}

void *machine_pci_bar(int number)
{
	struct pci_dev *pdev = pci_device_number(number);

	return pdev ? pdev->bar : NULL;
}

void machine_remove_pci_device(int number)
{
	struct pci_dev *pdev = pci_device_number(number);

	if (pdev && pdev->dev.driver)
		unbind(pdev);
}

/* The devices are the scenario's, and go without a report. */
unsigned long pci_shutdown(void)
{
	struct pci_dev *pdev, *next;
	struct pci_driver *driver;
	unsigned long leaks = 0;

	list_for_each_entry(driver, &drivers, link) {
		rule_broken(RULE_LEAK, "PCI driver %s is still registered", driver->name);
		leaks++;
	}
	copy_engines_shutdown();
	leaks += interrupts_shutdown();
	list_for_each_entry_safe(pdev, next, &devices, link)
		put_device(&pdev->dev);
	INIT_LIST_HEAD(&drivers);
	INIT_LIST_HEAD(&devices);
	device_count = 0;
	next_bar = FIRST_BAR_ADDRESS;
	return leaks;
}
