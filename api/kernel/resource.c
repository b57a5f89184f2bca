// SPDX-License-Identifier: GPL-2.0-only
/* resource.c - who uses which physical addresses */
#include <linux/device.h>
#include <linux/ioport.h>

#include "core/core.h"
#include "host/host.h"

static struct resource system_ram = {
	.start = FRAME_FIRST << PAGE_SHIFT,
	.end = (FRAME_END << PAGE_SHIFT) - 1,
	.name = "System RAM",
	.flags = IORESOURCE_MEM | IORESOURCE_BUSY,
	.parent = &iomem_resource,
};

struct resource iomem_resource = {
	.start = 0,
	.end = (FRAME_LIMIT << PAGE_SHIFT) - 1,
	.name = "PCI mem",
	.flags = IORESOURCE_MEM,
	.child = &system_ram,
};

static bool overlaps(const struct resource *a, resource_size_t start, resource_size_t end)
{
	return a->start <= end && start <= a->end;
}

static struct resource *first_overlap(resource_size_t start, resource_size_t end)
{
	struct resource *res = iomem_resource.child;

	while (res && !overlaps(res, start, end))
		res = res->sibling;
	return res;
}

static struct resource *claim(resource_size_t start, resource_size_t end, const char *name)
{
	struct resource *res = host_zalloc(sizeof(*res));

	if (!res)
		return NULL;
	*res = (struct resource){
		.start = start,
		.end = end,
		.name = name,
		.flags = IORESOURCE_MEM,
		.desc = IORES_DESC_DEVICE_PRIVATE_MEMORY,
		.parent = &iomem_resource,
		.sibling = iomem_resource.child,
	};
	iomem_resource.child = res;
	return res;
}

struct resource *request_free_mem_region(struct resource *base, unsigned long size,
					 const char *name)
{
	resource_size_t end = base->end;
	struct resource *res;

	might_sleep();
	if (!size || !PAGE_ALIGNED(size))
		return ERR_PTR(-EINVAL);
	while (end > base->start && end - base->start + 1 >= size) {
		struct resource *in_the_way = first_overlap(end - size + 1, end);

		if (!in_the_way) {
			res = claim(end - size + 1, end, name);
			return res ?: ERR_PTR(-ENOMEM);
		}
		end = in_the_way->start - 1;
	}
	return ERR_PTR(-ERANGE);
}

struct resource *request_mem_region(resource_size_t start, resource_size_t size, const char *name)
{
	if (!size || first_overlap(start, start + size - 1))
		return NULL;
	return claim(start, start + size - 1, name);
}

void release_mem_region(resource_size_t start, resource_size_t size)
{
	for (struct resource **link = &iomem_resource.child; *link; link = &(*link)->sibling) {
		struct resource *res = *link;

		if (res == &system_ram || res->start != start || resource_size(res) != size)
			continue;
		*link = res->sibling;
		host_free(res);
		return;
	}
	rule_broken(RULE_DEVICE_STATE, "release_mem_region(%#llx, %#llx): nobody claimed it", start,
		    size);
}

unsigned long resource_shutdown(void)
{
	unsigned long leaks = 0;

	while (iomem_resource.child != &system_ram) {
		struct resource *res = iomem_resource.child;

		rule_broken(RULE_LEAK, "physical addresses from %#llx are still claimed by %s",
			    res->start, res->name ?: "?");
		iomem_resource.child = res->sibling;
		host_free(res);
		leaks++;
	}
	return leaks;
}

static void release_action(void *res)
{
	release_mem_region(((struct resource *)res)->start, resource_size(res));
}

struct resource *devm_request_free_mem_region(struct device *dev, struct resource *base,
					      unsigned long size)
{
	struct resource *res = request_free_mem_region(base, size, dev_name(dev));
	int ret;

	if (IS_ERR(res))
		return res;
	ret = devm_add_action_or_reset(dev, release_action, res);
	return ret ? ERR_PTR(ret) : res;
}

void devm_release_mem_region(struct device *dev, resource_size_t start, resource_size_t size)
{
	struct resource *res = first_overlap(start, start + size - 1);

	if (res && res->start == start && resource_size(res) == size)
		devm_release_action(dev, release_action, res);
	else
		rule_broken(RULE_DEVICE_STATE, "devm_release_mem_region(%#llx): nobody claimed it",
			    start);
}
