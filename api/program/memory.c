// SPDX-License-Identifier: GPL-2.0-only
/* memory.c - the memory of a process: system calls about it, and what the CPU does with it */
#include <linux/list.h>

#include "core/verify.h"
#include "host/host.h"
#include "include/program.h"
#include "kernel/kernel.h"
#include "kernel/wait.h"
#include "program/programs.h"

struct pin {
	struct list_head link;
	struct program *program;
	unsigned long addr;
	struct page *page;
	bool pinned;
};

static LIST_HEAD(pins);

static vm_flags_t vm_flags_of(int prot)
{
	vm_flags_t flags = (prot & PROGRAM_READ ? VM_READ : 0) |
			   (prot & PROGRAM_HUGE ? VM_HUGEPAGE : 0);

	/* As on most processors, what can be written can be read. */
	return prot & PROGRAM_WRITE ? flags | VM_READ | VM_WRITE : flags;
}

unsigned long program_map(struct program *p, unsigned long length, int prot)
{
	struct task_struct *before = program_enter(p);
	struct mm_struct *mm = p->task.mm;
	struct vm_area_struct *vma;

	down_write(mm_lock(mm));
	vma = vma_map(mm, 0, length, vm_flags_of(prot));
	up_write(mm_lock(mm));
	task_leave(before);
	return vma ? vma->vm_start : 0;
}

unsigned long program_map_at(struct program *p, unsigned long addr, unsigned long length, int prot)
{
	struct task_struct *before = program_enter(p);
	struct mm_struct *mm = p->task.mm;
	struct vm_area_struct *vma;

	down_write(mm_lock(mm));
	vma = addr ? vma_map(mm, addr, length, vm_flags_of(prot)) : NULL;
	up_write(mm_lock(mm));
	task_leave(before);
	return vma ? addr : 0;
}

unsigned long program_remap(struct program *p, unsigned long addr, unsigned long old_length,
			    unsigned long length, int how, unsigned long to)
{
	struct task_struct *before = program_enter(p);
	struct mm_struct *mm = p->task.mm;
	unsigned long ret;

	down_write(mm_lock(mm));
	ret = vma_remap(mm, addr, old_length, length, how, to);
	up_write(mm_lock(mm));
	task_leave(before);
	return ret;
}

int program_advise(struct program *p, unsigned long addr, unsigned long length,
		   enum program_advice advice)
{
	struct task_struct *before = program_enter(p);
	struct mm_struct *mm = p->task.mm;
	int ret;

	down_write(mm_lock(mm));
	ret = vma_advise(mm, addr, length, advice);
	up_write(mm_lock(mm));
	task_leave(before);
	return ret;
}

unsigned long program_map_device(struct program *p, int fd, unsigned long length, int prot)
{
	struct file *file = program_file(p, fd);
	struct mm_struct *mm = p->task.mm;
	struct vm_area_struct *vma;
	struct task_struct *before;
	struct list_head *open;
	int error;

	if (!file || !file->f_op->mmap)
		return 0;
	before = program_enter(p);
	open = verify_enter();
	down_write(mm_lock(mm));
	vma = vma_map_device(mm, file, length,
			     vm_flags_of(prot) |
			     (prot & PROGRAM_PRIVATE ? 0 : VM_SHARED | VM_MAYSHARE), &error);
	up_write(mm_lock(mm));
	verify_leave(open);
	task_leave(before);
	return vma ? vma->vm_start : 0;
}

struct program_file *program_create_file(unsigned long length)
{
	return (struct program_file *)page_cache_create(PAGE_ALIGN(length) >> PAGE_SHIFT);
}

static int access_file(struct program_file *file, unsigned long offset, char *buf,
		       unsigned long length, bool write)
{
	struct task_struct *before = task_enter(NULL);
	int ret = page_cache_access((struct address_space *)file, offset, buf, length, write);

	task_leave(before);
	return ret;
}

int program_read_file(struct program_file *file, unsigned long offset, void *buf,
		      unsigned long length)
{
	return access_file(file, offset, buf, length, false);
}

int program_write_file(struct program_file *file, unsigned long offset, const void *buf,
		       unsigned long length)
{
	return access_file(file, offset, (char *)buf, length, true);
}

unsigned long program_map_file(struct program *p, struct program_file *file, int prot, int shared)
{
	struct task_struct *before = program_enter(p);
	struct mm_struct *mm = p->task.mm;
	struct vm_area_struct *vma;

	down_write(mm_lock(mm));
	vma = vma_map_file(mm, (struct address_space *)file,
			   vm_flags_of(prot) | (shared ? VM_SHARED | VM_MAYSHARE : 0));
	up_write(mm_lock(mm));
	task_leave(before);
	return vma ? vma->vm_start : 0;
}

int program_unmap(struct program *p, unsigned long addr, unsigned long length)
{
	struct task_struct *before = program_enter(p);
	struct mm_struct *mm = p->task.mm;
	int ret;

	down_write(mm_lock(mm));
	ret = vma_unmap(mm, addr, length);
	up_write(mm_lock(mm));
	task_leave(before);
	return ret;
}

int program_protect(struct program *p, unsigned long addr, unsigned long length, int prot)
{
	struct task_struct *before = program_enter(p);
	struct mm_struct *mm = p->task.mm;
	int ret;

	down_write(mm_lock(mm));
	ret = vma_protect(mm, addr, length, vm_flags_of(prot));
	up_write(mm_lock(mm));
	task_leave(before);
	return ret;
}

int program_read(struct program *p, unsigned long addr, void *buf, unsigned long length)
{
	struct task_struct *before = program_enter(p);
	int signal = access_memory(p->task.mm, addr, buf, length, false, NULL);

	task_leave(before);
	return signal;
}

int program_write(struct program *p, unsigned long addr, const void *buf, unsigned long length)
{
	struct task_struct *before = program_enter(p);
	int signal = access_memory(p->task.mm, addr, (void *)buf, length, true, NULL);

	task_leave(before);
	return signal;
}

/* The whole pages that a range touches. */
static int change_lock(struct program *p, unsigned long addr, unsigned long length, bool lock)
{
	struct task_struct *before = program_enter(p);
	struct mm_struct *mm = p->task.mm;
	int ret;

	length = PAGE_ALIGN(length + offset_in_page(addr));
	addr &= PAGE_MASK;
	down_write(mm_lock(mm));
	ret = mlock_range(mm, addr, length, lock);
	up_write(mm_lock(mm));
	if (!ret && lock)
		ret = mlock_populate(mm, addr, length);
	task_leave(before);
	return ret;
}

int program_lock(struct program *p, unsigned long addr, unsigned long length)
{
	return change_lock(p, addr, length, true);
}

int program_unlock(struct program *p, unsigned long addr, unsigned long length)
{
	return change_lock(p, addr, length, false);
}

long program_swap_out(struct program *p, unsigned long addr, unsigned long length)
{
	struct task_struct *before = program_enter(p);
	struct mm_struct *mm = p->task.mm;
	long pages;

	down_read(mm_lock(mm));
	pages = swap_out_range(mm, addr, length);
	up_read(mm_lock(mm));
	task_leave(before);
	return pages;
}

/* As get_user_pages(), or with @flags as pin_user_pages(). */
static int hold(struct program *p, unsigned long addr, bool pinned, unsigned int flags)
{
	struct task_struct *before = program_enter(p);
	struct pin *pin = host_zalloc(sizeof(*pin));
	struct mm_struct *mm = p->task.mm;
	int ret = -EFAULT;

	if (pin)
		pin->page = pinned ? pin_page_of(mm, addr, flags, &ret) :
				     get_user_page(mm, addr, flags & FOLL_WRITE, &ret);
	if (pin && pin->page) {
		pin->program = p;
		pin->addr = addr & PAGE_MASK;
		pin->pinned = pinned;
		list_add(&pin->link, &pins);
		in_use.pinned_pages++;
		ret = 0;
	} else {
		host_free(pin);
	}
	task_leave(before);
	return ret;
}

int program_pin(struct program *p, unsigned long addr)
{
	return hold(p, addr, false, 0);
}

int program_pin_longterm(struct program *p, unsigned long addr)
{
	return hold(p, addr, true, FOLL_WRITE | FOLL_LONGTERM);
}

static void drop_pin(struct pin *pin)
{
	if (pin->pinned)
		unpin_user_page(pin->page);
	else
		put_page(pin->page);
	list_del(&pin->link);
	host_free(pin);
	in_use.pinned_pages--;
}

int program_unpin(struct program *p, unsigned long addr)
{
	struct task_struct *before = program_enter(p);
	struct pin *pin;
	int ret = -EINVAL;

	list_for_each_entry(pin, &pins, link) {
		if (pin->program == p && pin->addr == (addr & PAGE_MASK)) {
			drop_pin(pin);
			ret = 0;
			break;
		}
	}
	task_leave(before);
	return ret;
}

void programs_forget_pins(void)
{
	struct pin *pin, *next;

	list_for_each_entry_safe(pin, next, &pins, link)
		drop_pin(pin);
}
