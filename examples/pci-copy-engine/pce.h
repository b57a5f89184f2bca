/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * pce.h - a PCI device with private memory and a copy engine
 *
 * pce-main.c finds the device and has its file, pce-engine.c programs the engine, pce-migrate.c
 * moves pages with it.
 */
#ifndef PCE_H
#define PCE_H

#include <linux/completion.h>
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/mutex.h>
#include <linux/pci.h>

#include "../device-memory.h"
#include "pce-ioctl.h"

/* BAR 0. A copy begins when its length is written; a source of 0 clears. */
#define PCE_REG_FROM	0x00
#define PCE_REG_TO	0x08
#define PCE_REG_LENGTH	0x10
#define PCE_REG_STATUS	0x14

#define PCE_STATUS_DONE		0x1
#define PCE_STATUS_ERROR	0x2

#define PCE_MEMORY_PAGES	128
#define PCE_CHUNK_PAGES		8

/**
 * struct pce_device - one device
 * @pdev: on the bus
 * @registers: its BAR 0
 * @memory: its memory
 * @misc: its file in /dev
 * @engine: one copy at a time
 * @copied: the interrupt at its end
 */
struct pce_device {
	struct pci_dev *pdev;
	void __iomem *registers;
	struct device_memory memory;
	struct miscdevice misc;
	struct mutex engine;
	struct completion copied;
};

irqreturn_t pce_interrupt(int irq, void *data);
int pce_copy(struct pce_device *pce, struct page *to, struct page *from);

int pce_to_device(struct pce_device *pce, struct pce_range *range);
extern const struct dev_pagemap_ops pce_pagemap_ops;

#endif /* PCE_H */
