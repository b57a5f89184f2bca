// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>

#include "civet.h"

static void civet_alloc_and_copy(const unsigned long *src, unsigned long *dst, struct civet *civet)
{
	struct page *dpage;

	dpage = civet_page(civet);
	if (!dpage)
		return;
	civet_copy(civet, dpage, migrate_pfn_to_page(*src));
	*dst = migrate_pfn(page_to_pfn(dpage));
}

/* The device asks for a page of a mapping of the driver's own: nothing comes back from it. */
static vm_fault_t civet_vm_fault(struct vm_fault *vmf)
{
	struct civet *civet = vmf->vma->vm_private_data;
	unsigned long src, dst;
	struct migrate_vma args = {
		.vma	= civet->vma,
		.start	= vmf->address,
		.end	= vmf->address + PAGE_SIZE,
		.src	= &src,
		.dst	= &dst,
		.flags	= MIGRATE_VMA_SELECT_SYSTEM,
	};

	if (migrate_vma_setup(&args))
		return VM_FAULT_SIGBUS;
	if (args.cpages) {
		civet_alloc_and_copy(args.src, args.dst, civet);
		migrate_vma_pages(&args);
		migrate_vma_finalize(&args);
	}
	return VM_FAULT_NOPAGE;
}

const struct vm_operations_struct civet_vm_ops = {
	.fault	= civet_vm_fault,
};
