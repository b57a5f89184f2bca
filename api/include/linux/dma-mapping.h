/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * dma-mapping.h - addresses that a device uses for system memory
 *
 * Every mapping is remembered with who made it. One that is unmapped twice, or in another way than it
 * was made, is reported at once, and one that is left when the machine shuts down is a leak.
 *
 * Differs: there is no IOMMU, so an address is the physical one, and phys_to_page() finds its page:
 * that is how an imagined device gets at the bytes. Memory is always coherent, so syncing does
 * nothing, and every device reaches all of it.
 */
#ifndef _LINUX_DMA_MAPPING_H
#define _LINUX_DMA_MAPPING_H

#include <linux/device.h>
#include <linux/dma-direction.h>
#include <linux/mm.h>
#include <linux/scatterlist.h>

#define DMA_MAPPING_ERROR	(~(dma_addr_t)0)
#define DMA_BIT_MASK(n)		((n) == 64 ? ~0ULL : (1ULL << (n)) - 1)

#define DMA_ATTR_WEAK_ORDERING		(1UL << 1)
#define DMA_ATTR_WRITE_COMBINE		(1UL << 2)
#define DMA_ATTR_SKIP_CPU_SYNC		(1UL << 5)
#define DMA_ATTR_NO_WARN		(1UL << 8)

/**
 * dma_map_page_attrs() - let a device use part of a page
 * @dev: the device
 * @page: system memory; the driver keeps a reference, or its lock, until it unmaps
 * @offset: first byte in the page
 * @size: bytes
 * @direction: what the device does with them
 * @attrs: DMA_ATTR_*, which change nothing here
 *
 * Return: the address for the device; one that dma_mapping_error() knows when there is none, as
 * there is for device private memory, which the driver maps in its own way.
 */
dma_addr_t dma_map_page_attrs(struct device *dev, struct page *page, size_t offset, size_t size,
			      enum dma_data_direction direction, unsigned long attrs);

/**
 * dma_unmap_page_attrs() - the device is done with a mapping
 * @dev: the device
 * @addr: what dma_map_page_attrs() returned
 * @size: as it was mapped
 * @direction: as it was mapped
 * @attrs: as it was mapped
 */
void dma_unmap_page_attrs(struct device *dev, dma_addr_t addr, size_t size,
			  enum dma_data_direction direction, unsigned long attrs);

dma_addr_t dma_map_single_attrs(struct device *dev, void *memory, size_t size,
				enum dma_data_direction direction, unsigned long attrs);

#define dma_map_page(dev, page, offset, size, direction) \
	dma_map_page_attrs(dev, page, offset, size, direction, 0)
#define dma_unmap_page(dev, addr, size, direction) \
	dma_unmap_page_attrs(dev, addr, size, direction, 0)
#define dma_map_single(dev, memory, size, direction) \
	dma_map_single_attrs(dev, memory, size, direction, 0)
#define dma_unmap_single_attrs		dma_unmap_page_attrs
#define dma_unmap_single		dma_unmap_page

static inline int dma_mapping_error(struct device *dev, dma_addr_t addr)
{
	(void)dev;
	return addr == DMA_MAPPING_ERROR ? -ENOMEM : 0;
}

/**
 * dma_alloc_coherent() - memory that the CPU and a device both use
 * @dev: the device
 * @size: bytes
 * @addr: for the address that the device uses
 * @gfp: as for alloc_pages()
 *
 * Return: the memory, zeroed, or NULL.
 */
void *dma_alloc_coherent(struct device *dev, size_t size, dma_addr_t *addr, gfp_t gfp);
void dma_free_coherent(struct device *dev, size_t size, void *memory, dma_addr_t addr);

/**
 * dma_map_sg_attrs() - let a device use the pieces of a list
 * @dev: the device
 * @list: the pieces, whose addresses for the device are filled in
 * @count: their number
 * @direction: what the device does with them
 * @attrs: DMA_ATTR_*, which change nothing here
 *
 * Return: how many pieces the device sees, or 0 when one of them cannot be mapped and none is.
 */
unsigned int dma_map_sg_attrs(struct device *dev, struct scatterlist *list, int count,
			      enum dma_data_direction direction, unsigned long attrs);
void dma_unmap_sg_attrs(struct device *dev, struct scatterlist *list, int count,
			enum dma_data_direction direction, unsigned long attrs);
int dma_map_sgtable(struct device *dev, struct sg_table *table, enum dma_data_direction direction,
		    unsigned long attrs);
void dma_unmap_sgtable(struct device *dev, struct sg_table *table,
		       enum dma_data_direction direction, unsigned long attrs);
#define dma_map_sg(dev, list, count, direction) \
	dma_map_sg_attrs(dev, list, count, direction, 0)
#define dma_unmap_sg(dev, list, count, direction) \
	dma_unmap_sg_attrs(dev, list, count, direction, 0)

static inline int dma_set_mask(struct device *dev, u64 mask)
{
	(void)mask;
	(void)dev;
	return 0;
}

static inline int dma_set_coherent_mask(struct device *dev, u64 mask)
{
	dev->coherent_dma_mask = mask;
	return 0;
}

static inline int dma_set_mask_and_coherent(struct device *dev, u64 mask)
{
	return dma_set_coherent_mask(dev, mask);
}

static inline int dma_coerce_mask_and_coherent(struct device *dev, u64 mask)
{
	return dma_set_mask_and_coherent(dev, mask);
}

/* Stub: memory is always coherent. */
static inline void dma_sync_single_for_cpu(struct device *dev, dma_addr_t addr, size_t size,
					   enum dma_data_direction direction)
{
	(void)dev;
	(void)addr;
	(void)size;
	(void)direction;
}
#define dma_sync_single_for_device	dma_sync_single_for_cpu
#define dma_sync_sg_for_cpu(dev, list, count, direction) \
	((void)(dev), (void)(list), (void)(count), (void)(direction))
#define dma_sync_sg_for_device		dma_sync_sg_for_cpu

#endif
