// SPDX-License-Identifier: GPL-2.0-only
/*
 * tlb.c - frames mapped at the addresses of a program, so that it can use plain pointers
 *
 * What the process that runs the machine has mapped there is to the machine what a TLB is to a
 * processor: it has copies of present page table entries, made when the program touches a page, and
 * forgotten whenever the entry changes. Everything else faults. Copies are marked in the entry, so
 * that set_pte() knows.
 */
#include "core/core.h"
#include "host/host.h"
#include "kernel/wait.h"

/* The addresses that are not forgotten one by one. */
static unsigned long end_of_copies;

/* The process may have only so many mappings. A TLB that is full starts anew. */
static void forget_all(void)
{
	host_unmap_range(PROGRAM_FIRST_ADDRESS, end_of_copies - PROGRAM_FIRST_ADDRESS);
}

void tlb_forget(pte_t *ptep)
{
	if (host_unmap_range(page_table_address(ptep), PAGE_SIZE))
		forget_all();
}

/**
 * tlb_fill() - let the process access a page of the program
 * @ptep: the entry, which is present
 * @write: the access is a store, which the entry allows
 */
void tlb_fill(pte_t *ptep, bool write)
{
	unsigned long addr = page_table_address(ptep);
	unsigned long offset = (pte_pfn(*ptep) - FRAME_FIRST) << PAGE_SHIFT;
	pte_t pte = pte_mkyoung(*ptep);
	bool writable;

	/* A page that is clean stays read only, so that its first store is noticed. */
	if (write)
		pte = pte_mkdirty(pte);
	writable = pte_write(pte) && pte_dirty(pte);
	WRITE_ONCE(ptep->pte, pte.pte | _PAGE_COPIED);
	end_of_copies = max(end_of_copies, addr + PAGE_SIZE);
	if (host_map_frame(addr, PAGE_SIZE, offset, writable)) {
		forget_all();
		if (host_map_frame(addr, PAGE_SIZE, offset, writable))
			rule_broken_fatal(RULE_BUG, "cannot map a frame at %#lx", addr);
	}
}
