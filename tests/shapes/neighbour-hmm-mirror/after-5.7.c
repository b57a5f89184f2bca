// SPDX-License-Identifier: GPL-2.0-only
/*
 * A dummy device for heterogeneous memory, as such drivers were written for Linux 4.14 to 5.2.
 */
#include <linux/hmm.h>
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

struct gig_device {
	struct hmm_devmem *devmem;
	struct device *device;
	unsigned long *free_pfns;
	spinlock_t lock;
	struct list_head mirrors;
};

struct gig_mirror {
	struct hmm_mirror mirror;
	struct gig_device *gdev;
	struct mm_struct *mm;
	struct list_head list;
};

struct gig_migrate {
	struct gig_device *gdev;
	const char *what;
	unsigned long done;
	int error;
};

static struct gig_device gig;

static void gig_sync_cpu_device_pagetables(struct hmm_mirror *mirror,
					   enum hmm_update_type update,
					   unsigned long start, unsigned long end)
{
	struct gig_mirror *gmirror = container_of(mirror, struct gig_mirror, mirror);

	gig_unmap(gmirror->gdev, start, end);
}

static const struct hmm_mirror_ops gig_mirror_ops = {
	.sync_cpu_device_pagetables = gig_sync_cpu_device_pagetables,
};

static void gig_devmem_free(struct hmm_devmem *devmem, struct page *page)
{
	struct gig_device *gdev = (void *)hmm_devmem_page_get_drvdata(page);

	spin_lock(&gdev->lock);
	clear_bit(page_to_pfn(page) - devmem->pfn_first, gdev->free_pfns);
	spin_unlock(&gdev->lock);
}

static struct page *gig_alloc(struct gig_device *gdev)
{
	struct hmm_devmem *devmem = gdev->devmem;
	unsigned long i, nr = devmem->pfn_last - devmem->pfn_first;
	struct page *page;

	spin_lock(&gdev->lock);
	i = find_first_zero_bit(gdev->free_pfns, nr);
	if (i < nr)
		set_bit(i, gdev->free_pfns);
	spin_unlock(&gdev->lock);
	if (i >= nr)
		return NULL;
	page = pfn_to_page(devmem->pfn_first + i);
	hmm_devmem_page_set_drvdata(page, (unsigned long)gdev);
	get_page(page);
	lock_page(page);
	return page;
}

static void gig_fault_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src_pfns,
				     unsigned long *dst_pfns, unsigned long start,
				     unsigned long end, struct gig_migrate *gmigrate, bool *failed)
{
	unsigned long addr;

	for (addr = start; addr < end; addr += PAGE_SIZE, src_pfns++, dst_pfns++) {
		struct page *spage = migrate_pfn_to_page(*src_pfns);
		struct page *dpage;

		*dst_pfns = 0;
		if (!(spage && is_device_private_page(spage)) || !(*src_pfns & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = hmm_vma_alloc_locked_page(vma, addr);
		if (!dpage) {
			*dst_pfns = 0;
			*failed = true;
			continue;
		}
		gig_copy_from_device(gmigrate->gdev, dpage, spage);
		*dst_pfns = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static int gig_devmem_fault(struct hmm_devmem *devmem, struct vm_area_struct *vma,
			    unsigned long addr, const struct page *page, unsigned int flags,
			    pmd_t *pmdp)
{
	struct gig_device *gdev = dev_get_drvdata(devmem->device);
	struct gig_migrate gmigrate = { .gdev = gdev, .what = "fault" };
	unsigned long src_pfns, dst_pfns;
	bool failed = false;
	int ret;
	struct migrate_vma args = {
		.vma		= vma,
		.start		= addr,
		.end		= addr + PAGE_SIZE,
		.src		= &src_pfns,
		.dst		= &dst_pfns,
		.src_owner	= page->pgmap->owner,
	};

	/* One page; more would do. */
	ret = migrate_vma_setup(&args);
	if (ret)
		return VM_FAULT_SIGBUS;
	if (args.cpages) {
		gig_fault_alloc_and_copy(args.vma, args.src, args.dst, args.start, args.end,
					 &gmigrate, &failed);
		migrate_vma_pages(&args);
		migrate_vma_finalize(&args);
	}
	if (failed)
		return VM_FAULT_SIGBUS;
	return 0;
}

static const struct hmm_devmem_ops gig_devmem_ops = {
	.free = gig_devmem_free,
	.fault = gig_devmem_fault,
};

static void gig_migrate_alloc_and_copy(const unsigned long *src_pfns, unsigned long *dst_pfns,
				       unsigned long start, unsigned long end,
				       struct gig_migrate *gmigrate)
{
	struct gig_device *gdev = gmigrate->gdev;
	unsigned long addr;

	for (addr = start; addr < end; addr += PAGE_SIZE, src_pfns++, dst_pfns++) {
		struct page *spage = migrate_pfn_to_page(*src_pfns);
		struct page *dpage;

		*dst_pfns = 0;
		if (!(*src_pfns & MIGRATE_PFN_MIGRATE))
			continue;
		if (spage && is_device_private_page(spage))
			continue;
		dpage = gig_alloc(gdev);
		if (!dpage) {
			gmigrate->error = -ENOMEM;
			continue;
		}
		gig_copy_to_device(gdev, dpage, spage);
		*dst_pfns = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void gig_migrate_finalize_and_map(const unsigned long *src_pfns,
					 const unsigned long *dst_pfns, unsigned long start,
					 unsigned long end, struct gig_migrate *gmigrate)
{
	unsigned long addr;

	for (addr = start; addr < end; addr += PAGE_SIZE, src_pfns++, dst_pfns++) {
		if (!(*src_pfns & MIGRATE_PFN_MIGRATE))
			continue;
		if (!(*dst_pfns & MIGRATE_PFN_VALID))
			continue;
		gmigrate->done++;
	}
}

static int gig_migrate(struct gig_mirror *gmirror, unsigned long start, unsigned long end)
{
	struct gig_migrate gmigrate = { .gdev = gmirror->gdev, .what = "migrate" };
	struct mm_struct *mm = gmirror->mm;
	struct vm_area_struct *vma;
	unsigned long addr, next;
	int ret = 0;

	down_read(&mm->mmap_sem);
	for (addr = start; addr < end; addr = next) {
		unsigned long src_pfns[64];
		unsigned long dst_pfns[64];
		struct migrate_vma args = {
			.src	= src_pfns,
			.dst	= dst_pfns,
		};

		vma = find_vma_intersection(mm, addr, end);
		if (!vma || addr < vma->vm_start) {
			ret = -EINVAL;
			goto out;
		}
		next = min(end, addr + (64 << PAGE_SHIFT));
		if (next > vma->vm_end)
			next = vma->vm_end;

		args.vma = vma;
		args.start = addr & PAGE_MASK;
		args.end = next;
		ret = migrate_vma_setup(&args);
		if (ret)
			goto out;
		if (args.cpages) {
			gig_migrate_alloc_and_copy(args.src, args.dst, args.start, args.end,
						   &gmigrate);
			migrate_vma_pages(&args);
			gig_migrate_finalize_and_map(args.src, args.dst, args.start, args.end,
						     &gmigrate);
			migrate_vma_finalize(&args);
		}
	}
	ret = gmigrate.error;
out:
	up_read(&mm->mmap_sem);
	return ret;
}

int gig_register(struct gig_mirror *gmirror, struct mm_struct *mm)
{
	gmirror->mirror.ops = &gig_mirror_ops;
	gmirror->mm = mm;
	return hmm_mirror_register(&gmirror->mirror, mm);
}

int gig_probe(struct device *device)
{
	gig.devmem = hmm_devmem_add(&gig_devmem_ops, device, 64 << 20);
	if (IS_ERR(gig.devmem))
		return PTR_ERR(gig.devmem);
	return gig_misc_register(&gig, gig_migrate);
}
