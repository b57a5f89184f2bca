// SPDX-License-Identifier: GPL-2.0-only
/* slab.c - kmalloc(), kvmalloc(), vmalloc() and their relatives, on the memory of the host */
#include <linux/slab.h>
#include <linux/vmalloc.h>

#include "core/verify.h"
#include "host/host.h"
#include "kernel/schedule.h"
#include "kernel/wait.h"
#include "kernel/failure.h"

#define SLAB_LIVE	0x51ab11fe51ab11feUL

/* What stands before every object. Padded so that the object is aligned for anything. */
struct slab_header {
	struct list_head link;
	size_t size;
	const void *allocated_at;
	unsigned long live;
	const char *family;
	unsigned long padding[2];
};

struct kmem_cache {
	const char *name;
	unsigned int size;
	unsigned long objects;
	void (*constructor)(void *object);
};

static LIST_HEAD(objects);

static const char kmalloc_family[] = "kmalloc";
static const char vmalloc_family[] = "vmalloc";

static struct slab_header *header_of(const void *object)
{
	return (struct slab_header *)object - 1;
}

static void *slab_alloc(size_t size, gfp_t gfp, const char *family, const void *caller)
{
	struct slab_header *header;

	if (gfpflags_allow_blocking(gfp))
		might_sleep();
	if (!size && family == kmalloc_family)
		return ZERO_SIZE_PTR;
	if (size > SIZE_MAX - sizeof(*header))
		return NULL;
	if (!(gfp & __GFP_NOFAIL) && failure_strikes_at(MACHINE_FAIL_SLAB_ALLOC, caller))
		return NULL;
	header = gfp & __GFP_ZERO ? host_zalloc(sizeof(*header) + size) :
				    host_alloc(sizeof(*header) + size);
	if (!header)
		return NULL;
	header->size = size;
	header->allocated_at = caller;
	header->live = SLAB_LIVE;
	header->family = family;
	list_add(&header->link, &objects);
	in_use.slab_objects++;
	return header + 1;
}

static void slab_free(const void *object, const char *function, const void *caller)
{
	struct slab_header *header;

	if (ZERO_OR_NULL_PTR(object))
		return;
	header = header_of(object);
	if (header->live != SLAB_LIVE) {
		rule_broken(RULE_SLAB_FREE, "%s(%px): no such object, or freed before", function,
			    object);
		return;
	}
	mmu_notifiers_object_gone(object, header->size);
	if (unlikely(!list_empty(&open_migrations)))
		verify_object_gone(object, header->size, caller);
	if (unlikely(others_exist))
		deferred_object_gone(object, header->size, function);
	header->live = 0;
	list_del(&header->link);
	in_use.slab_objects--;
	host_free(header);
}

unsigned long slab_shutdown(void)
{
	struct slab_header *header, *next;
	unsigned long leaks = 0;

	list_for_each_entry_safe(header, next, &objects, link) {
		if (leaks++ < 10)
			rule_broken(RULE_LEAK,
				    "%s object of %zu bytes is still in use, allocated by %pS",
				    header->family, header->size, header->allocated_at);
		list_del(&header->link);
		in_use.slab_objects--;
		host_free(header);
	}
	if (leaks > 10)
		printk("(and %lu objects more)\n", leaks - 10);
	return leaks;
}

#define CALLER	__builtin_return_address(0)

void *kmalloc(size_t size, gfp_t gfp)
{
	return size > KMALLOC_MAX_SIZE ? NULL : slab_alloc(size, gfp, kmalloc_family, CALLER);
}

void *kzalloc(size_t size, gfp_t gfp)
{
	return size > KMALLOC_MAX_SIZE ? NULL :
		slab_alloc(size, gfp | __GFP_ZERO, kmalloc_family, CALLER);
}

void *kmalloc_array(size_t n, size_t size, gfp_t gfp)
{
	size = array_size(n, size);
	return size > KMALLOC_MAX_SIZE ? NULL : slab_alloc(size, gfp, kmalloc_family, CALLER);
}

void *kcalloc(size_t n, size_t size, gfp_t gfp)
{
	size = array_size(n, size);
	return size > KMALLOC_MAX_SIZE ? NULL :
		slab_alloc(size, gfp | __GFP_ZERO, kmalloc_family, CALLER);
}

void *krealloc(const void *object, size_t size, gfp_t gfp)
{
	void *larger;

	if (!size) {
		slab_free(object, __func__, CALLER);
		return ZERO_SIZE_PTR;
	}
	larger = slab_alloc(size, gfp, kmalloc_family, CALLER);
	if (!larger || ZERO_OR_NULL_PTR(object))
		return larger;
	memcpy(larger, object, min(size, header_of(object)->size));
	slab_free(object, __func__, CALLER);
	return larger;
}

size_t ksize(const void *object)
{
	return ZERO_OR_NULL_PTR(object) ? 0 : header_of(object)->size;
}

void kfree(const void *object)
{
	slab_free(object, __func__, CALLER);
}

void kfree_sensitive(const void *object)
{
	memzero_explicit((void *)object, ksize(object));
	slab_free(object, __func__, CALLER);
}

void *kvmalloc(size_t size, gfp_t gfp)
{
	return slab_alloc(size, gfp, kmalloc_family, CALLER);
}

void *kvzalloc(size_t size, gfp_t gfp)
{
	return slab_alloc(size, gfp | __GFP_ZERO, kmalloc_family, CALLER);
}

void *kvmalloc_array(size_t n, size_t size, gfp_t gfp)
{
	return slab_alloc(array_size(n, size), gfp, kmalloc_family, CALLER);
}

void *kvcalloc(size_t n, size_t size, gfp_t gfp)
{
	return slab_alloc(array_size(n, size), gfp | __GFP_ZERO, kmalloc_family, CALLER);
}

void kvfree(const void *object)
{
	slab_free(object, __func__, CALLER);
}

void *vmalloc(unsigned long size)
{
	return slab_alloc(size, GFP_KERNEL, vmalloc_family, CALLER);
}

void *vzalloc(unsigned long size)
{
	return slab_alloc(size, GFP_KERNEL | __GFP_ZERO, vmalloc_family, CALLER);
}

void vfree(const void *object)
{
	slab_free(object, __func__, CALLER);
}

bool is_vmalloc_addr(const void *object)
{
	return !ZERO_OR_NULL_PTR(object) && header_of(object)->family == vmalloc_family;
}

struct kmem_cache *kmem_cache_create(const char *name, unsigned int size, unsigned int align,
				     unsigned int flags, void (*constructor)(void *object))
{
	struct kmem_cache *cache;

	cache = slab_alloc(sizeof(*cache), GFP_KERNEL, "kmem_cache_create", CALLER);
	if (cache)
		*cache = (struct kmem_cache){
			.name = name,
			.size = size,
			.constructor = constructor,
		};
	return cache;
}

void kmem_cache_destroy(struct kmem_cache *cache)
{
	if (!cache)
		return;
	if (cache->objects)
		rule_broken(RULE_LEAK, "kmem_cache_destroy(%s) with %lu objects in use",
			    cache->name, cache->objects);
	slab_free(cache, __func__, CALLER);
}

void *kmem_cache_alloc(struct kmem_cache *cache, gfp_t gfp)
{
	void *object = slab_alloc(cache->size, gfp, cache->name, CALLER);

	if (!object)
		return NULL;
	cache->objects++;
	if (cache->constructor)
		cache->constructor(object);
	return object;
}

void *kmem_cache_zalloc(struct kmem_cache *cache, gfp_t gfp)
{
	void *object = slab_alloc(cache->size, gfp | __GFP_ZERO, cache->name, CALLER);

	if (object)
		cache->objects++;
	return object;
}

void kmem_cache_free(struct kmem_cache *cache, void *object)
{
	if (!object)
		return;
	cache->objects--;
	slab_free(object, __func__, CALLER);
}
