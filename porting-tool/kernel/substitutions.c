// SPDX-License-Identifier: GPL-2.0-only
#include "substitutions.h"

#include "release.h"

#define NAME(old, since, new) { old, since, SUBSTITUTE_NAME, new, NULL, 0, 0, NULL, false }
#define CALL(old, since, count, new) { old, since, SUBSTITUTE_CALL, new, NULL, count, 0, NULL, false }
#define LOCK(old, new) { old, RELEASE(5, 8), SUBSTITUTE_LOCK, new, "mmap_sem", 1, 0, NULL, false }
#define DEVICE(old, count, new, added)                                                             \
	{ old, RELEASE(5, 18), SUBSTITUTE_DEVICE, new, NULL, count, 0, added, false }
#define DROP(name, since, count, index, text)                                                      \
	{ name, since, SUBSTITUTE_DROP, NULL, NULL, count, index, text, false }

static const struct substitution substitutions[] = {
	/* The lock of an address space; what is not one of these calls names the lock itself. */
	LOCK("down_read", "mmap_read_lock"),
	LOCK("up_read", "mmap_read_unlock"),
	LOCK("down_write", "mmap_write_lock"),
	LOCK("up_write", "mmap_write_unlock"),
	LOCK("downgrade_write", "mmap_write_downgrade"),
	LOCK("down_read_trylock", "mmap_read_trylock"),
	LOCK("down_write_trylock", "mmap_write_trylock"),
	LOCK("down_read_killable", "mmap_read_lock_killable"),
	LOCK("down_write_killable", "mmap_write_lock_killable"),
	LOCK("lockdep_assert_held", "mmap_assert_locked"),
	LOCK("lockdep_assert_held_read", "mmap_assert_locked"),
	LOCK("lockdep_assert_held_write", "mmap_assert_write_locked"),
	{ "mmap_sem", RELEASE(5, 8), SUBSTITUTE_MEMBER, "mmap_lock", NULL, 0, 0, NULL, false },

	/* Notifiers */
	{ "blockable", RELEASE(5, 2), SUBSTITUTE_MEMBER_CALL, "mmu_notifier_range_blockable",
	  "mmu_notifier_range", 0, 0, NULL, false },
	{ "migrate_pgmap_owner", RELEASE(5, 14), SUBSTITUTE_MEMBER, "owner", NULL, 0, 0, NULL, false },
	{ "invalidate_range", RELEASE(6, 6), SUBSTITUTE_MEMBER, "arch_invalidate_secondary_tlbs",
	  "mmu_notifier_ops", 0, 0, NULL, false },
	CALL("mmu_notifier_range_init_migrate", RELEASE(5, 14), 7, "mmu_notifier_range_init_owner"),

	/* Pages of the device */
	{ "pgmap", RELEASE(6, 15), SUBSTITUTE_MEMBER_CALL, "page_pgmap", "page", 0, 0, NULL, false },
	DROP("get_dev_pagemap", RELEASE(6, 18), 2, 1, "NULL"),
	{ "zone_device_page_init", RELEASE(6, 19), SUBSTITUTE_ADD, NULL, NULL, 1, 0,
	  "page_pgmap(%s), 0", false },
	NAME("MIGRATEPAGE_SUCCESS", RELEASE(6, 18), "0"),

	/* Address spaces and pages of system memory */
	{ "vm_flags", RELEASE(6, 3), SUBSTITUTE_FLAGS, "vm_flags", "vm_area_struct", 0, 0, NULL, false },
	CALL("use_mm", RELEASE(5, 8), 1, "kthread_use_mm"),
	CALL("unuse_mm", RELEASE(5, 8), 1, "kthread_unuse_mm"),
	DROP("get_user_pages", RELEASE(6, 5), 5, 4, "NULL"),
	DROP("pin_user_pages", RELEASE(6, 5), 5, 4, "NULL"),
	DROP("get_user_pages_remote", RELEASE(6, 5), 7, 5, "NULL"),
	DROP("pin_user_pages_remote", RELEASE(6, 5), 7, 5, "NULL"),
	DROP("__vmalloc", RELEASE(5, 8), 3, 2, "PAGE_KERNEL"),
	{ "__pfn_to_pfn_t", RELEASE(6, 17), SUBSTITUTE_FIRST, NULL, NULL, 2, 0, NULL, false },
	{ "pfn_to_pfn_t", RELEASE(6, 17), SUBSTITUTE_FIRST, NULL, NULL, 1, 0, NULL, false },
	{ "phys_to_pfn_t", RELEASE(6, 17), SUBSTITUTE_FIRST, "PHYS_PFN", NULL, 2, 0, NULL, false },
	CALL("zap_vma_ptes", RELEASE(7, 1), 3, "zap_special_vma_range"),
	DROP("access_ok", RELEASE(5, 0), 3, 0, "VERIFY_READ|VERIFY_WRITE"),

	/* DMA */
	NAME("PCI_DMA_BIDIRECTIONAL", RELEASE(5, 18), "DMA_BIDIRECTIONAL"),
	NAME("PCI_DMA_TODEVICE", RELEASE(5, 18), "DMA_TO_DEVICE"),
	NAME("PCI_DMA_FROMDEVICE", RELEASE(5, 18), "DMA_FROM_DEVICE"),
	NAME("PCI_DMA_NONE", RELEASE(5, 18), "DMA_NONE"),
	DEVICE("pci_map_page", 5, "dma_map_page", NULL),
	DEVICE("pci_unmap_page", 4, "dma_unmap_page", NULL),
	DEVICE("pci_map_single", 4, "dma_map_single", NULL),
	DEVICE("pci_unmap_single", 4, "dma_unmap_single", NULL),
	DEVICE("pci_map_sg", 4, "dma_map_sg", NULL),
	DEVICE("pci_unmap_sg", 4, "dma_unmap_sg", NULL),
	DEVICE("pci_dma_mapping_error", 2, "dma_mapping_error", NULL),
	DEVICE("pci_dma_sync_single_for_cpu", 4, "dma_sync_single_for_cpu", NULL),
	DEVICE("pci_dma_sync_single_for_device", 4, "dma_sync_single_for_device", NULL),
	DEVICE("pci_set_dma_mask", 2, "dma_set_mask", NULL),
	DEVICE("pci_set_consistent_dma_mask", 2, "dma_set_coherent_mask", NULL),
	DEVICE("pci_alloc_consistent", 3, "dma_alloc_coherent", ", GFP_ATOMIC"),
	DEVICE("pci_zalloc_consistent", 3, "dma_alloc_coherent", ", GFP_ATOMIC"),
	DEVICE("pci_free_consistent", 4, "dma_free_coherent", NULL),
	CALL("dma_zalloc_coherent", RELEASE(5, 0), 4, "dma_alloc_coherent"),
	{ "iommu_map", RELEASE(6, 3), SUBSTITUTE_ADD, NULL, NULL, 5, 0, "GFP_KERNEL", false },
	{ "iommu_map_sg", RELEASE(6, 3), SUBSTITUTE_ADD, NULL, NULL, 5, 0, "GFP_KERNEL", false },
	{ "iommu_map_atomic", RELEASE(6, 3), SUBSTITUTE_ADD, "iommu_map", NULL, 5, 0, "GFP_ATOMIC",
	  false },
	CALL("ioremap_nocache", RELEASE(5, 6), 2, "ioremap"),

	/* The rest of a driver */
	DROP("class_create", RELEASE(6, 4), 2, 0, "THIS_MODULE|NULL"),
	{ "eventfd_signal", RELEASE(6, 8), SUBSTITUTE_DROP, NULL, NULL, 2, 1, "1|1U|1ULL", true },
	NAME("no_llseek", RELEASE(6, 12), "NULL"),
	CALL("PDE_DATA", RELEASE(5, 17), 1, "pde_data"),
	CALL("probe_kernel_read", RELEASE(5, 8), 3, "copy_from_kernel_nofault"),
	CALL("del_timer", RELEASE(6, 15), 1, "timer_delete"),
	CALL("del_timer_sync", RELEASE(6, 15), 1, "timer_delete_sync"),
	CALL("from_timer", RELEASE(6, 16), 3, "timer_container_of"),
	{ "MODULE_IMPORT_NS", RELEASE(6, 13), SUBSTITUTE_STRING, NULL, NULL, 1, 0, NULL, false },
};

const struct substitution *substitution_at(size_t index)
{
	return index < sizeof(substitutions) / sizeof(*substitutions) ? &substitutions[index] :
									 NULL;
}
