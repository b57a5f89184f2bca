// SPDX-License-Identifier: GPL-2.0-only
/* program.c - a process: its memory, its files, and what the CPU does for it */
#include <linux/list.h>

#include "core/verify.h"
#include "host/host.h"
#include "include/program.h"
#include "kernel/kernel.h"
#include "kernel/schedule.h"
#include "kernel/wait.h"
#include "program/programs.h"

#define MOST_FILES	16

struct program {
	struct list_head link;
	struct task_struct task;
	struct list_head threads;
	struct file *files[MOST_FILES];
};

struct pin {
	struct list_head link;
	struct program *program;
	unsigned long addr;
	struct page *page;
};

static LIST_HEAD(programs);
static LIST_HEAD(pins);

/* The first thread of a program has the task of the program itself, the others one each. */
static struct task_struct *thread_of(struct program *p)
{
	unsigned long thread = host_thread();
	struct task_struct *task;

	if (!threads_exist || p->task.thread == thread)
		return &p->task;
	list_for_each_entry(task, &p->threads, link)
		if (task->thread == thread)
			return task;
	task = host_zalloc(sizeof(*task));
	BUG_ON(!task);
	task_init(task, "program", p->task.mm);
	task->tgid = p->task.tgid;
	task->group_leader = &p->task;
	task->thread = thread;
	list_add(&task->link, &p->threads);
	return task;
}

/* For looking only: nothing else is done meanwhile. */
static struct task_struct *program_look(struct program *p)
{
	struct task_struct *before = task_enter(NULL);

	task_switch(thread_of(p));
	return before;
}

struct task_struct *program_enter(struct program *p)
{
	struct task_struct *before = program_look(p);

	if (unlikely(others_exist))
		schedule_entered();
	return before;
}

static void forget_threads(struct program *p)
{
	struct task_struct *task, *next;

	list_for_each_entry_safe(task, next, &p->threads, link)
		host_free(task);
	INIT_LIST_HEAD(&p->threads);
}

static struct program *program_with(struct mm_struct *mm)
{
	struct program *p = mm ? host_zalloc(sizeof(*p)) : NULL;

	if (!p) {
		if (mm)
			mmput(mm);
		return NULL;
	}
	task_init(&p->task, "program", mm);
	p->task.thread = host_thread();
	INIT_LIST_HEAD(&p->threads);
	list_add_tail(&p->link, &programs);
	return p;
}

struct program *program_start(void)
{
	struct task_struct *before = task_enter(NULL);
	struct program *p = program_with(mm_alloc());

	task_leave(before);
	return p;
}

struct program *program_fork(struct program *p)
{
	struct task_struct *before = program_enter(p);
	struct program *child = program_with(mm_fork(p->task.mm));

	task_leave(before);
	return child;
}

void program_exit(struct program *p)
{
	struct task_struct *before;
	struct mm_struct *mm = p->task.mm;

	program_detach(p);
	before = program_enter(p);
	p->task.mm = NULL;
	mmput(mm);
	for (int fd = 0; fd < MOST_FILES; fd++)
		program_close(p, fd);
	list_del(&p->link);
	task_leave(before == &p->task ? NULL : before);
	forget_threads(p);
	host_free(p);
}

void programs_exit_all(void)
{
	struct program *p, *next;

	list_for_each_entry_safe(p, next, &programs, link)
		program_exit(p);
}

static struct file *file_of(struct program *p, int fd)
{
	return fd >= 0 && fd < MOST_FILES ? p->files[fd] : NULL;
}

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
	vma = vma_map(mm, length, vm_flags_of(prot));
	up_write(mm_lock(mm));
	task_leave(before);
	return vma ? vma->vm_start : 0;
}

unsigned long program_map_device(struct program *p, int fd, unsigned long length, int prot)
{
	struct file *file = file_of(p, fd);
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
	vma = vma_map_device(mm, file, length, vm_flags_of(prot), &error);
	up_write(mm_lock(mm));
	verify_leave(open);
	task_leave(before);
	return vma ? vma->vm_start : 0;
}

struct program_file *program_create_file(unsigned long length)
{
	return (struct program_file *)page_cache_create(PAGE_ALIGN(length) >> PAGE_SHIFT);
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

int program_pin(struct program *p, unsigned long addr)
{
	struct task_struct *before = program_enter(p);
	struct pin *pin = host_zalloc(sizeof(*pin));
	int ret = -EFAULT;

	if (pin)
		pin->page = get_user_page(p->task.mm, addr, false, &ret);
	if (pin && pin->page) {
		pin->program = p;
		pin->addr = addr & PAGE_MASK;
		list_add(&pin->link, &pins);
		in_use.pinned_pages++;
		ret = 0;
	} else {
		host_free(pin);
	}
	task_leave(before);
	return ret;
}

static void drop_pin(struct pin *pin)
{
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

int program_open(struct program *p, const char *path)
{
	struct list_head *open;
	struct task_struct *before;
	int fd = 0, error;

	while (fd < MOST_FILES && p->files[fd])
		fd++;
	if (fd == MOST_FILES)
		return -EMFILE;
	before = program_enter(p);
	open = verify_enter();
	p->files[fd] = chardev_open(path, &error);
	verify_leave(open);
	task_leave(before);
	return p->files[fd] ? fd : error;
}

long program_ioctl(struct program *p, int fd, unsigned int cmd, void *arg)
{
	struct file *file = file_of(p, fd);
	struct task_struct *before;
	struct list_head *open;
	long ret;

	if (!file)
		return -EBADF;
	before = program_enter(p);
	open = verify_enter();
	ret = chardev_ioctl(file, cmd, (unsigned long)arg);
	verify_leave(open);
	task_leave(before);
	return ret;
}

int program_close(struct program *p, int fd)
{
	struct file *file = file_of(p, fd);
	struct list_head *open;
	struct task_struct *before;

	if (!file)
		return -EBADF;
	before = program_enter(p);
	p->files[fd] = NULL;
	open = verify_enter();
	chardev_close(file);
	verify_leave(open);
	task_leave(before);
	return 0;
}

static struct program_page_info page_info(pte_t *ptep)
{
	struct program_page_info info = { .where = PROGRAM_PAGE_NONE };
	struct page *page;

	if (!ptep || pte_none(*ptep))
		return info;
	if (leaf_is_swap(*ptep)) {
		info.where = PROGRAM_PAGE_SWAPPED;
		return info;
	}
	if (pte_present(*ptep)) {
		page = pfn_to_page(pte_pfn(*ptep));
		info.where = is_zero_pfn(pte_pfn(*ptep)) ? PROGRAM_PAGE_ZERO :
			     is_zone_device_page(page) ? PROGRAM_PAGE_DEVICE : PROGRAM_PAGE_SYSTEM;
		info.writable = pte_write(*ptep);
	} else {
		page = leaf_page(*ptep);
		info.where = PROGRAM_PAGE_DEVICE;
		if (leaf_is_migration(*ptep))
			info.where = PROGRAM_PAGE_MIGRATING;
		else if (leaf_is_exclusive(*ptep))
			info.where = PROGRAM_PAGE_EXCLUSIVE;
		info.writable = leaf_is_writable(*ptep);
	}
	info.refcount = page_count(page);
	info.mapcount = page_mapcount(page);
	info.locked = PageLocked(page);
	info.huge = PageCompound(page);
	info.mlocked = PageMlocked(page);
	return info;
}

struct program_page_info program_page(struct program *p, unsigned long addr)
{
	struct task_struct *before = program_look(p);
	struct program_page_info info = page_info(page_table_find(p->task.mm, addr));

	task_leave(before);
	return info;
}
