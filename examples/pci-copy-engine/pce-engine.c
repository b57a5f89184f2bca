// SPDX-License-Identifier: GPL-2.0-only
/* pce-engine.c - the copy engine: one page at a time, with an interrupt at its end */
#include <linux/dma-mapping.h>
#include <linux/interrupt.h>
#include <linux/io.h>

#include "pce.h"

irqreturn_t pce_interrupt(int irq, void *data)
{
	struct pce_device *pce = data;

	complete(&pce->copied);
	return IRQ_HANDLED;
}

static int pce_run(struct pce_device *pce, dma_addr_t to, dma_addr_t from)
{
	int ret = 0;

	mutex_lock(&pce->engine);
	init_completion(&pce->copied);
	writeq(from, pce->registers + PCE_REG_FROM);
	writeq(to, pce->registers + PCE_REG_TO);
	writel(PAGE_SIZE, pce->registers + PCE_REG_LENGTH);
	wait_for_completion(&pce->copied);
	if (readl(pce->registers + PCE_REG_STATUS) & PCE_STATUS_ERROR)
		ret = -EIO;
	mutex_unlock(&pce->engine);

	return ret;
}

/* Both are system pages; without @from, @to is cleared. */
int pce_copy(struct pce_device *pce, struct page *to, struct page *from)
{
	struct device *dev = &pce->pdev->dev;
	dma_addr_t to_addr, from_addr = 0;
	int ret = -ENOMEM;

	to_addr = dma_map_page(dev, to, 0, PAGE_SIZE, DMA_FROM_DEVICE);
	if (dma_mapping_error(dev, to_addr))
		return -ENOMEM;
	if (from) {
		from_addr = dma_map_page(dev, from, 0, PAGE_SIZE, DMA_TO_DEVICE);
		if (dma_mapping_error(dev, from_addr))
			goto unmap_to;
	}
	ret = pce_run(pce, to_addr, from_addr);
	if (from)
		dma_unmap_page(dev, from_addr, PAGE_SIZE, DMA_TO_DEVICE);
unmap_to:
	dma_unmap_page(dev, to_addr, PAGE_SIZE, DMA_FROM_DEVICE);

	return ret;
}
