// SPDX-License-Identifier: GPL-2.0-only
#include "change.h"

/* The text of calls is written around what the first three have changed in it. */
#define CHANGES(change)                                                                            \
	change(selection)                                                                          \
	change(vm_fault)                                                                           \
	change(dev_pagemap)                                                                        \
	change(hmm_devmem)                                                                         \
	change(pfn_flags)                                                                          \
	change(migrate_vma)                                                                        \
	change(config_option)                                                                      \
	change(pagemap_range)                                                                      \
	change(device_page)                                                                        \
	change(hmm_range)                                                                          \
	change(device_exclusive)                                                                   \
	change(folio_free)                                                                         \
	change(platform_remove)                                                                    \
	change(proc_ops)                                                                           \
	change(zeroed_struct)                                                                      \
	change(substitutions)                                                                      \
	change(includes)                                                                           \
	change(neighbours)

#define DECLARE_CHANGE(name) extern const struct change change_##name;
CHANGES(DECLARE_CHANGE)

#define NAME_CHANGE(name) &change_##name,
static const struct change *const changes[] = { CHANGES(NAME_CHANGE) };

#define COUNT (sizeof(changes) / sizeof(*changes))

void changes_find(struct driver *driver)
{
	for (size_t i = 0; i < COUNT && !driver->blocked; i++)
		if (changes[i]->find)
			changes[i]->find(driver);
	for (size_t i = 0; i < COUNT && !driver->blocked; i++)
		if (changes[i]->decide)
			changes[i]->decide(driver);
}

void changes_rewrite(struct driver *driver)
{
	for (size_t i = 0; i < COUNT; i++)
		if (changes[i]->rewrite)
			changes[i]->rewrite(driver);
}

void changes_left(struct driver *driver)
{
	for (size_t i = 0; i < COUNT; i++)
		if (changes[i]->left)
			changes[i]->left(driver);
}
