// SPDX-License-Identifier: GPL-2.0-only
/* Code that may be for other kernels is not judged, and that is said once for a condition. */
/* target: 7.2 */
#include "../drv.h"

#ifdef DRV_OLD_WORDS /* wrong: hidden-place */
unsigned long old_word(struct page *page)
{
	return migrate_pfn(page_to_pfn(page)) | MIGRATE_PFN_LOCKED;
}
#endif

#if defined(DRV_OLD_WORDS)
unsigned long same_condition(struct page *page)
{
	return migrate_pfn(page_to_pfn(page)) | MIGRATE_PFN_LOCKED;
}
#endif

unsigned long one_arm_for_each(struct page *page)
{
#ifdef DRV_OTHER_WORDS
	return migrate_pfn(page_to_pfn(page)) | MIGRATE_PFN_LOCKED;
#else
	return migrate_pfn(page_to_pfn(page));
#endif
}
