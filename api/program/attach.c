// SPDX-License-Identifier: GPL-2.0-only
/* attach.c - the process becomes the program: real threads, plain pointers and real faults */
#include "core/core.h"
#include "host/host.h"
#include "include/program.h"
#include "kernel/kernel.h"
#include "kernel/wait.h"
#include "program/programs.h"

static struct program *attached;

/* The thread did something that a driver may not do: it used an address of a program. */
static void kernel_touched(unsigned long addr)
{
	rule_broken_fatal(RULE_USER_POINTER,
			  "the kernel accesses address %#lx of the program through a plain pointer", addr);
}

static bool has_copy(struct mm_struct *mm, unsigned long addr)
{
	pte_t *ptep = page_table_find(mm, addr);

	return ptep && tlb_has_copy(*ptep);
}

/* One fault of a thread. Returns 0 when the access is to be tried again, or a signal. */
static int serve(unsigned long addr, enum host_access access)
{
	struct task_struct *before;
	int signal;

	if (task_is_in_kernel())
		kernel_touched(addr);
	before = program_enter(attached);
	/* Where nobody says what the access is, one that a copy exists for must be a store. */
	if (access == HOST_UNKNOWN)
		access = has_copy(current->mm, addr) ? HOST_STORE : HOST_LOAD;
	signal = access_through_tlb(current->mm, addr, access == HOST_STORE);
	task_leave(before);
	return signal;
}

int program_attach(struct program *p)
{
	struct task_struct *before;
	int ret;

	if (attached)
		return -EBUSY;
	ret = host_catch_faults(PROGRAM_FIRST_ADDRESS, PROGRAM_END_ADDRESS, serve);
	if (ret)
		return ret;
	before = program_enter(p);
	attached = p;
	tasks_start_waiting(true);
	task_leave(before);
	return 0;
}

void program_detach(struct program *p)
{
	struct task_struct *before;

	if (attached != p)
		return;
	before = program_enter(p);
	host_release_faults();
	attached = NULL;
	tasks_start_waiting(false);
	task_leave(before);
}
