// SPDX-License-Identifier: GPL-2.0-only
/*
 * access.c - loads and stores of a program, page by page through its page tables
 *
 * This is the CPU: it looks at the entry, faults until the entry allows the access, and moves the
 * bytes. The kernel's own copy_from_user() and copy_to_user() go the same way.
 */
#include "core/verify.h"
#include "kernel/wait.h"

#define SIGKILL	9
#define SIGBUS	7
#define SIGSEGV	11

/* An access that faulted this often without getting through never will. */
#define MOST_FAULTS	64

/* With threads others may take the page away again, so that only much time tells a loop. */
#define LONGEST_LOOP_MS	10000

struct fault_count {
	int faults;
	unsigned long since;
};

static bool has_faulted_too_often(struct fault_count *count)
{
	if (count->faults++ < MOST_FAULTS)
		return false;
	if (!tasks_can_wait)
		return true;
	if (!count->since)
		count->since = task_clock();
	task_yield();
	return task_clock() - count->since > LONGEST_LOOP_MS;
}

static bool entry_allows(const pte_t *ptep, bool write)
{
	return ptep && pte_present(*ptep) && (!write || pte_write(*ptep));
}

static bool vma_allows(const struct vm_area_struct *vma, bool write)
{
	return vma->vm_flags & (write ? VM_WRITE : VM_READ | VM_WRITE);
}

/* Without memory Linux tries again: meanwhile it has ended some program to get some. */
static int signal_of_fault(vm_fault_t fault, unsigned long addr)
{
	if (fault & VM_FAULT_NEVER_ENDS) {
		rule_broken(RULE_FAULT_NEVER_ENDS,
			    "the access to %#lx waits for a migration, or for a page lock, that only the same task can end",
			    addr);
		return SIGKILL;
	}
	if (fault & VM_FAULT_SIGSEGV)
		return SIGSEGV;
	return fault & VM_FAULT_ERROR & ~VM_FAULT_OOM ? SIGBUS : 0;
}

/*
 * One attempt, under the mmap lock: returns the entry if it allows the access. Otherwise faults
 * once, and returns NULL with what came of it in @fault.
 */
static pte_t *try_fault_in(struct mm_struct *mm, unsigned long addr, unsigned int flags,
			   vm_fault_t *fault)
{
	struct vm_area_struct *vma = find_vma_intersection(mm, addr, addr + 1);
	bool write = flags & FAULT_FLAG_WRITE;
	pte_t *ptep = page_table_find(mm, addr);

	*fault = VM_FAULT_SIGSEGV;
	if (!vma || !vma_allows(vma, write))
		return NULL;
	if (entry_allows(ptep, write))
		return ptep;
	*fault = handle_mm_fault(vma, addr, flags);
	return NULL;
}

/* The driver whose answers to the fault have not helped. */
static void note_who_answered(const pte_t *ptep)
{
	if (ptep && leaf_is_device_private(*ptep))
		report_note("the page is on a device, and the faults were answered by %pS",
			    (const char *)device_page_region(compound_head(leaf_page(*ptep)))->ops->migrate_to_ram + 1);
}

/* Makes the entry for @addr allow the access. Returns it, or NULL with the signal in @signal. */
static pte_t *fault_in(struct mm_struct *mm, unsigned long addr, bool write, int *signal)
{
	unsigned int flags = FAULT_FLAG_USER | (write ? FAULT_FLAG_WRITE : 0);
	vm_fault_t fault = 0;

	for (struct fault_count count = { 0 }; !has_faulted_too_often(&count); ) {
		pte_t *ptep;

		down_read(mm_lock(mm));
		ptep = try_fault_in(mm, addr, flags, &fault);
		up_read(mm_lock(mm));
		if (ptep)
			return ptep;
		*signal = signal_of_fault(fault, addr);
		if (*signal)
			return NULL;
	}
	if (fault & VM_FAULT_OOM) {
		*signal = SIGKILL;
		return NULL;
	}
	rule_broken(RULE_FAULT_LOOP,
		    "the %s %#lx faulted %d times and the entry still does not allow it; a real CPU would fault forever",
		    write ? "store to" : "load from", addr, MOST_FAULTS);
	note_who_answered(page_table_find(mm, addr));
	*signal = SIGKILL;
	return NULL;
}

/**
 * access_memory() - load from or store to a program's memory
 * @mm: the address space
 * @addr: first address
 * @buf: bytes to store, or room for the bytes loaded
 * @length: their number
 * @write: store instead of load
 * @left: for the number of bytes that were not reached, or NULL
 *
 * Return: 0, or the number of the signal that ends the access.
 */
int access_memory(struct mm_struct *mm, unsigned long addr, void *buf, unsigned long length,
		  bool write, unsigned long *left)
{
	int signal = 0;

	while (length) {
		unsigned long part = min(length, PAGE_SIZE - offset_in_page(addr));
		pte_t *ptep = fault_in(mm, addr, write, &signal);
		char *bytes;

		if (!ptep)
			break;
		bytes = (char *)frame_address(pfn_to_page(pte_pfn(*ptep))) + offset_in_page(addr);
		if (write) {
			memcpy(bytes, buf, part);
			set_pte(ptep, pte_mkyoung(pte_mkdirty(*ptep)));
		} else {
			memcpy(buf, bytes, part);
		}
		addr += part;
		buf = (char *)buf + part;
		length -= part;
	}
	if (left)
		*left = length;
	return signal;
}

/**
 * access_through_tlb() - serve a fault of the process that has the program's memory mapped
 * @mm: the address space
 * @addr: the address
 * @write: it was a store
 *
 * Return: 0 when the access will succeed if it is tried again, as long as nobody changes the page
 * tables before; or the number of a signal.
 */
int access_through_tlb(struct mm_struct *mm, unsigned long addr, bool write)
{
	int signal = 0;
	pte_t *ptep = fault_in(mm, addr, write, &signal);

	if (ptep)
		tlb_fill(ptep, write);
	return signal;
}

/**
 * get_user_page() - fault a page of a program in and take a reference
 * @mm: the address space
 * @addr: an address in the page
 * @write: the page is to be written to
 * @error: for -EFAULT
 *
 * Return: the page, or NULL.
 */
struct page *get_user_page(struct mm_struct *mm, unsigned long addr, bool write, int *error)
{
	int signal = 0;
	pte_t *ptep = fault_in(mm, addr, write, &signal);
	struct page *page;

	if (!ptep) {
		*error = -EFAULT;
		return NULL;
	}
	page = pfn_to_page(pte_pfn(*ptep));
	get_page(page);
	return page;
}

/**
 * get_user_page_locked() - get_user_page() for a caller who holds the mmap lock
 * @mm: the address space
 * @addr: an address in the page
 * @write: the page is to be written to
 * @error: for -EFAULT
 *
 * Return: the page, or NULL.
 */
struct page *get_user_page_locked(struct mm_struct *mm, unsigned long addr, bool write, int *error)
{
	unsigned int flags = FAULT_FLAG_REMOTE | (write ? FAULT_FLAG_WRITE : 0);

	for (struct fault_count count = { 0 }; !has_faulted_too_often(&count); ) {
		vm_fault_t fault;
		pte_t *ptep = try_fault_in(mm, addr, flags, &fault);

		if (ptep) {
			struct page *page = pfn_to_page(pte_pfn(*ptep));

			get_page(page);
			return page;
		}
		if (signal_of_fault(fault, addr))
			break;
	}
	*error = -EFAULT;
	return NULL;
}
