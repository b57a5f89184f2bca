// SPDX-License-Identifier: GPL-2.0-only
#include "../snippet.h"

#include <linux/hmm.h>
#include <linux/mmu_notifier.h>
#include <linux/mutex.h>

#define MIRROR_PAGES	64

/* The lock that invalidate() of the notifier takes as well. */
static DEFINE_MUTEX(drv_page_tables);

/* Maps up to MIRROR_PAGES pages of a program on the device, wherever they are. */
int drv_mirror(struct drv *drv, struct mmu_interval_notifier *notifier, struct mm_struct *mm,
	       unsigned long start, unsigned long end)
{
	unsigned long words[MIRROR_PAGES], addr;
	struct hmm_range range = {
		.notifier		= notifier,
		.start			= start,
		.end			= end,
		.hmm_pfns		= words,
		.default_flags		= HMM_PFN_REQ_FAULT,
		.dev_private_owner	= drv->pagemap.owner,
	};
	int ret;

again:
	range.notifier_seq = mmu_interval_read_begin(notifier);
	mmap_read_lock(mm);
	ret = hmm_range_fault(&range);
	mmap_read_unlock(mm);
	if (ret == -EBUSY)
		goto again;
	if (ret)
		return ret;

	mutex_lock(&drv_page_tables);
	if (mmu_interval_read_retry(notifier, range.notifier_seq)) {
		mutex_unlock(&drv_page_tables);
		goto again;
	}
	for (addr = start; addr < end; addr += PAGE_SIZE)
		drv_map(drv, addr, hmm_pfn_to_page(words[(addr - start) >> PAGE_SHIFT]));
	mutex_unlock(&drv_page_tables);
	return 0;
}
