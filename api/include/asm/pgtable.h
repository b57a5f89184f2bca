/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * pgtable.h - page tables of four levels with 512 entries each
 *
 * An entry of the lowest level is 0 (nothing there), a present mapping, or a swap style entry:
 *
 *	present:	bit 0 PRESENT, 1 WRITE, 5 ACCESSED, 6 DIRTY, 9 COPIED (the process that
			runs the machine has mapped it too), frame number from bit 12 up
 *	not present:	bit 0 clear, offset from bit 8 up, type from bit 58 up
 *
 * An entry of a higher level is 0 or the address of the table below it, with bit 0 set.
 *
 * Differs: the bits are those of the model, not of a processor.
 */
#ifndef _ASM_PGTABLE_H
#define _ASM_PGTABLE_H

#include <asm/page.h>
#include <linux/types.h>

#define PTRS_PER_TABLE		512
#define PTRS_PER_PTE		PTRS_PER_TABLE
#define PTRS_PER_PMD		PTRS_PER_TABLE
#define PMD_SHIFT		21
#define PMD_SIZE		(1UL << PMD_SHIFT)
#define PMD_MASK		(~(PMD_SIZE - 1))
#define PUD_SHIFT		30
#define PUD_SIZE		(1UL << PUD_SHIFT)
#define PGDIR_SHIFT		39
#define PGDIR_SIZE		(1UL << PGDIR_SHIFT)
#define TASK_SIZE		(1UL << 47)

#define HPAGE_PMD_SHIFT		PMD_SHIFT
#define HPAGE_PMD_SIZE		PMD_SIZE
#define HPAGE_PMD_MASK		PMD_MASK
#define HPAGE_PMD_ORDER		(PMD_SHIFT - PAGE_SHIFT)
#define HPAGE_PMD_NR		(1 << HPAGE_PMD_ORDER)

typedef struct { unsigned long pte; } pte_t;
typedef struct { unsigned long pmd; } pmd_t;
typedef struct { unsigned long pud; } pud_t;
typedef struct { unsigned long pgd; } pgd_t;
typedef struct { unsigned long pgprot; } pgprot_t;
typedef struct { unsigned long val; } swp_entry_t;

#define __pte(x)	((pte_t){ (x) })
#define pte_val(x)	((x).pte)
#define __pgprot(x)	((pgprot_t){ (x) })
#define pgprot_val(x)	((x).pgprot)

#define _PAGE_PRESENT	(1UL << 0)
#define _PAGE_RW	(1UL << 1)
#define _PAGE_ACCESSED	(1UL << 5)
#define _PAGE_DIRTY	(1UL << 6)
#define _PAGE_COPIED	(1UL << 9)

/* The page stays where it is: that the program may not touch it is for the fault to find out. */
#define PAGE_NONE	__pgprot(_PAGE_PRESENT)
#define PAGE_READONLY	__pgprot(_PAGE_PRESENT | _PAGE_ACCESSED)
#define PAGE_SHARED	__pgprot(_PAGE_PRESENT | _PAGE_RW | _PAGE_ACCESSED)

#define __PTE_TYPE_SHIFT	58
#define __PTE_OFFSET_SHIFT	8
#define __PTE_OFFSET_MASK	((1UL << (__PTE_TYPE_SHIFT - __PTE_OFFSET_SHIFT)) - 1)

static inline int pte_none(pte_t pte)
{
	return pte.pte == 0;
}

static inline int pte_present(pte_t pte)
{
	return !!(pte.pte & _PAGE_PRESENT);
}

static inline int pte_write(pte_t pte)
{
	return !!(pte.pte & _PAGE_RW);
}

static inline int pte_dirty(pte_t pte)
{
	return !!(pte.pte & _PAGE_DIRTY);
}

static inline int pte_young(pte_t pte)
{
	return !!(pte.pte & _PAGE_ACCESSED);
}

static inline unsigned long pte_pfn(pte_t pte)
{
	return pte.pte >> PAGE_SHIFT;
}

static inline int pte_same(pte_t a, pte_t b)
{
	return a.pte == b.pte;
}

static inline pte_t pfn_pte(unsigned long pfn, pgprot_t prot)
{
	return __pte(pfn << PAGE_SHIFT | prot.pgprot);
}

static inline pte_t pte_wrprotect(pte_t pte)
{
	return __pte(pte.pte & ~_PAGE_RW);
}

static inline pte_t pte_mkdirty(pte_t pte)
{
	return __pte(pte.pte | _PAGE_DIRTY);
}

static inline pte_t pte_mkyoung(pte_t pte)
{
	return __pte(pte.pte | _PAGE_ACCESSED);
}

static inline pte_t pte_mkwrite(pte_t pte)
{
	return __pte(pte.pte | _PAGE_RW);
}

static inline int pmd_none(pmd_t pmd)
{
	return pmd.pmd == 0;
}

#endif
