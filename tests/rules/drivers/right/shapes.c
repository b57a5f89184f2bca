// SPDX-License-Identifier: GPL-2.0-only
/* Code that is hard to read for a program. */
/* target: 7.2 */
/* compiled: no */
#include "../drv.h"

#define CHECK(x) do { if (!(x)) return -EINVAL; } while (0)

/* Names like those of the API. */
int migrate_vma_finalize_later(struct migrate_vma *args);
struct setup { int migrate_vma_setup; };

int unknown_macros(struct drv *drv, struct migrate_vma *args)
{
	int ret = 0;

	DRV_TRACE("enter")
	scoped_guard(mutex, &drv->lock) {
		ret = migrate_vma_setup(args);
		if (ret)
			return ret;
		drv_copy_in(drv, args);
		migrate_vma_pages(args);
		migrate_vma_finalize(args);
	}
	return ret;
}

int statement_expression(struct drv *drv, struct migrate_vma *args)
{
	int ret = ({ int r = migrate_vma_setup(args); r; });

	if (ret)
		return ret;
	drv_copy_in(drv, args);
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
	return 0;
}

int hidden_by_a_macro(struct drv *drv, struct migrate_vma *args)
{
	int ret;

	DRV_TRY(ret = migrate_vma_setup(args));
	drv_copy_in(drv, args);
	migrate_vma_pages(args);
	DRV_FINISH(args);
	return 0;
}

void old_style(drv, args)
	struct drv *drv;
	struct migrate_vma *args;
{
	if (migrate_vma_setup(args) == 0) {
		drv_copy_in(drv, args);
		migrate_vma_pages(args);
		migrate_vma_finalize(args);
	}
}

int computed_goto_and_asm(struct drv *drv, struct migrate_vma *args)
{
	asm volatile("" : : "r"(args) : "memory");
	if (migrate_vma_setup(args))
		return -EINVAL;
	drv_copy_in(drv, args), migrate_vma_pages(args), migrate_vma_finalize(args);
	return 0;
}
