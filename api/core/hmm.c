// SPDX-License-Identifier: GPL-2.0-only
/* hmm.c - hmm_range_fault(): looking at page tables, and faulting until they say what is wanted */
#include <linux/hmm.h>

#include "core/core.h"

#if RELEASE_HMM_PFNS
/* A page that faulted this often and is still not there never will be. */
#define MOST_FAULTS	64

static bool can_be_mirrored(const struct vm_area_struct *vma)
{
	return vma && (vma->vm_flags & VM_READ) && !(vma->vm_flags & (VM_IO | VM_PFNMAP));
}

/* A huge page that one entry maps is found by each word that says something of a part of it. */
static unsigned long order_of(struct mm_struct *mm, unsigned long addr)
{
	const pmd_t *pmd = page_table_pmd(mm, addr);

	if (!RELEASE_HMM_MAP_ORDER || !(pmd->pmd & (PMD_HUGE | PMD_HUGE_ZEROES)))
		return 0;
	return (unsigned long)HPAGE_PMD_ORDER << HMM_PFN_ORDER_SHIFT;
}

/* The answer for an entry as it is now; 0 when nothing is there that could be used. */
static unsigned long answer_for(const struct hmm_range *range, pte_t pte)
{
	unsigned long word = HMM_PFN_VALID;

	if (pte_present(pte)) {
		if (pte_write(pte))
			word |= HMM_PFN_WRITE;
		return word | pte_pfn(pte);
	}
	if (!leaf_is_device_private(pte) ||
	    device_page_region(compound_head(leaf_page(pte)))->owner != range->dev_private_owner)
		return 0;
	if (leaf_is_writable(pte))
		word |= HMM_PFN_WRITE;
	return word | leaf_pfn(pte);
}

/* A page of the driver's own device is given as it is, even if it is wanted for writing. */
static bool must_fault(pte_t pte, unsigned long wanted, unsigned long answer)
{
	if (!(wanted & HMM_PFN_REQ_FAULT))
		return false;
	if (!(answer & HMM_PFN_VALID))
		return true;
	return pte_present(pte) && (wanted & HMM_PFN_REQ_WRITE) && !(answer & HMM_PFN_WRITE);
}

static int fault_page_in(struct vm_area_struct *vma, unsigned long addr, unsigned long wanted)
{
	unsigned int flags = FAULT_FLAG_REMOTE;
	vm_fault_t fault;

	if (wanted & HMM_PFN_REQ_WRITE) {
		if (!(vma->vm_flags & VM_WRITE))
			return -EPERM;
		flags |= FAULT_FLAG_WRITE;
	}
	fault = handle_mm_fault(vma, addr, flags);
	if (fault & VM_FAULT_NEVER_ENDS)
		rule_broken(RULE_FAULT_NEVER_ENDS,
			    "hmm_range_fault() waits at %#lx for a migration, or for a page lock, that only the same task can end",
			    addr);
	return fault & (VM_FAULT_ERROR | VM_FAULT_NEVER_ENDS) ? -EFAULT : 0;
}

/* Fills one word. */
static int look_at(struct hmm_range *range, unsigned long addr)
{
	unsigned long *word = &range->hmm_pfns[(addr - range->start) >> PAGE_SHIFT];
	unsigned long wanted = (*word & range->pfn_flags_mask) | range->default_flags;
	struct mm_struct *mm = range->notifier->mm;
	struct vm_area_struct *vma = find_vma_intersection(mm, addr, addr + 1);

	if (!can_be_mirrored(vma)) {
		*word = HMM_PFN_ERROR;
		return wanted & HMM_PFN_REQ_FAULT ? -EFAULT : 0;
	}
	for (int faults = 0; faults < MOST_FAULTS; faults++) {
		pte_t *ptep = page_table_find(mm, addr), pte = ptep ? *ptep : __pte(0);
		unsigned long answer = answer_for(range, pte);
		int ret;

		if (mmu_interval_check_retry(range->notifier, range->notifier_seq))
			return -EBUSY;
		if (!must_fault(pte, wanted, answer)) {
			*word = answer ? answer | order_of(mm, addr) : 0;
			return 0;
		}
		ret = fault_page_in(vma, addr, wanted);
		if (ret)
			return ret;
	}
	rule_broken(RULE_FAULT_LOOP,
		    "hmm_range_fault() faulted %d times at %#lx and the page is still not there",
		    MOST_FAULTS, addr);
	return -EFAULT;
}

int hmm_range_fault(struct hmm_range *range)
{
	lockdep_assert_held(mm_lock(range->notifier->mm));
	for (unsigned long addr = range->start; addr < range->end; addr += PAGE_SIZE) {
		int ret = look_at(range, addr);

		if (ret)
			return ret;
	}
	return 0;
}
EXPORT_SYMBOL(hmm_range_fault);
#endif
