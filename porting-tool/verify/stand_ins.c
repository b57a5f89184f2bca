// SPDX-License-Identifier: GPL-2.0-only
#include "stand_ins.h"

#include <string.h>

#include "analyse/symbols.h"
#include "syntax/statement.h"

/* Only what a text that stands alone needs; the kernel's own headers say much more. */
static const char fixed[] =
	"typedef _Bool bool;\n"
	"enum { false, true };\n"
	"#define NULL ((void *)0)\n"
	"typedef unsigned char u8, __u8; typedef signed char s8;\n"
	"typedef unsigned short u16, __u16; typedef short s16;\n"
	"typedef unsigned int u32, __u32, gfp_t, vm_fault_t; typedef int s32, __s32;\n"
	"typedef unsigned long long u64, __u64, dma_addr_t, phys_addr_t, resource_size_t;\n"
	"typedef long long s64, __s64, loff_t; typedef unsigned long size_t, ulong, pgoff_t;\n"
	"typedef long ssize_t; typedef unsigned int uint, fmode_t; typedef int pid_t;\n"
	"typedef struct { int counter; } atomic_t, refcount_t, spinlock_t;\n"
	"typedef struct { long counter; } atomic64_t, atomic_long_t;\n"
	"#define __init\n#define __exit\n#define __user\n#define __iomem\n#define __force\n"
	"#define __rcu\n#define __percpu\n#define __must_check\n#define __maybe_unused\n"
	"#define __always_inline inline\n#define noinline\n#define __read_mostly\n"
	"#define __packed\n#define __weak\n#define __initdata\n#define __ro_after_init\n"
	"#define __always_unused\n#define __cold\n#define __hot\n#define __refdata\n"
	"#define __must_hold(x)\n#define __acquires(x)\n#define __releases(x)\n"
	"#define __bitwise\n#define __nocast\n#define __private\n#define asmlinkage\n"
	"#define EXPORT_SYMBOL(x)\n#define EXPORT_SYMBOL_GPL(x)\n#define MODULE_LICENSE(x)\n"
	"#define module_init(x)\n#define module_exit(x)\n#define fallthrough\n"
	"#define MODULE_AUTHOR(x)\n#define MODULE_DESCRIPTION(x)\n#define MODULE_VERSION(x)\n"
	"#define MODULE_IMPORT_NS(x)\n"
	"#define KERNEL_VERSION(a, b, c) (((a) << 16) + ((b) << 8) + (c))\n"
	"#define LINUX_VERSION_CODE KERNEL_VERSION(5, 3, 0)\n"
	"#define IS_ENABLED(option) (option)\n"
	"enum { CONFIG_DEVICE_PRIVATE = 1, CONFIG_MIGRATE_VMA_HELPER = 1 };\n"
	"enum { PAGE_SHIFT = 12, PAGE_SIZE = 4096, BITS_PER_LONG = 64 };\n"
	"#define PAGE_MASK (~(PAGE_SIZE - 1UL))\n"
	"enum { EPERM = 1, ENOENT, EIO, EAGAIN, ENOMEM, EACCES, EFAULT, EBUSY, EEXIST, ENODEV,\n"
	"	EINVAL, ENOSPC, ERANGE, ENOSYS, EOPNOTSUPP, ETIMEDOUT, EINTR, ERESTARTSYS };\n"
	"enum { VM_FAULT_OOM = 1, VM_FAULT_SIGBUS = 2, GFP_KERNEL = 1, GFP_ATOMIC = 2 };\n"
	"enum { HMM_FAULT_ALLOW_RETRY = 1 };\n"
	"struct proc_ops { const void *proc_open, *proc_read, *proc_write, *proc_lseek, *proc_release,\n"
	"	*proc_poll, *proc_ioctl, *proc_compat_ioctl, *proc_mmap, *proc_get_unmapped_area; };\n"
	"struct page; struct mm_struct;\n"
	"struct vm_area_struct { unsigned long vm_start, vm_end, vm_flags; struct mm_struct "
	"*vm_mm; };\n"
	"struct vm_fault { struct vm_area_struct *vma; unsigned int flags; unsigned long address;\n"
	"	struct page *page; void *pmd, *pte; };\n"
	"struct range { u64 start, end; }; u64 range_len(const struct range *range);\n"
	"struct resource { resource_size_t start, end; };\n"
	"struct dev_pagemap { int type; void *owner; const void *ops; void *data;\n"
	"	struct range range; struct resource res; int nr_range; };\n"
	"struct page { unsigned long flags; struct dev_pagemap *pgmap; void *zone_device_data; };\n"
	"struct folio { struct page page; };\n"
	"struct folio *page_folio(struct page *page);\n"
	"struct dev_pagemap *page_pgmap(const struct page *page);\n"
	"void zone_device_page_init();\n"
	"struct page *make_device_exclusive(struct mm_struct *mm, unsigned long addr, void *owner,\n"
	"	struct folio **foliop);\n"
	"#define IS_ERR(pointer) ((unsigned long)(pointer) >= -4095UL)\n"
	"void *ERR_PTR(long error);\n"
	"void *ERR_CAST(const void *pointer);\n"
	"long PTR_ERR(const void *pointer);\n"
	"struct page *migrate_pfn_to_page(unsigned long mpfn);\n"
	"unsigned long migrate_pfn(unsigned long pfn);\n"
	"unsigned long page_to_pfn(const struct page *page);\n"
	"bool is_device_private_page(const struct page *page);\n"
	"enum { MIGRATE_PFN_VALID = 1, MIGRATE_PFN_MIGRATE = 2, MIGRATE_PFN_LOCKED = 4,\n"
	"	MIGRATE_PFN_WRITE = 8, MIGRATE_PFN_DEVICE = 16, MIGRATE_PFN_ERROR = 32,\n"
	"	MIGRATE_PFN_SHIFT = 6 };\n"
	"enum { MIGRATE_VMA_SELECT_SYSTEM = 1, MIGRATE_VMA_SELECT_DEVICE_PRIVATE = 2 };\n"
	"struct migrate_vma { struct vm_area_struct *vma; unsigned long *dst, *src, cpages, "
	"npages;\n"
	"	unsigned long start, end; void *src_owner, *pgmap_owner; unsigned long flags;\n"
	"	struct page *fault_page; };\n"
	"int migrate_vma_setup(struct migrate_vma *args);\n"
	"void migrate_vma_pages(struct migrate_vma *migrate);\n"
	"void migrate_vma_finalize(struct migrate_vma *migrate);\n"
	"struct migrate_vma_ops {\n"
	"	void (*alloc_and_copy)(struct vm_area_struct *vma, const unsigned long *src,\n"
	"		unsigned long *dst, unsigned long start, unsigned long end, void "
	"*private);\n"
	"	void (*finalize_and_map)(struct vm_area_struct *vma, const unsigned long *src,\n"
	"		const unsigned long *dst, unsigned long start, unsigned long end, void "
	"*private);\n"
	"};\n"
	"int migrate_vma(const struct migrate_vma_ops *ops, struct vm_area_struct *vma,\n"
	"	unsigned long start, unsigned long end, unsigned long *src, unsigned long *dst,\n"
	"	void *private);\n";

/* What the successors of the hmm_devmem API need in addition. */
static const char for_devmem[] =
	"struct device;\n"
	"extern struct resource iomem_resource;\n"
	"enum { MEMORY_DEVICE_PRIVATE = 1, GFP_HIGHUSER = 2 };\n"
	"#define PHYS_PFN(address) ((unsigned long)((address) >> PAGE_SHIFT))\n"
	"#define container_of(pointer, type, member) \\\n"
	"	((type *)((char *)(pointer) - __builtin_offsetof(type, member)))\n"
	"resource_size_t resource_size(const struct resource *resource);\n"
	"void *devm_kzalloc(struct device *device, size_t size, gfp_t gfp);\n"
	"struct resource *devm_request_free_mem_region(struct device *device,\n"
	"	struct resource *base, unsigned long size);\n"
	"void devm_release_mem_region(struct device *device, resource_size_t start,\n"
	"	resource_size_t size);\n"
	"void *devm_memremap_pages(struct device *device, struct dev_pagemap *pagemap);\n"
	"void devm_memunmap_pages(struct device *device, struct dev_pagemap *pagemap);\n"
	"struct page *alloc_page_vma(gfp_t gfp, struct vm_area_struct *vma, unsigned long addr);\n"
	"void lock_page(struct page *page);\n"
	"struct dev_pagemap_ops {\n"
	"	void (*page_free)(struct page *page);\n"
	"	void (*folio_free)(struct folio *folio);\n"
	"	vm_fault_t (*migrate_to_ram)(struct vm_fault *vmf);\n"
	"};\n";

static bool uses_devmem(const struct driver *driver)
{
	return driver->devmem && (symbol_find(&driver->program, "hmm_devmem_add") ||
				   symbol_find(&driver->program, "hmm_vma_alloc_locked_page"));
}

/* Whether the file itself says what a type name is, or the fixed part does. */
static bool type_is_known(const struct unit *unit, const char *known, const char *name)
{
	const struct syntax *syntax = &unit->syntax;
	size_t length = strlen(name);
	const char *at = known;

	while ((at = strstr(at, name))) {
		bool starts = at == known ||
			      !strchr("_abcdefghijklmnopqrstuvwxyz0123456789", at[-1]);

		if (starts && strchr(" ,;()\n{", at[length]))
			return true;
		at += length;
	}
	for (struct node *node = syntax->file->child; node; node = node->next)
		if (node->kind == NODE_DECLARATION && code_is(syntax, node->first, "typedef"))
			for (uint32_t i = node->first; i <= node->last; i++)
				if (code_is(syntax, i, name))
					return true;
	return macro_find(unit, name) != NULL;
}

/* A type written as one name, behind at most storage and qualifiers. */
static const char *plain_type(const struct syntax *syntax, struct span words)
{
	for (uint32_t i = words.first; i <= words.last; i++) {
		if (code_is(syntax, i, "struct") || code_is(syntax, i, "union") ||
		    code_is(syntax, i, "enum") || code_is(syntax, i, "typedef"))
			return NULL;
		if (code_identifier(syntax, i) && i == words.last)
			return code_text(syntax, i, i);
	}
	return NULL;
}

/*
 * "struct x;" for every struct the file names: one that is first seen in a parameter list would be
 * another type in each of them.
 */
static char *tags_text(const struct driver *driver, const struct unit *unit)
{
	const struct syntax *syntax = &unit->syntax;
	char *text = arena_printf(driver->arena, "%s", "");

	for (uint32_t i = 1; i < syntax->code.count; i++) {
		bool is_union = code_is(syntax, i - 1, "union");
		const char *tag;

		if (!code_identifier(syntax, i) ||
		    (!is_union && !code_is(syntax, i - 1, "struct")))
			continue;
		tag = arena_printf(driver->arena, "%s %s;\n", is_union ? "union" : "struct",
				   code_text(syntax, i, i));
		if (!strstr(text, tag))
			text = arena_printf(driver->arena, "%s%s", text, tag);
	}
	return text;
}

/*
 * A callback that keeps its head may be declared in a header that is out of sight, and be called
 * above its definition: the prototype that header has is the head itself.
 */
const char *stand_ins_text(const struct driver *driver, const struct unit *unit)
{
	const struct syntax *syntax = &unit->syntax;
	char *text = arena_printf(driver->arena, "%s%s%s", fixed,
				  uses_devmem(driver) ? for_devmem : "", tags_text(driver, unit));

	for (struct node *node = syntax->file; node; node = node_after(node, syntax->file)) {
		struct declarator *list = NULL;
		size_t count = 0;

		if (node->kind == NODE_DECLARATION)
			count = declaration_parse(syntax, (struct span){ node->first, node->last },
						  &list) > 0;
		else if (node->kind == NODE_FUNCTION)
			count = parameters_parse(syntax, node, &list);
		for (size_t i = 0; i < count; i++) {
			const char *name = plain_type(syntax, list[i].specifiers);

			if (name && !type_is_known(unit, text, name))
				text = arena_printf(driver->arena, "%stypedef int %s;\n", text,
						    name);
		}
	}
	for (size_t i = 0; i < driver->callback_count; i++) {
		const struct callback *callback = driver->callbacks[i];

		if (callback->unit == unit && callback->keeps_signature)
			text = arena_printf(driver->arena, "%s%s;\n", text,
					    code_line(syntax, callback->function->first,
						      callback->function->head_close));
	}
	return text;
}
