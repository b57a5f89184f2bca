# SPDX-License-Identifier: GPL-2.0-only
"""Tables of migrate-vma.  Written by `make cocci-tables`: do not edit."""

import collections

MEMBERS = ("alloc_and_copy", "finalize_and_map")
ROLES = ("vma", "src", "dst", "start", "end", "private")

# Every release that a driver can be ported to, and what it asks of one.
Release = collections.namedtuple(
	"Release", "number owner owner_only_to_ram flags fault_page pfn_locked")
RELEASES = (
	Release((5, 4), None, False, False, False, True),
	Release((5, 5), None, False, False, False, True),
	Release((5, 6), None, False, False, False, True),
	Release((5, 7), "src_owner", True, False, False, True),
	Release((5, 8), "src_owner", True, False, False, True),
	Release((5, 9), "pgmap_owner", False, True, False, True),
	Release((5, 10), "pgmap_owner", False, True, False, True),
	Release((5, 11), "pgmap_owner", False, True, False, True),
	Release((5, 12), "pgmap_owner", False, True, False, True),
	Release((5, 13), "pgmap_owner", False, True, False, True),
	Release((5, 14), "pgmap_owner", False, True, False, True),
	Release((5, 15), "pgmap_owner", False, True, False, True),
	Release((5, 16), "pgmap_owner", False, True, False, False),
	Release((5, 17), "pgmap_owner", False, True, False, False),
	Release((5, 18), "pgmap_owner", False, True, False, False),
	Release((5, 19), "pgmap_owner", False, True, False, False),
	Release((6, 0), "pgmap_owner", False, True, False, False),
	Release((6, 1), "pgmap_owner", False, True, True, False),
	Release((6, 2), "pgmap_owner", False, True, True, False),
	Release((6, 3), "pgmap_owner", False, True, True, False),
	Release((6, 4), "pgmap_owner", False, True, True, False),
	Release((6, 5), "pgmap_owner", False, True, True, False),
	Release((6, 6), "pgmap_owner", False, True, True, False),
	Release((6, 7), "pgmap_owner", False, True, True, False),
	Release((6, 8), "pgmap_owner", False, True, True, False),
	Release((6, 9), "pgmap_owner", False, True, True, False),
	Release((6, 10), "pgmap_owner", False, True, True, False),
	Release((6, 11), "pgmap_owner", False, True, True, False),
	Release((6, 12), "pgmap_owner", False, True, True, False),
	Release((6, 13), "pgmap_owner", False, True, True, False),
	Release((6, 14), "pgmap_owner", False, True, True, False),
	Release((6, 15), "pgmap_owner", False, True, True, False),
	Release((6, 16), "pgmap_owner", False, True, True, False),
	Release((6, 17), "pgmap_owner", False, True, True, False),
	Release((6, 18), "pgmap_owner", False, True, True, False),
	Release((6, 19), "pgmap_owner", False, True, True, False),
	Release((7, 0), "pgmap_owner", False, True, True, False),
	Release((7, 1), "pgmap_owner", False, True, True, False),
	Release((7, 2), "pgmap_owner", False, True, True, False),
)

# What a driver of that age uses beside migrate_vma(): since when it is gone, what to do
# instead, and whether the name counts as that of a member or of a function only.
Neighbour = collections.namedtuple("Neighbour", "gone what member call")
NEIGHBOURS = {
	"hmm_devmem_add": Neighbour(
		(5, 3), "fill a struct dev_pagemap with type MEMORY_DEVICE_PRIVATE, ops, owner and the range of request_free_mem_region(), and call devm_memremap_pages()",
		False, True),
	"hmm_devmem_add_resource": Neighbour(
		(5, 3), "fill a struct dev_pagemap with the resource and call devm_memremap_pages()",
		False, True),
	"hmm_devmem_remove": Neighbour(
		(5, 3), "call memunmap_pages(), or leave it to devres",
		False, True),
	"hmm_devmem_ops": Neighbour(
		(5, 3), "use struct dev_pagemap_ops: free becomes page_free(), fault becomes migrate_to_ram(struct vm_fault *)",
		False, False),
	"hmm_devmem": Neighbour(
		(5, 3), "use struct dev_pagemap",
		False, False),
	"hmm_devmem_page_set_drvdata": Neighbour(
		(5, 3), "store in page->zone_device_data",
		False, True),
	"hmm_devmem_page_get_drvdata": Neighbour(
		(5, 3), "read page->zone_device_data",
		False, True),
	"hmm_vma_alloc_locked_page": Neighbour(
		(5, 3), "call alloc_page_vma(GFP_HIGHUSER, vma, addr) and lock_page()",
		False, True),
	"is_device_public_page": Neighbour(
		(5, 3), "remove it: there are no device public pages",
		False, True),
	"MEMORY_DEVICE_PUBLIC": Neighbour(
		(5, 3), "remove it, or use MEMORY_DEVICE_COHERENT from 6.0",
		False, False),
	"hmm_mirror_register": Neighbour(
		(5, 7), "use mmu_interval_notifier_insert()",
		False, True),
	"hmm_mirror_unregister": Neighbour(
		(5, 7), "use mmu_interval_notifier_remove()",
		False, True),
	"hmm_mirror": Neighbour(
		(5, 7), "use struct mmu_interval_notifier",
		False, False),
	"hmm_mirror_ops": Neighbour(
		(5, 7), "use struct mmu_interval_notifier_ops",
		False, False),
	"hmm_vma_fault": Neighbour(
		(5, 4), "use hmm_range_fault()",
		False, True),
	"hmm_vma_get_pfns": Neighbour(
		(5, 4), "use hmm_range_fault()",
		False, True),
	"mmap_sem": Neighbour(
		(5, 8), "use mmap_read_lock(mm), mmap_read_unlock(mm) and their kin of <linux/mmap_lock.h>",
		True, False),
	"src_owner": Neighbour(
		(5, 9), "use pgmap_owner and set flags",
		True, False),
	"migrate_pgmap_owner": Neighbour(
		(5, 14), "use owner of struct mmu_notifier_range",
		True, False),
	"page_free": Neighbour(
		(6, 19), "use folio_free(struct folio *) of struct dev_pagemap_ops",
		True, False),
	"res": Neighbour(
		(5, 10), "use range and nr_range = 1 of struct dev_pagemap",
		True, False),
}

# Names by release: the first one with it and the first one without it, if there are any.
# They count anywhere, in a call, in a call with so many arguments, as a member, or where
# a struct dev_pagemap_ops sets them.
Dated = collections.namedtuple("Dated", "name where since until instead")
DATED_NAMES = (
	Dated("hmm_devmem_add", "call", None, (5, 3),
	      "memremap_pages() of a struct dev_pagemap"),
	Dated("hmm_devmem_add_resource", "call", None, (5, 3),
	      "memremap_pages() of a struct dev_pagemap"),
	Dated("hmm_devmem_ops", "anywhere", None, (5, 3),
	      "struct dev_pagemap_ops"),
	Dated("hmm_devmem_page_set_drvdata", "call", None, (5, 3),
	      "page->zone_device_data"),
	Dated("hmm_devmem_page_get_drvdata", "call", None, (5, 3),
	      "page->zone_device_data"),
	Dated("hmm_vma_alloc_locked_page", "call", None, (5, 3),
	      "alloc_page_vma() and lock_page()"),
	Dated("migrate_vma", "call", None, (5, 4),
	      "migrate_vma_setup(), migrate_vma_pages() and migrate_vma_finalize(); `migrate-vma port` rewrites it"),
	Dated("migrate_vma_ops", "anywhere", None, (5, 4),
	      "code between migrate_vma_setup() and migrate_vma_finalize(); `migrate-vma port` rewrites it"),
	Dated("MIGRATE_PFN_ERROR", "anywhere", None, (5, 4),
	      "0 in dst, and a variable of the driver for the error"),
	Dated("MIGRATE_PFN_DEVICE", "anywhere", None, (5, 4),
	      "is_device_private_page(migrate_pfn_to_page(src[i]))"),
	Dated("hmm_mirror_register", "call", None, (5, 7),
	      "mmu_interval_notifier_insert()"),
	Dated("mmap_sem", "access", None, (5, 8),
	      "mmap_read_lock(mm) and its kin"),
	Dated("src_owner", "access", None, (5, 9),
	      "pgmap_owner, and flags"),
	Dated("migrate_pgmap_owner", "access", None, (5, 14),
	      "owner"),
	Dated("mmu_notifier_range_init_migrate", "call", None, (5, 14),
	      "mmu_notifier_range_init_owner()"),
	Dated("MIGRATE_PFN_LOCKED", "anywhere", None, (5, 16),
	      "nothing: the page is still locked with lock_page(), but dst does not say so"),
	Dated("make_device_exclusive_range", "call", None, (6, 15),
	      "make_device_exclusive()"),
	Dated("get_dev_pagemap", "2", None, (6, 18),
	      "get_dev_pagemap(pfn)"),
	Dated("page_free", "operation", None, (6, 19),
	      "folio_free, which takes a struct folio"),
	Dated("zone_device_page_init", "1", None, (6, 19),
	      "zone_device_page_init(page, pgmap, order)"),
	Dated("mmap_read_lock", "call", (5, 8), None,
	      "down_read(&mm->mmap_sem)"),
	Dated("pgmap_owner", "access", (5, 9), None,
	      "src_owner from 5.7, nothing before"),
	Dated("MIGRATE_VMA_SELECT_SYSTEM", "anywhere", (5, 9), None,
	      "src_owner = NULL from 5.7, nothing before"),
	Dated("MIGRATE_VMA_SELECT_DEVICE_PRIVATE", "anywhere", (5, 9), None,
	      "src_owner from 5.7, nothing before"),
	Dated("MMU_NOTIFY_MIGRATE", "anywhere", (5, 9), None,
	      "MMU_NOTIFY_CLEAR"),
	Dated("MIGRATE_VMA_SELECT_DEVICE_COHERENT", "anywhere", (6, 0), None,
	      "nothing: there is no coherent device memory"),
	Dated("MEMORY_DEVICE_COHERENT", "anywhere", (6, 0), None,
	      "nothing: there is no coherent device memory"),
	Dated("zone_device_page_init", "1", (6, 1), None,
	      "lock_page(), after get_page() up to 5.17"),
	Dated("migrate_device_range", "call", (6, 1), None,
	      "migrate_vma_setup() for every address space that maps the pages"),
	Dated("migrate_device_pages", "call", (6, 1), None,
	      "migrate_vma_pages()"),
	Dated("migrate_device_finalize", "call", (6, 1), None,
	      "migrate_vma_finalize()"),
	Dated("migrate_device_pfns", "call", (6, 15), None,
	      "migrate_device_range()"),
	Dated("page_pgmap", "call", (6, 15), None,
	      "page->pgmap"),
	Dated("MIGRATE_VMA_SELECT_COMPOUND", "anywhere", (6, 19), None,
	      "nothing: large folios come as single pages"),
	Dated("MIGRATE_PFN_COMPOUND", "anywhere", (6, 19), None,
	      "nothing: large folios come as single pages"),
	Dated("zone_device_page_init", "3", (6, 19), None,
	      "zone_device_page_init(page)"),
	Dated("zone_device_folio_init", "call", (6, 19), None,
	      "zone_device_page_init(page)"),
	Dated("folio_free", "operation", (6, 19), None,
	      "page_free, which takes a struct page"),
	Dated("folio_split", "operation", (6, 19), None,
	      "nothing: there is no large folio"),
)
