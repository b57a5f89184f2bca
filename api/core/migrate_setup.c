// SPDX-License-Identifier: GPL-2.0-only
/* migrate_setup.c - the first step: check what was asked for, then collect and unmap */
#include "core/verify.h"
#include "kernel/failure.h"

static bool vma_can_migrate(const struct vm_area_struct *vma)
{
	return vma && !is_vm_hugetlb_page(vma) && !(vma->vm_flags & VM_SPECIAL) && !vma_is_dax(vma);
}

static bool fault_page_is_valid(const struct page *fault_page)
{
	if (!fault_page)
		return true;
	if (!is_device_private_page(fault_page))
		return false;
	return !RELEASE_FAULT_PAGE_LOCKED || PageLocked(fault_page);
}

static int set_up(struct migrate_vma *args)
{
	struct vm_area_struct *vma = args->vma;
	unsigned long npages;

	if (RELEASE_ALIGNS_FIRST) {
		args->start &= PAGE_MASK;
		args->end &= PAGE_MASK;
	}
	npages = (args->end - args->start) >> PAGE_SHIFT;
	args->start &= PAGE_MASK;
	args->end &= PAGE_MASK;

	if (!vma_can_migrate(vma))
		return -EINVAL;
	if (!npages || (RELEASE_ALIGNS_FIRST && args->start > args->end))
		return -EINVAL;
	if (args->start < vma->vm_start || args->start >= vma->vm_end)
		return -EINVAL;
	if (args->end <= vma->vm_start || args->end > vma->vm_end)
		return -EINVAL;
	if (!args->src || !args->dst)
		return -EINVAL;
	if (!fault_page_is_valid(migration_fault_page(args)))
		return -EINVAL;

	if (args->start > args->end)
		rule_broken_fatal(RULE_RANGE_REVERSED,
				  "migrate_vma_setup() from %#lx to %#lx: Linux does not refuse this, it clears %#lx words from src on",
				  args->start, args->end, npages);
	if (!lock_state_is_held(&mm_lock(vma->vm_mm)->state))
		rule_broken(RULE_MMAP_LOCK_NOT_HELD, "migrate_vma_setup() without the mmap lock");

	for (unsigned long i = 0; i < npages; i++)
		args->src[i] = 0;
	args->cpages = 0;
	args->npages = 0;

	failures_migration_begins();
	migrate_collect(args);
	if (args->cpages)
		args->cpages = migrate_unmap(args->src, args->npages, migration_fault_page(args));
	return 0;
}

int migrate_vma_setup(struct migrate_vma *args)
{
	const void *caller = __builtin_return_address(0);
	int ret = -EINVAL;

	if (verify_setup(args, caller))
		ret = set_up(args);
	verify_setup_done(args, ret, caller);
	return ret;
}
EXPORT_SYMBOL(migrate_vma_setup);
