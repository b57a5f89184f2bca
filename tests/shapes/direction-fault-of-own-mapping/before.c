// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>

#include "civet.h"

static void civet_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				 unsigned long *dst, unsigned long start, unsigned long end,
				 void *private)
{
	struct civet *civet = private;
	struct page *dpage;

	dpage = civet_page(civet);
	if (!dpage)
		return;
	civet_copy(civet, dpage, migrate_pfn_to_page(*src));
	*dst = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
}

static void civet_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				   const unsigned long *dst, unsigned long start,
				   unsigned long end, void *private)
{
	/* Nothing to do. */
}

static const struct migrate_vma_ops civet_ops = {
	.alloc_and_copy		= civet_alloc_and_copy,
	.finalize_and_map	= civet_finalize_and_map,
};

/* The device asks for a page of a mapping of the driver's own: nothing comes back from it. */
static vm_fault_t civet_vm_fault(struct vm_fault *vmf)
{
	struct civet *civet = vmf->vma->vm_private_data;
	unsigned long src, dst;

	if (migrate_vma(&civet_ops, civet->vma, vmf->address, vmf->address + PAGE_SIZE, &src, &dst,
			civet))
		return VM_FAULT_SIGBUS;
	return VM_FAULT_NOPAGE;
}

const struct vm_operations_struct civet_vm_ops = {
	.fault	= civet_vm_fault,
};
