/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * scatterlist.h - a list of pieces of memory for a device
 *
 * Differs: a list is one array, never chained, and pieces that follow each other are not joined.
 */
#ifndef _LINUX_SCATTERLIST_H
#define _LINUX_SCATTERLIST_H

#include <linux/bug.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/string.h>

#define SG_MAX_SINGLE_ALLOC	(PAGE_SIZE / sizeof(struct scatterlist))

/**
 * struct scatterlist - one piece
 * @page: the page it begins in
 * @offset: first byte in that page
 * @length: bytes
 * @dma_address: where the device finds it, once dma_map_sg() has mapped it
 * @dma_length: the bytes that the device finds there
 * @last: nothing follows
 */
struct scatterlist {
	struct page *page;
	unsigned int offset;
	unsigned int length;
	dma_addr_t dma_address;
	unsigned int dma_length;
	bool last;
};

struct sg_table {
	struct scatterlist *sgl;
	unsigned int nents;
	unsigned int orig_nents;
};

#define sg_dma_address(sg)	((sg)->dma_address)
#define sg_dma_len(sg)		((sg)->dma_length)
#define for_each_sg(list, sg, count, i) \
	for (i = 0, sg = (list); i < (count); i++, sg = sg_next(sg))
#define for_each_sgtable_sg(table, sg, i)	for_each_sg((table)->sgl, sg, (table)->orig_nents, i)
#define for_each_sgtable_dma_sg(table, sg, i)	for_each_sg((table)->sgl, sg, (table)->nents, i)

static inline void sg_init_table(struct scatterlist *list, unsigned int count)
{
	memset(list, 0, count * sizeof(*list));
	list[count - 1].last = true;
}

static inline void sg_mark_end(struct scatterlist *sg)
{
	sg->last = true;
}

static inline bool sg_is_last(const struct scatterlist *sg)
{
	return sg->last;
}

static inline struct scatterlist *sg_next(struct scatterlist *sg)
{
	return sg->last ? NULL : sg + 1;
}

static inline struct page *sg_page(const struct scatterlist *sg)
{
	return sg->page;
}

static inline void sg_set_page(struct scatterlist *sg, struct page *page, unsigned int length,
			       unsigned int offset)
{
	sg->page = page;
	sg->length = length;
	sg->offset = offset;
}

static inline void sg_set_buf(struct scatterlist *sg, const void *memory, unsigned int length)
{
	sg_set_page(sg, virt_to_page((void *)memory), length, offset_in_page(memory));
}

static inline void *sg_virt(const struct scatterlist *sg)
{
	return (char *)page_address(sg->page) + sg->offset;
}

static inline int sg_alloc_table(struct sg_table *table, unsigned int count, gfp_t gfp)
{
	table->sgl = kcalloc(count, sizeof(*table->sgl), gfp);
	if (!table->sgl)
		return -ENOMEM;
	sg_init_table(table->sgl, count);
	table->nents = table->orig_nents = count;
	return 0;
}

static inline void sg_free_table(struct sg_table *table)
{
	kfree(table->sgl);
	table->sgl = NULL;
}

/* The pages of a buffer that begins @offset bytes into the first and has @size bytes. */
static inline int sg_alloc_table_from_pages(struct sg_table *table, struct page **pages,
					    unsigned int count, unsigned int offset,
					    unsigned long size, gfp_t gfp)
{
	int ret = sg_alloc_table(table, count, gfp);

	for (unsigned int i = 0; !ret && i < count; i++) {
		unsigned long length = min(size, PAGE_SIZE - offset);

		sg_set_page(&table->sgl[i], pages[i], length, offset);
		size -= length;
		offset = 0;
	}
	return ret;
}

#endif
