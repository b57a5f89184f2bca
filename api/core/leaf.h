/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * leaf.h - page table entries that are neither empty nor present
 *
 * Such an entry says where the page is instead: on a device, on its way, or swapped out. Its offset
 * is the frame number of that page, or the number of its slot on the swap device.
 */
#ifndef API_LEAF_H
#define API_LEAF_H

#include <asm/pgtable.h>
#include <linux/mm.h>

/**
 * enum leaf_type - what an entry that is not present stands for
 * @LEAF_NONE: not such an entry
 * @LEAF_DEVICE_READ: a device private page that the program may read
 * @LEAF_DEVICE_WRITE: a device private page that the program may write
 * @LEAF_MIGRATION_READ: a page that is being migrated, and may be read afterwards
 * @LEAF_MIGRATION_WRITE: a page that is being migrated, and may be written afterwards
 * @LEAF_EXCLUSIVE_READ: a page that a device has for itself, and that may be read once it is back
 * @LEAF_EXCLUSIVE_WRITE: the same for a page that may be written
 * @LEAF_SWAP: a page that is swapped out
 */
enum leaf_type {
	LEAF_NONE,
	LEAF_DEVICE_READ,
	LEAF_DEVICE_WRITE,
	LEAF_MIGRATION_READ,
	LEAF_MIGRATION_WRITE,
	LEAF_EXCLUSIVE_READ,
	LEAF_EXCLUSIVE_WRITE,
	LEAF_SWAP,
};

static inline enum leaf_type leaf_type(pte_t pte)
{
	if (pte_present(pte))
		return LEAF_NONE;
	return (enum leaf_type)(pte.pte >> __PTE_TYPE_SHIFT);
}

static inline unsigned long leaf_pfn(pte_t pte)
{
	return (pte.pte >> __PTE_OFFSET_SHIFT) & __PTE_OFFSET_MASK;
}

static inline struct page *leaf_page(pte_t pte)
{
	return pfn_to_page(leaf_pfn(pte));
}

static inline pte_t make_leaf(enum leaf_type type, const struct page *page)
{
	return __pte((unsigned long)type << __PTE_TYPE_SHIFT |
		     page_to_pfn(page) << __PTE_OFFSET_SHIFT);
}

static inline bool leaf_is_device_private(pte_t pte)
{
	enum leaf_type type = leaf_type(pte);

	return type == LEAF_DEVICE_READ || type == LEAF_DEVICE_WRITE;
}

static inline bool leaf_is_migration(pte_t pte)
{
	enum leaf_type type = leaf_type(pte);

	return type == LEAF_MIGRATION_READ || type == LEAF_MIGRATION_WRITE;
}

static inline bool leaf_is_exclusive(pte_t pte)
{
	enum leaf_type type = leaf_type(pte);

	return type == LEAF_EXCLUSIVE_READ || type == LEAF_EXCLUSIVE_WRITE;
}

static inline bool leaf_is_swap(pte_t pte)
{
	return leaf_type(pte) == LEAF_SWAP;
}

/* Whether the program may write to the page of the entry once it is back. */
static inline bool leaf_is_writable(pte_t pte)
{
	enum leaf_type type = leaf_type(pte);

	return type == LEAF_DEVICE_WRITE || type == LEAF_MIGRATION_WRITE ||
	       type == LEAF_EXCLUSIVE_WRITE;
}

static inline pte_t make_device_private_leaf(const struct page *page, bool writable)
{
	return make_leaf(writable ? LEAF_DEVICE_WRITE : LEAF_DEVICE_READ, page);
}

static inline pte_t make_migration_leaf(const struct page *page, bool writable)
{
	return make_leaf(writable ? LEAF_MIGRATION_WRITE : LEAF_MIGRATION_READ, page);
}

static inline pte_t make_exclusive_leaf(const struct page *page, bool writable)
{
	return make_leaf(writable ? LEAF_EXCLUSIVE_WRITE : LEAF_EXCLUSIVE_READ, page);
}

#endif
