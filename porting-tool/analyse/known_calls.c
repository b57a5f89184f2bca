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
	{ "__get_user", CALL_WRITES_ARGUMENTS },
	{ "__swap", CALL_WRITES_ARGUMENTS },
	{ "clamp", CALL_ARITHMETIC },
	{ "clamp_t", CALL_ARITHMETIC },
	{ "clamp_val", CALL_ARITHMETIC },
	{ "container_of", CALL_PURE },
	{ "do_div", CALL_WRITES_ARGUMENTS },
	{ "get_user", CALL_WRITES_ARGUMENTS },
	{ "is_device_private_page", CALL_PURE },
	{ "likely", CALL_ARITHMETIC },
	{ "list_entry", CALL_PURE },
	{ "max", CALL_ARITHMETIC },
	{ "max3", CALL_ARITHMETIC },
	{ "max_t", CALL_ARITHMETIC },
	{ "migrate_pfn", CALL_ARITHMETIC },
	{ "migrate_pfn_to_page", CALL_PURE },
	{ "min", CALL_ARITHMETIC },
	{ "min3", CALL_ARITHMETIC },
	{ "min_t", CALL_ARITHMETIC },
	{ "offset_in_page", CALL_ARITHMETIC },
	{ "offsetof", CALL_ARITHMETIC },
	{ "round_down", CALL_ARITHMETIC },
	{ "round_up", CALL_ARITHMETIC },
	{ "rounddown", CALL_PURE },
	{ "roundup", CALL_PURE },
	{ "sizeof", CALL_ARITHMETIC },
	{ "swap", CALL_WRITES_ARGUMENTS },
	{ "umax", CALL_ARITHMETIC },
	{ "umin", CALL_ARITHMETIC },
	{ "unlikely", CALL_ARITHMETIC },
	{ "unsafe_get_user", CALL_WRITES_ARGUMENTS },
	{ "untagged_addr", CALL_ARITHMETIC },
	{ "va_arg", CALL_WRITES_ARGUMENTS },
	{ "vma_pages", CALL_PURE },
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
