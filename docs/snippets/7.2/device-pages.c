// SPDX-License-Identifier: GPL-2.0-only
#include "../snippet.h"

#include <linux/device.h>
#include <linux/err.h>
#include <linux/hmm.h>

/* As drv_create_memory(), for memory that goes with its device. */
int drv_probe_memory(struct drv *drv, struct device *dev)
{
	void *address = devm_memremap_pages(dev, &drv->pagemap);

	if (IS_ERR(address))
		return PTR_ERR(address);
	drv->first_pfn = drv->pagemap.range.start >> PAGE_SHIFT;
	return 0;
}

/* The memory is to go, and the device is to stay. */
void drv_remove_memory(struct drv *drv, struct device *dev)
{
	devm_memunmap_pages(dev, &drv->pagemap);
}

/* Gives out the folio of a free page, for @user. */
struct folio *drv_alloc_folio(struct drv *drv, unsigned long pfn, void *user)
{
	struct folio *folio = page_folio(pfn_to_page(pfn));

	zone_device_folio_init(folio, &drv->pagemap, 0);
	folio_set_zone_device_data(folio, user);
	return folio;
}

/* How the CPU gets at a page, if at all. */
const char *drv_who_reaches(const struct page *page)
{
	if (is_device_private_page(page))
		return "only the device";
	if (is_device_coherent_page(page))
		return "the device and, from afar, the CPU";
	return "everybody";
}

/* Maps the page of a word of struct hmm_range::hmm_pfns: how many pages there are at once. */
unsigned long drv_map_word(struct drv *drv, unsigned long addr, unsigned long word)
{
	if (!(word & HMM_PFN_VALID))
		return 0;
	drv_map(drv, addr, hmm_pfn_to_page(word));
	return 1UL << hmm_pfn_to_map_order(word);
}
