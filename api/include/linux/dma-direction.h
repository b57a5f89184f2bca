/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_DMA_DIRECTION_H
#define _LINUX_DMA_DIRECTION_H

/**
 * enum dma_data_direction - what a device does with memory that is mapped for it
 * @DMA_BIDIRECTIONAL: reads and writes it
 * @DMA_TO_DEVICE: reads it
 * @DMA_FROM_DEVICE: writes it
 * @DMA_NONE: neither, which no mapping may have
 */
enum dma_data_direction {
	DMA_BIDIRECTIONAL,
	DMA_TO_DEVICE,
	DMA_FROM_DEVICE,
	DMA_NONE,
};

static inline int valid_dma_direction(enum dma_data_direction direction)
{
	return direction >= DMA_BIDIRECTIONAL && direction <= DMA_FROM_DEVICE;
}

#endif
