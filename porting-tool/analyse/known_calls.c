// SPDX-License-Identifier: GPL-2.0-only
/*
 * Macros and functions of the kernel that every driver uses, sorted by what they do.
 */
#include "known_calls.h"

#include <stdlib.h>
#include <string.h>

/* Sorted by name. */
static const struct known {
	const char *name;
	enum call_effect effect;
} known[] = {
	{ "ALIGN", CALL_ARITHMETIC },
	{ "ALIGN_DOWN", CALL_ARITHMETIC },
	{ "ARRAY_SIZE", CALL_ARITHMETIC },
	{ "BIT", CALL_ARITHMETIC },
	{ "BUG_ON", CALL_PURE },
	{ "BUILD_BUG_ON", CALL_ARITHMETIC },
	{ "DIV_ROUND_UP", CALL_PURE },
	{ "ERR_PTR", CALL_ARITHMETIC },
	{ "GENMASK", CALL_ARITHMETIC },
	{ "IS_ALIGNED", CALL_ARITHMETIC },
	{ "IS_ENABLED", CALL_ARITHMETIC },
	{ "IS_ERR", CALL_ARITHMETIC },
	{ "IS_ERR_OR_NULL", CALL_ARITHMETIC },
	{ "PAGE_ALIGN", CALL_ARITHMETIC },
	{ "PAGE_ALIGNED", CALL_ARITHMETIC },
	{ "PAGE_ALIGN_DOWN", CALL_ARITHMETIC },
	{ "PFN_DOWN", CALL_ARITHMETIC },
	{ "PFN_PHYS", CALL_ARITHMETIC },
	{ "PFN_UP", CALL_ARITHMETIC },
	{ "PHYS_PFN", CALL_ARITHMETIC },
	{ "PTR_ERR", CALL_ARITHMETIC },
	{ "PTR_ERR_OR_ZERO", CALL_ARITHMETIC },
	{ "READ_ONCE", CALL_PURE },
	{ "VM_BUG_ON", CALL_PURE },
	{ "VM_WARN_ON", CALL_PURE },
	{ "VM_WARN_ON_ONCE", CALL_PURE },
	{ "WARN_ON", CALL_PURE },
	{ "WARN_ON_ONCE", CALL_PURE },
	{ "WRITE_ONCE", CALL_WRITES_ARGUMENTS },
	{ "__free_page", CALL_KEEPS_ARGUMENTS },
	{ "__get_user", CALL_WRITES_ARGUMENTS },
	{ "__swap", CALL_WRITES_ARGUMENTS },
	{ "atomic_dec", CALL_KEEPS_ARGUMENTS },
	{ "atomic_inc", CALL_KEEPS_ARGUMENTS },
	{ "clamp", CALL_ARITHMETIC },
	{ "clamp_t", CALL_ARITHMETIC },
	{ "clamp_val", CALL_ARITHMETIC },
	{ "clear_highpage", CALL_KEEPS_ARGUMENTS },
	{ "complete", CALL_KEEPS_ARGUMENTS },
	{ "cond_resched", CALL_KEEPS_ARGUMENTS },
	{ "container_of", CALL_PURE },
	{ "copy_from_user", CALL_KEEPS_ARGUMENTS },
	{ "copy_highpage", CALL_KEEPS_ARGUMENTS },
	{ "copy_to_user", CALL_KEEPS_ARGUMENTS },
	{ "copy_user_highpage", CALL_KEEPS_ARGUMENTS },
	{ "dma_map_page", CALL_KEEPS_ARGUMENTS },
	{ "dma_unmap_page", CALL_KEEPS_ARGUMENTS },
	{ "do_div", CALL_WRITES_ARGUMENTS },
	{ "down_read", CALL_KEEPS_ARGUMENTS },
	{ "down_write", CALL_KEEPS_ARGUMENTS },
	{ "flush_work", CALL_KEEPS_ARGUMENTS },
	{ "free_page", CALL_KEEPS_ARGUMENTS },
	{ "get_page", CALL_KEEPS_ARGUMENTS },
	{ "get_user", CALL_WRITES_ARGUMENTS },
	{ "is_device_private_page", CALL_PURE },
	{ "kfree", CALL_KEEPS_ARGUMENTS },
	{ "kvfree", CALL_KEEPS_ARGUMENTS },
	{ "likely", CALL_ARITHMETIC },
	{ "list_entry", CALL_PURE },
	{ "lock_page", CALL_KEEPS_ARGUMENTS },
	{ "max", CALL_ARITHMETIC },
	{ "max3", CALL_ARITHMETIC },
	{ "max_t", CALL_ARITHMETIC },
	{ "memcpy", CALL_KEEPS_ARGUMENTS },
	{ "memmove", CALL_KEEPS_ARGUMENTS },
	{ "memset", CALL_KEEPS_ARGUMENTS },
	{ "migrate_pfn", CALL_ARITHMETIC },
	{ "migrate_pfn_to_page", CALL_PURE },
	{ "migrate_vma", CALL_KEEPS_ARGUMENTS },
	{ "min", CALL_ARITHMETIC },
	{ "min3", CALL_ARITHMETIC },
	{ "min_t", CALL_ARITHMETIC },
	{ "mmap_read_lock", CALL_KEEPS_ARGUMENTS },
	{ "mmap_read_unlock", CALL_KEEPS_ARGUMENTS },
	{ "mmap_write_lock", CALL_KEEPS_ARGUMENTS },
	{ "mmap_write_unlock", CALL_KEEPS_ARGUMENTS },
	{ "mmput", CALL_KEEPS_ARGUMENTS },
	{ "msleep", CALL_KEEPS_ARGUMENTS },
	{ "mutex_lock", CALL_KEEPS_ARGUMENTS },
	{ "mutex_unlock", CALL_KEEPS_ARGUMENTS },
	{ "offset_in_page", CALL_ARITHMETIC },
	{ "offsetof", CALL_ARITHMETIC },
	{ "put_page", CALL_KEEPS_ARGUMENTS },
	{ "queue_work", CALL_KEEPS_ARGUMENTS },
	{ "round_down", CALL_ARITHMETIC },
	{ "round_up", CALL_ARITHMETIC },
	{ "rounddown", CALL_PURE },
	{ "roundup", CALL_PURE },
	{ "schedule", CALL_KEEPS_ARGUMENTS },
	{ "schedule_work", CALL_KEEPS_ARGUMENTS },
	{ "sizeof", CALL_ARITHMETIC },
	{ "spin_lock", CALL_KEEPS_ARGUMENTS },
	{ "spin_unlock", CALL_KEEPS_ARGUMENTS },
	{ "swap", CALL_WRITES_ARGUMENTS },
	{ "udelay", CALL_KEEPS_ARGUMENTS },
	{ "umax", CALL_ARITHMETIC },
	{ "umin", CALL_ARITHMETIC },
	{ "unlikely", CALL_ARITHMETIC },
	{ "unlock_page", CALL_KEEPS_ARGUMENTS },
	{ "unsafe_get_user", CALL_WRITES_ARGUMENTS },
	{ "untagged_addr", CALL_ARITHMETIC },
	{ "up_read", CALL_KEEPS_ARGUMENTS },
	{ "up_write", CALL_KEEPS_ARGUMENTS },
	{ "va_arg", CALL_WRITES_ARGUMENTS },
	{ "vfree", CALL_KEEPS_ARGUMENTS },
	{ "vma_pages", CALL_PURE },
	{ "wait_for_completion", CALL_KEEPS_ARGUMENTS },
	{ "wake_up", CALL_KEEPS_ARGUMENTS },
};

static int compare(const void *name, const void *entry)
{
	return strcmp(name, ((const struct known *)entry)->name);
}

enum call_effect known_call(const char *name)
{
	const struct known *found = bsearch(name, known, sizeof(known) / sizeof(*known),
					    sizeof(*known), compare);

	return found ? found->effect : CALL_UNKNOWN;
}
