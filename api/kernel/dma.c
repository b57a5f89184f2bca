// SPDX-License-Identifier: GPL-2.0-only
/* dma.c - which memory is mapped for which device, and by whom */
#include <linux/dma-mapping.h>

#include "core/core.h"
#include "host/host.h"
#include "kernel/failure.h"
#include "kernel/kernel.h"

struct mapping {
	struct list_head link;
	struct device *dev;
	dma_addr_t addr;
	size_t size;
	enum dma_data_direction direction;
	const void *mapped_at;
};

static LIST_HEAD(mappings);

static dma_addr_t map(struct device *dev, struct page *page, size_t offset, size_t size,
		      enum dma_data_direction direction, const void *caller)
{
	struct mapping *mapping;

	if (!page_is_memory(page)) {
		rule_broken(RULE_DMA,
			    "page %#lx is device private memory, which has no address on the bus",
			    page_to_pfn(page));
		return DMA_MAPPING_ERROR;
	}
	if (!valid_dma_direction(direction)) {
		rule_broken(RULE_DMA, "direction %d is none for a mapping", direction);
		return DMA_MAPPING_ERROR;
	}
	if (failure_strikes_at(MACHINE_FAIL_DMA_MAP, caller))
		return DMA_MAPPING_ERROR;
	mapping = host_zalloc(sizeof(*mapping));
	if (!mapping)
		return DMA_MAPPING_ERROR;
	*mapping = (struct mapping){
		.dev = dev,
		.addr = page_to_phys(page) + offset,
		.size = size,
		.direction = direction,
		.mapped_at = caller,
	};
	list_add(&mapping->link, &mappings);
	return mapping->addr;
}

dma_addr_t dma_map_page_attrs(struct device *dev, struct page *page, size_t offset, size_t size,
			      enum dma_data_direction direction, unsigned long attrs)
{
	return map(dev, page, offset, size, direction, __builtin_return_address(0));
}

dma_addr_t dma_map_single_attrs(struct device *dev, void *memory, size_t size,
				enum dma_data_direction direction, unsigned long attrs)
{
	return map(dev, virt_to_page(memory), offset_in_page(memory), size, direction,
		   __builtin_return_address(0));
}

static struct mapping *find(const struct device *dev, dma_addr_t addr)
{
	struct mapping *mapping;

	list_for_each_entry(mapping, &mappings, link)
		if (mapping->dev == dev && mapping->addr == addr)
			return mapping;
	return NULL;
}

bool dma_is_mapped(struct device *dev, unsigned long long addr, size_t size)
{
	struct mapping *mapping;

	list_for_each_entry(mapping, &mappings, link)
		if (mapping->dev == dev && mapping->addr <= addr &&
		    addr + size <= mapping->addr + mapping->size)
			return true;
	return false;
}

void dma_unmap_page_attrs(struct device *dev, dma_addr_t addr, size_t size,
			  enum dma_data_direction direction, unsigned long attrs)
{
	struct mapping *mapping = find(dev, addr);

	if (!mapping) {
		rule_broken(RULE_DMA, "%#llx is not mapped for device %s", addr, dev_name(dev));
		return;
	}
	if (mapping->size != size || mapping->direction != direction)
		rule_broken(RULE_DMA,
			    "%zu bytes at %#llx are unmapped in direction %d, and were mapped as %zu in direction %d by %pS",
			    size, addr, direction, mapping->size, mapping->direction,
			    mapping->mapped_at);
	list_del(&mapping->link);
	host_free(mapping);
}

/* --- Scatter lists ----------------------------------------------------------------------------- */

static void unmap_first(struct device *dev, struct scatterlist *list, int count,
			enum dma_data_direction direction)
{
	for (; count-- > 0; list++)
		dma_unmap_page_attrs(dev, list->dma_address, list->length, direction, 0);
}

unsigned int dma_map_sg_attrs(struct device *dev, struct scatterlist *list, int count,
			      enum dma_data_direction direction, unsigned long attrs)
{
	for (int i = 0; i < count; i++) {
		struct scatterlist *sg = &list[i];

		sg->dma_address = map(dev, sg->page, sg->offset, sg->length, direction,
				      __builtin_return_address(0));
		if (sg->dma_address == DMA_MAPPING_ERROR) {
			unmap_first(dev, list, i, direction);
			return 0;
		}
		sg->dma_length = sg->length;
	}
	return count;
}

void dma_unmap_sg_attrs(struct device *dev, struct scatterlist *list, int count,
			enum dma_data_direction direction, unsigned long attrs)
{
	unmap_first(dev, list, count, direction);
}

int dma_map_sgtable(struct device *dev, struct sg_table *table, enum dma_data_direction direction,
		    unsigned long attrs)
{
	unsigned int count = dma_map_sg_attrs(dev, table->sgl, table->orig_nents, direction, attrs);

	if (!count)
		return -EIO;
	table->nents = count;
	return 0;
}

void dma_unmap_sgtable(struct device *dev, struct sg_table *table,
		       enum dma_data_direction direction, unsigned long attrs)
{
	dma_unmap_sg_attrs(dev, table->sgl, table->orig_nents, direction, attrs);
}

void *dma_alloc_coherent(struct device *dev, size_t size, dma_addr_t *addr, gfp_t gfp)
{
	unsigned int order = size > PAGE_SIZE ? ilog2(PHYS_PFN(PAGE_ALIGN(size)) - 1) + 1 : 0;
	struct page *page = alloc_pages(gfp | __GFP_ZERO, order);

	if (!page)
		return NULL;
	page_history(page)->allocated_at = __builtin_return_address(0);
	*addr = page_to_phys(page);
	return page_address(page);
}

void dma_free_coherent(struct device *dev, size_t size, void *memory, dma_addr_t addr)
{
	unsigned int order = size > PAGE_SIZE ? ilog2(PHYS_PFN(PAGE_ALIGN(size)) - 1) + 1 : 0;

	if (!memory)
		return;
	if (page_to_phys(virt_to_page(memory)) != addr)
		rule_broken(RULE_DMA, "%#llx is not the address of the memory that is freed", addr);
	__free_pages(virt_to_page(memory), order);
}

unsigned long dma_shutdown(void)
{
	struct mapping *mapping, *next;
	unsigned long leaks = 0;

	list_for_each_entry_safe(mapping, next, &mappings, link) {
		rule_broken(RULE_LEAK, "%zu bytes at %#llx are still mapped for a device, by %pS",
			    mapping->size, mapping->addr, mapping->mapped_at);
		list_del(&mapping->link);
		host_free(mapping);
		leaks++;
	}
	return leaks;
}
