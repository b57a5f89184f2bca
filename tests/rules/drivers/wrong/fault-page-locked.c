// SPDX-License-Identifier: GPL-2.0-only
/* Since 6.15 the core holds the lock of the page that faulted. */
/* target: 7.2 */
#include "../drv.h"

vm_fault_t locks_it_again(struct vm_fault *vmf)
{
	struct drv *drv = drv_of_page(vmf->page);

	lock_page(vmf->page); /* wrong: fault-page-locked */
	drv_forget(drv, page_to_pfn(vmf->page));
	unlock_page(vmf->page);
	return 0;
}
