// SPDX-License-Identifier: GPL-2.0-only
/*
 * migrate_device.c - emptying a device: pages are found by number instead of by address
 */
#include "core/verify.h"
#include "kernel/failure.h"

#if RELEASE_DEVICE_RANGE
/* A page that is in use and not locked is ours until finalize; any other is left alone. */
static unsigned long collect_device_page(unsigned long pfn)
{
	struct page *page = pfn_to_page(pfn);

	if (!get_page_unless_zero(page))
		return 0;
	if (failure_strikes(MACHINE_FAIL_TRYLOCK_PAGE) || !trylock_page(page)) {
		put_page(page);
		return 0;
	}
	return migrate_pfn(pfn) | MIGRATE_PFN_MIGRATE | (PageCompound(page) ? DST_COMPOUND : 0);
}

int migrate_device_range(unsigned long *src_pfns, unsigned long start, unsigned long npages)
{
	for (unsigned long i = 0; i < npages; i++)
		src_pfns[i] = collect_device_page(start + i);
	migrate_unmap(src_pfns, npages, NULL);
	verify_device_setup_done(src_pfns, npages, __builtin_return_address(0));
	return 0;
}
EXPORT_SYMBOL(migrate_device_range);

#if RELEASE_DEVICE_PFNS
int migrate_device_pfns(unsigned long *src_pfns, unsigned long npages)
{
	for (unsigned long i = 0; i < npages; i++)
		src_pfns[i] = collect_device_page(src_pfns[i]);
	migrate_unmap(src_pfns, npages, NULL);
	verify_device_setup_done(src_pfns, npages, __builtin_return_address(0));
	return 0;
}
EXPORT_SYMBOL(migrate_device_pfns);
#endif

void migrate_device_pages(unsigned long *src_pfns, unsigned long *dst_pfns, unsigned long npages)
{
	if (!verify_pages(src_pfns, dst_pfns, __builtin_return_address(0)))
		return;
	migrate_entries(src_pfns, dst_pfns, npages, NULL);
	verify_pages_done(src_pfns);
}
EXPORT_SYMBOL(migrate_device_pages);

void migrate_device_finalize(unsigned long *src_pfns, unsigned long *dst_pfns, unsigned long npages)
{
	if (!verify_finalize(src_pfns, dst_pfns, __builtin_return_address(0)))
		return;
	finalize_entries(src_pfns, dst_pfns, npages, NULL, NULL);
}
EXPORT_SYMBOL(migrate_device_finalize);
#endif
