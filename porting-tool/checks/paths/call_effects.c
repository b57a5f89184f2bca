// SPDX-License-Identifier: GPL-2.0-only
#include "call_effects.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const struct {
	const char *name;
	enum step step;
} steps[] = {
	{ "migrate_vma_setup", STEP_SETUP },
	{ "migrate_vma_pages", STEP_PAGES },
	{ "migrate_vma_finalize", STEP_FINALIZE },
	{ "migrate_device_range", STEP_DEVICE_SETUP },
	{ "migrate_device_pfns", STEP_DEVICE_SETUP },
	{ "migrate_device_pages", STEP_DEVICE_PAGES },
	{ "migrate_device_finalize", STEP_DEVICE_FINALIZE },
};

static const struct {
	const char *name;
	enum call_effect effect;
} effects[] = {
	{ "likely", CALL_CONDITION },
	{ "unlikely", CALL_CONDITION },
	{ "READ_ONCE", CALL_CONDITION },
	{ "WARN", CALL_CONDITION },
	{ "WARN_ON", CALL_CONDITION },
	{ "WARN_ONCE", CALL_CONDITION },
	{ "WARN_ON_ONCE", CALL_CONDITION },

	{ "lock_page", CALL_LOCK_PAGE },
	{ "trylock_page", CALL_LOCK_PAGE },
	{ "lock_page_killable", CALL_LOCK_PAGE },
	{ "folio_lock", CALL_LOCK_PAGE },
	{ "folio_trylock", CALL_LOCK_PAGE },
	{ "__SetPageLocked", CALL_LOCK_PAGE },
	{ "__folio_set_locked", CALL_LOCK_PAGE },
	{ "zone_device_page_init", CALL_LOCK_PAGE },
	{ "zone_device_folio_init", CALL_LOCK_PAGE },

	{ "unlock_page", CALL_DROP_PAGE },
	{ "folio_unlock", CALL_DROP_PAGE },
	{ "put_page", CALL_DROP_PAGE },
	{ "folio_put", CALL_DROP_PAGE },
	{ "__free_page", CALL_DROP_PAGE },
	{ "__free_pages", CALL_DROP_PAGE },

	{ "get_page", CALL_GET_PAGE },
	{ "folio_get", CALL_GET_PAGE },

	{ "alloc_page", CALL_ALLOCATE_PAGE },
	{ "alloc_pages", CALL_ALLOCATE_PAGE },
	{ "alloc_page_vma", CALL_ALLOCATE_PAGE },
	{ "alloc_pages_vma", CALL_ALLOCATE_PAGE },
	{ "alloc_pages_node", CALL_ALLOCATE_PAGE },
	{ "folio_alloc", CALL_ALLOCATE_PAGE },
	{ "vma_alloc_folio", CALL_ALLOCATE_PAGE },

	{ "page_to_pfn", CALL_HARMLESS },
	{ "folio_pfn", CALL_HARMLESS },
	{ "page_to_phys", CALL_HARMLESS },
	{ "page_address", CALL_HARMLESS },
	{ "page_to_nid", CALL_HARMLESS },
	{ "split_page", CALL_HARMLESS },
	{ "page_size", CALL_HARMLESS },
	{ "folio_size", CALL_HARMLESS },
	{ "copy_highpage", CALL_HARMLESS },
	{ "copy_user_highpage", CALL_HARMLESS },
	{ "copy_page", CALL_HARMLESS },
	{ "clear_highpage", CALL_HARMLESS },
	{ "clear_page", CALL_HARMLESS },
	{ "kmap", CALL_HARMLESS },
	{ "kunmap", CALL_HARMLESS },
	{ "kmap_atomic", CALL_HARMLESS },
	{ "kunmap_atomic", CALL_HARMLESS },
	{ "kmap_local_page", CALL_HARMLESS },
	{ "kunmap_local", CALL_HARMLESS },
	{ "memcpy_to_page", CALL_HARMLESS },
	{ "memcpy_from_page", CALL_HARMLESS },
	{ "dma_map_page", CALL_HARMLESS },
	{ "is_zone_device_page", CALL_HARMLESS },
	{ "is_device_private_page", CALL_HARMLESS },
	{ "is_device_coherent_page", CALL_HARMLESS },
	{ "migrate_pfn", CALL_HARMLESS },
	{ "migrate_pfn_to_page", CALL_HARMLESS },
	{ "migrate_pfn_to_folio", CALL_HARMLESS },
	{ "kfree", CALL_HARMLESS },
	{ "kvfree", CALL_HARMLESS },
	{ "vfree", CALL_HARMLESS },
	{ "IS_ERR", CALL_HARMLESS },
	{ "IS_ERR_OR_NULL", CALL_HARMLESS },
	{ "PTR_ERR", CALL_HARMLESS },
	{ "ARRAY_SIZE", CALL_HARMLESS },
	{ "sizeof", CALL_HARMLESS },
	{ "printk", CALL_HARMLESS },

	{ "memset", CALL_ZERO },
	{ "memcpy", CALL_COPY },
	{ "memmove", CALL_COPY },

	{ "mmap_read_unlock", CALL_UNLOCK_MMAP },
	{ "mmap_write_unlock", CALL_UNLOCK_MMAP },
	{ "mmap_read_unlock_non_owner", CALL_UNLOCK_MMAP },
	{ "mmap_write_downgrade", CALL_HARMLESS },

	{ "copy_to_user", CALL_USER_ACCESS },
	{ "copy_from_user", CALL_USER_ACCESS },
	{ "__copy_to_user", CALL_USER_ACCESS },
	{ "__copy_from_user", CALL_USER_ACCESS },
	{ "clear_user", CALL_USER_ACCESS },
	{ "put_user", CALL_USER_ACCESS },
	{ "get_user", CALL_USER_ACCESS },
	{ "__put_user", CALL_USER_ACCESS },
	{ "__get_user", CALL_USER_ACCESS },
	{ "copy_struct_from_user", CALL_USER_ACCESS },
	{ "strncpy_from_user", CALL_USER_ACCESS },

	{ "BUG", CALL_NO_RETURN },
	{ "panic", CALL_NO_RETURN },
	{ "unreachable", CALL_NO_RETURN },
	{ "BUG_ON", CALL_ASSERT },
};

/* How functions that only report begin. */
static const char *const harmless_beginnings[] = {
	"pr_", "dev_dbg", "dev_err", "dev_info", "dev_warn", "dev_notice", "dev_crit", "trace_",
	"drm_dbg", "drm_err", "drm_info", "drm_warn", "DRM_", "lockdep_assert", "kunit_",
	"VM_BUG_ON",
};

enum step step_of_call(const struct expression *call)
{
	for (size_t i = 0; call && call->name && i < COUNT(steps); i++)
		if (same_text(steps[i].name, call->name))
			return steps[i].step;
	return STEP_NONE;
}

bool step_is_device(enum step step)
{
	return step == STEP_DEVICE_SETUP || step == STEP_DEVICE_PAGES ||
	       step == STEP_DEVICE_FINALIZE;
}

enum call_effect call_effect(const char *name)
{
	if (!name)
		return CALL_UNKNOWN;
	for (size_t i = 0; i < COUNT(effects); i++)
		if (same_text(effects[i].name, name))
			return effects[i].effect;
	for (size_t i = 0; i < COUNT(harmless_beginnings); i++)
		if (!strncmp(name, harmless_beginnings[i], strlen(harmless_beginnings[i])))
			return CALL_HARMLESS;
	return CALL_UNKNOWN;
}
