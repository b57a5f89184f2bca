/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * slab.h - memory for the driver's own objects
 *
 * Every object remembers who asked for it. What is left when the machine shuts down is reported
 * with that place; freeing twice, or freeing what was never allocated, is reported at once. The
 * bytes come from the host, so a sanitizer sees each object by itself.
 *
 * Differs: kfree_rcu() frees at once; kmalloc() memory is filled with 0xa5 so that nobody relies on
 * zeroes.
 */
#ifndef _LINUX_SLAB_H
#define _LINUX_SLAB_H

#include <linux/gfp.h>
#include <linux/overflow.h>
#include <linux/types.h>

#define ARCH_KMALLOC_MINALIGN	8
#define ZERO_SIZE_PTR		((void *)16)
#define ZERO_OR_NULL_PTR(p)	((unsigned long)(p) <= (unsigned long)ZERO_SIZE_PTR)
#define KMALLOC_MAX_SIZE	(4UL << 20)

void *kmalloc(size_t size, gfp_t gfp) __attribute__((__malloc__));
void *kzalloc(size_t size, gfp_t gfp) __attribute__((__malloc__));
void *kmalloc_array(size_t n, size_t size, gfp_t gfp) __attribute__((__malloc__));
void *kcalloc(size_t n, size_t size, gfp_t gfp) __attribute__((__malloc__));
void *krealloc(const void *object, size_t size, gfp_t gfp);
void kfree(const void *object);
void kfree_sensitive(const void *object);
#define kzfree kfree_sensitive
size_t ksize(const void *object);

#define kmalloc_node(size, gfp, node)		((void)(node), kmalloc(size, gfp))
#define kzalloc_node(size, gfp, node)		((void)(node), kzalloc(size, gfp))
#define kcalloc_node(n, size, gfp, node)	((void)(node), kcalloc(n, size, gfp))

void *kvmalloc(size_t size, gfp_t gfp) __attribute__((__malloc__));
void *kvzalloc(size_t size, gfp_t gfp) __attribute__((__malloc__));
void *kvmalloc_array(size_t n, size_t size, gfp_t gfp) __attribute__((__malloc__));
void *kvcalloc(size_t n, size_t size, gfp_t gfp) __attribute__((__malloc__));
void kvfree(const void *object);

#if RELEASE_KMALLOC_OBJ
/*
 * One object, or several, of the type of a variable or of a type; the flags may be left out (7.0).
 */
#define __gfp_or_kernel(...)	__gfp_first(__VA_ARGS__ __VA_OPT__(,) GFP_KERNEL)
#define __gfp_first(gfp, ...)	(gfp)
#define __alloc_objects(function, object, count, ...) \
	((__typeof__(object) *)function(array_size(sizeof(object), count), \
					__gfp_or_kernel(__VA_ARGS__)))
#define kmalloc_obj(object, ...)	__alloc_objects(kmalloc, object, 1, __VA_ARGS__)
#define kzalloc_obj(object, ...)	__alloc_objects(kzalloc, object, 1, __VA_ARGS__)
#define kvmalloc_obj(object, ...)	__alloc_objects(kvmalloc, object, 1, __VA_ARGS__)
#define kvzalloc_obj(object, ...)	__alloc_objects(kvzalloc, object, 1, __VA_ARGS__)
#define kmalloc_objs(object, n, ...)	__alloc_objects(kmalloc, object, n, __VA_ARGS__)
#define kzalloc_objs(object, n, ...)	__alloc_objects(kzalloc, object, n, __VA_ARGS__)
#define kvmalloc_objs(object, n, ...)	__alloc_objects(kvmalloc, object, n, __VA_ARGS__)
#define kvzalloc_objs(object, n, ...)	__alloc_objects(kvzalloc, object, n, __VA_ARGS__)
#endif

struct kmem_cache;
#define SLAB_HWCACHE_ALIGN	0x2000u
#define SLAB_PANIC		0x40000u
#define SLAB_ACCOUNT		0x4000000u

struct kmem_cache *kmem_cache_create(const char *name, unsigned int size, unsigned int align,
				     unsigned int flags, void (*constructor)(void *object));
void kmem_cache_destroy(struct kmem_cache *cache);
void *kmem_cache_alloc(struct kmem_cache *cache, gfp_t gfp);
void *kmem_cache_zalloc(struct kmem_cache *cache, gfp_t gfp);
void kmem_cache_free(struct kmem_cache *cache, void *object);
#define KMEM_CACHE(type, flags) \
	kmem_cache_create(#type, sizeof(struct type), __alignof__(struct type), flags, NULL)

#define kfree_rcu(object, member)	kfree(object)

#endif
