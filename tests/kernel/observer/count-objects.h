/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * count-objects.h - included before a driver, counts the objects it allocates and frees, so that
 * a leak is seen at once and what is in use can be compared with the reference implementation.
 */
#ifndef OBSERVER_COUNT_OBJECTS_H
#define OBSERVER_COUNT_OBJECTS_H

#include <linux/slab.h>

/**
 * observer_count_objects() - objects were allocated or freed
 * @change: how many more there are
 */
void observer_count_objects(long change);

/* Those of the observer itself are not counted. */
#ifndef OBSERVER_ITSELF
static inline void *observer_counted(void *object)
{
	if (!ZERO_OR_NULL_PTR(object))
		observer_count_objects(1);
	return object;
}

static inline void *observer_kmalloc(size_t size, gfp_t gfp)
{
	return observer_counted(kmalloc(size, gfp));
}

static inline void *observer_kzalloc(size_t size, gfp_t gfp)
{
	return observer_counted(kzalloc(size, gfp));
}

static inline void *observer_kcalloc(size_t n, size_t size, gfp_t gfp)
{
	return observer_counted(kcalloc(n, size, gfp));
}

static inline void observer_kfree(const void *object)
{
	if (!ZERO_OR_NULL_PTR(object))
		observer_count_objects(-1);
	kfree(object);
}

/* They are macros in some releases and functions in others. */
#undef kmalloc
#undef kzalloc
#undef kcalloc
#undef kfree
#define kmalloc(size, gfp)	observer_kmalloc(size, gfp)
#define kzalloc(size, gfp)	observer_kzalloc(size, gfp)
#define kcalloc(n, size, gfp)	observer_kcalloc(n, size, gfp)
#define kfree(object)		observer_kfree(object)
#endif

#endif /* OBSERVER_COUNT_OBJECTS_H */
