/* SPDX-License-Identifier: GPL-2.0-only */
/* ioport.h - ranges of physical addresses */
#ifndef _LINUX_IOPORT_H
#define _LINUX_IOPORT_H

#include <linux/types.h>

/**
 * struct resource - a range of physical addresses that somebody has claimed
 * @start: first address
 * @end: last address, which belongs to it
 * @name: who claimed it
 * @flags: IORESOURCE_MEM and the rest
 * @desc: what kind of memory
 * @parent: the range that contains it
 * @sibling: the next range inside the same parent
 * @child: the first range inside this one
 */
struct resource {
	resource_size_t start;
	resource_size_t end;
	const char *name;
	unsigned long flags;
	unsigned long desc;
	struct resource *parent;
	struct resource *sibling;
	struct resource *child;
};

#define IORESOURCE_MEM				0x00000200
#define IORESOURCE_BUSY				0x80000000UL
#define IORES_DESC_DEVICE_PRIVATE_MEMORY	6

struct device;

extern struct resource iomem_resource;

static inline resource_size_t resource_size(const struct resource *res)
{
	return res->end - res->start + 1;
}

/**
 * request_free_mem_region() - claim physical addresses that nothing uses
 * @base: &iomem_resource
 * @size: bytes, a multiple of the page size
 * @name: who claims them
 *
 * The range lies above system memory, as high as there is room.
 *
 * Return: the range, to be released with release_mem_region(); ERR_PTR(-EINVAL) for a size that
 * is not a multiple of the page size, ERR_PTR(-ERANGE) when there is no room, ERR_PTR(-ENOMEM).
 */
struct resource *request_free_mem_region(struct resource *base, unsigned long size,
					 const char *name);

/**
 * devm_request_free_mem_region() - claim physical addresses until a device goes
 * @dev: the device
 * @base: &iomem_resource
 * @size: bytes, a multiple of the page size
 *
 * As request_free_mem_region(); they are released when the driver is unbound or the device goes.
 *
 * Return: as request_free_mem_region().
 */
struct resource *devm_request_free_mem_region(struct device *dev, struct resource *base,
					      unsigned long size);
struct resource *request_mem_region(resource_size_t start, resource_size_t size, const char *name);
void release_mem_region(resource_size_t start, resource_size_t size);
void devm_release_mem_region(struct device *dev, resource_size_t start, resource_size_t size);

#endif
