#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# Changes of the kernel that `migrate-vma port` follows by writing one expression in place of
# another: from the release on that wants the new form, and only where the old one is understood.
#
# Environment:
#	MIGRATE_VMA	the program

# shellcheck source=tests/runner/tap.sh
. tests/runner/tap.sh

# port TARGET STATEMENT: sets $output to what becomes of a statement in a function, $messages
port()
{
	cat >"$scratch/driver.c" <<-END
		#include <linux/migrate.h>
		struct dev_pagemap *foo(struct mm_struct *mm, struct vm_area_struct *vma,
					struct page *page, const struct mmu_notifier_range *range)
		{
			$2
		}
	END
	cp "$scratch/driver.c" "$scratch/before.c"
	messages=$("$MIGRATE_VMA" port -i -q --target="$1" "$scratch/driver.c" 2>&1)
	output=$(sed -n '5p' "$scratch/driver.c" | sed 's/^[[:blank:]]*//')
}

# becomes RELEASE OLD NEW: the release before RELEASE keeps OLD; $before says which that is
becomes()
{
	port "$1" "$2"
	expect_equal "for $1" "$3" "$output"
	port "$before" "$2"
	expect_equal "for $before" "$2" "$output"
}

stays()
{
	port "$1" "$2"
	expect_equal "for $1" "$2" "$output"
}

test_lock_of_an_address_space_is_taken_by_its_own_functions()
{
	before=5.7
	becomes 5.8 'down_read(&mm->mmap_sem);' 'mmap_read_lock(mm);'
	becomes 5.8 'up_write(&vma->vm_mm->mmap_sem);' 'mmap_write_unlock(vma->vm_mm);'
	becomes 5.8 'if (!down_read_trylock(&mm->mmap_sem)) return NULL;' \
		'if (!mmap_read_trylock(mm)) return NULL;'
}

test_other_uses_of_the_lock_name_it_anew()
{
	before=5.7
	becomes 5.8 'foo_wait(&mm->mmap_sem);' 'foo_wait(&mm->mmap_lock);'
}

test_flags_of_a_vma_are_set_by_functions()
{
	before=6.2
	becomes 6.3 'vma->vm_flags |= VM_IO | VM_PFNMAP;' 'vm_flags_set(vma, VM_IO | VM_PFNMAP);'
	becomes 6.3 'vma->vm_flags &= ~(VM_MAYWRITE | VM_MAYEXEC);' \
		'vm_flags_clear(vma, VM_MAYWRITE | VM_MAYEXEC);'
}

test_flags_that_are_assigned_are_left_and_named()
{
	stays 6.3 'vma->vm_flags = VM_IO;'
	expect_match "messages" "*vm_flags is read-only since 6.3*" "$messages"
}

test_member_of_a_page_is_no_member_of_the_driver_that_has_its_name()
{
	cat >"$scratch/driver.c" <<-'END'
		#include <linux/memremap.h>
		struct foo { struct dev_pagemap pgmap; };
		static struct foo *foo_of(struct page *page)
		{
			return container_of(page->pgmap, struct foo, pgmap);
		}
		static void foo_set(struct foo *foo) { foo->pgmap.nr_range = 1; }
	END
	"$MIGRATE_VMA" port -i -q --target=6.15 "$scratch/driver.c"
	expect_equal "the driver" "return container_of(page_pgmap(page), struct foo, pgmap);
static void foo_set(struct foo *foo) { foo->pgmap.nr_range = 1; }" "$(grep -e container_of -e nr_range "$scratch/driver.c")"
}

test_page_and_mapping_are_told_by_the_types_of_members()
{
	cat >"$scratch/driver.c" <<-'END'
		#include <linux/migrate.h>
		struct foo { struct page *first; struct vm_area_struct *area; };
		void *foo_owner(struct foo *foo, struct page **pages)
		{
			foo->area->vm_flags |= VM_IO;
			return pages[0]->pgmap == foo->first->pgmap ? foo : NULL;
		}
	END
	"$MIGRATE_VMA" port -i -q --target=6.15 "$scratch/driver.c"
	expect_equal "the driver" "vm_flags_set(foo->area, VM_IO);
return page_pgmap(pages[0]) == page_pgmap(foo->first) ? foo : NULL;" \
		"$(sed -n '5,6s/^[[:blank:]]*//p' "$scratch/driver.c")"
}

test_pagemap_of_a_page_is_asked_for()
{
	before=6.14
	becomes 6.15 'return page->pgmap;' 'return page_pgmap(page);'
	becomes 6.15 'return migrate_pfn_to_page(foo[0])->pgmap;' \
		'return page_pgmap(migrate_pfn_to_page(foo[0]));'
}

test_what_the_new_form_cannot_say_stays()
{
	stays 6.15 'foo_take(&page->pgmap);'
	stays 6.3 'vma->vm_flags |= foo, bar();'
	stays 6.8 'foo_count = eventfd_signal(foo_context, 1);'
}

test_member_of_another_struct_stays()
{
	stays 6.15 'return foo_device->pgmap;'
}

test_argument_goes_only_where_it_is_the_usual_one()
{
	before=6.17
	becomes 6.18 'return get_dev_pagemap(pfn, NULL);' 'return get_dev_pagemap(pfn);'
	stays 6.18 'return get_dev_pagemap(pfn, cached);'
	expect_match "messages" "*get_dev_pagemap() with two arguments is gone*" "$messages"
	before=6.3
	becomes 6.4 'foo_class = class_create(THIS_MODULE, "foo");' \
		'foo_class = class_create("foo");'
	before=6.7
	becomes 6.8 'eventfd_signal(foo_context, 1);' 'eventfd_signal(foo_context);'
}

test_arguments_are_added_where_the_first_may_be_written_twice()
{
	before=6.18
	becomes 6.19 'zone_device_page_init(page);' \
		'zone_device_page_init(page, page_pgmap(page), 0);'
	stays 6.19 'zone_device_page_init(foo_take());'
	expect_match "messages" "*zone_device_page_init() with one argument is gone*" "$messages"
}

test_owner_of_a_notification_has_its_later_name()
{
	before=5.13
	becomes 5.14 'return range->migrate_pgmap_owner;' 'return range->owner;'
}

test_directions_of_dma_have_their_general_names()
{
	before=5.17
	becomes 5.18 'foo_map(page, PCI_DMA_FROMDEVICE);' 'foo_map(page, DMA_FROM_DEVICE);'
}

test_device_of_pci_is_given_to_the_general_functions_of_dma()
{
	before=5.17
	becomes 5.18 'foo_addr = pci_map_page(pdev, page, 0, PAGE_SIZE, 0);' \
		'foo_addr = dma_map_page(&pdev->dev, page, 0, PAGE_SIZE, 0);'
	becomes 5.18 'foo_mem = pci_alloc_consistent(*foo_pdevs, 64, &foo_addr);' \
		'foo_mem = dma_alloc_coherent(&(*foo_pdevs)->dev, 64, &foo_addr, GFP_ATOMIC);'
	stays 5.18 'foo_addr = pci_map_page(NULL, page, 0, PAGE_SIZE, 0);'
}

test_maps_of_an_iommu_say_how_to_allocate()
{
	before=6.2
	becomes 6.3 'iommu_map(foo(mm), 0, 0, 64, 3);' 'iommu_map(foo(mm), 0, 0, 64, 3, GFP_KERNEL);'
	becomes 6.3 'iommu_map_atomic(foo_domain, 0, 0, 64, 3);' \
		'iommu_map(foo_domain, 0, 0, 64, 3, GFP_ATOMIC);'
}

test_pfn_of_a_type_of_its_own_is_a_number()
{
	before=6.16
	becomes 6.17 'return foo(vma, __pfn_to_pfn_t(foo_pfn, PFN_DEV));' 'return foo(vma, foo_pfn);'
	becomes 6.17 'return foo(vma, __pfn_to_pfn_t(1 + foo_pfn, PFN_DEV));' \
		'return foo(vma, (1 + foo_pfn));'
	becomes 6.17 'return foo(vma, phys_to_pfn_t(foo_start, PFN_DEV));' \
		'return foo(vma, PHYS_PFN(foo_start));'
}

test_second_tables_of_a_notifier_have_their_later_name()
{
	before=6.5
	becomes 6.6 'static const struct mmu_notifier_ops o = { .invalidate_range = foo_range };' \
		'static const struct mmu_notifier_ops o = { .arch_invalidate_secondary_tlbs = foo_range };'
	stays 6.6 'static const struct foo_ops o = { .invalidate_range = foo_range };'
}

test_arguments_for_what_nobody_asks_go()
{
	before=6.4
	becomes 6.5 'get_user_pages_remote(mm, 0, 1, 0, &page, NULL, NULL);' \
		'get_user_pages_remote(mm, 0, 1, 0, &page, NULL);'
	stays 6.5 'get_user_pages_remote(mm, 0, 1, 0, &page, &vma, NULL);'
	before=5.7
	becomes 5.8 'foo_p = __vmalloc(64, GFP_KERNEL, PAGE_KERNEL);' 'foo_p = __vmalloc(64, GFP_KERNEL);'
	stays 5.8 'foo_p = __vmalloc(64, GFP_KERNEL, PAGE_KERNEL_RO);'
}

test_name_that_the_driver_declares_stays()
{
	printf '%s\n' '#include <linux/migrate.h>' \
		'static void del_timer_sync(struct foo *foo) { foo_stop(foo); }' \
		'void foo_end(struct foo *foo) { del_timer_sync(foo); }' >"$scratch/driver.c"
	cp "$scratch/driver.c" "$scratch/before.c"
	expect_status 0 "$MIGRATE_VMA" port -i -q "$scratch/driver.c"
	expect_equal "the file" "$(cat "$scratch/before.c")" "$(cat "$scratch/driver.c")"
}

test_arm_for_other_kernels_stays()
{
	cat >"$scratch/driver.c" <<-'END'
		#include <linux/migrate.h>
		void foo(struct mm_struct *mm)
		{
		#ifdef HAVE_MMAP_LOCK
			mmap_read_lock(mm);
		#else
			down_read(&mm->mmap_sem);
		#endif
		}
	END
	cp "$scratch/driver.c" "$scratch/before.c"
	"$MIGRATE_VMA" port -i -q "$scratch/driver.c" 2>/dev/null
	expect_equal "the file" "$(cat "$scratch/before.c")" "$(cat "$scratch/driver.c")"
}

run_tests "$@"
