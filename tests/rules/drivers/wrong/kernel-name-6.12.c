// SPDX-License-Identifier: GPL-2.0-only
/* Names that only a later kernel has. */
/* target: 6.12 */
/* compiled: no */
#include <linux/rmap.h>

#include "../drv.h"

struct page *not_yet_there(struct mm_struct *mm, unsigned long addr, struct folio **folio)
{
	return make_device_exclusive(mm, addr, NULL, folio); /* wrong: kernel-name */
}
