// SPDX-License-Identifier: GPL-2.0-only
/* program.c - a process: how it begins and ends, its threads and its files */
#include <linux/list.h>

#include "core/verify.h"
#include "host/host.h"
#include "include/program.h"
#include "kernel/kernel.h"
#include "kernel/schedule.h"
#include "kernel/wait.h"
#include "program/programs.h"

static LIST_HEAD(programs);

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

	for (int fd = 0; child && fd < MOST_FILES; fd++)
		child->files[fd] = p->files[fd] ? get_file(p->files[fd]) : NULL;
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

struct file *program_file(struct program *p, int fd)
{
	return fd >= 0 && fd < MOST_FILES ? p->files[fd] : NULL;
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
	struct file *file = program_file(p, fd);
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
	struct file *file = program_file(p, fd);
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
