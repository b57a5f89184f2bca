#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# What `migrate-vma port` writes anew in drivers in three steps of Linux 5.4 to 5.8: what is
# selected, the addresses of a pagemap, and the lock of the page that faulted.
#
# Environment:
#	MIGRATE_VMA	the program

# shellcheck source=tests/runner/tap.sh
. tests/runner/tap.sh

# port TARGET: port the driver on standard input in place; its text is in $output then
port()
{
	cat >"$scratch/driver.c"
	cp "$scratch/driver.c" "$scratch/before.c"
	messages=$("$MIGRATE_VMA" port -i -q --target="$1" "$scratch/driver.c" 2>&1)
	output=$(cat "$scratch/driver.c")
}

# changed: the lines that are new, without white space in front
changed()
{
	diff "$scratch/before.c" "$scratch/driver.c" | sed -n 's/^> [[:blank:]]*//p'
}

expect_unchanged()
{
	expect_equal "the driver" "$(cat "$scratch/before.c")" "$output"
}

# step MEMBERS: a first step with an initialiser and MEMBERS in it
step()
{
	cat <<-END
		#include <linux/migrate.h>
		#include <linux/memremap.h>

		static int foo_move(struct foo *foo, struct vm_area_struct *vma, void *owner)
		{
			unsigned long src = 0, dst = 0;
			struct migrate_vma args = {
				.vma		= vma,
				.start		= vma->vm_start,
				.end		= vma->vm_start + PAGE_SIZE,
				.src		= &src,
				.dst		= &dst,
				$1
			};

			if (migrate_vma_setup(&args))
				return -EINVAL;
			dst = foo_copy(foo, src);
			migrate_vma_pages(&args);
			migrate_vma_finalize(&args);
			return 0;
		}
	END
}

test_no_owner_selects_pages_of_system_memory()
{
	step '.src_owner	= NULL,' >"$scratch/in"
	port 5.9 <"$scratch/in"
	expect_equal "what is new" ".flags		= MIGRATE_VMA_SELECT_SYSTEM," "$(changed)"
	expect_equal "messages" "" "$messages"
	port 5.8 <"$scratch/in"
	expect_unchanged
}

test_owner_selects_its_pages_of_the_device()
{
	step '.src_owner	= foo->dev,' >"$scratch/in"
	port 5.9 <"$scratch/in"
	expect_equal "what is new" ".pgmap_owner	= foo->dev,
.flags		= MIGRATE_VMA_SELECT_DEVICE_PRIVATE," "$(changed)"
}

test_owner_that_is_assigned_brings_flags_behind_it()
{
	step '' | sed 's/^if (migrate_vma_setup/args.src_owner = \&foo_owner;\n&/' >"$scratch/in"
	port 5.9 <"$scratch/in"
	expect_equal "what is new" "args.pgmap_owner = &foo_owner;
args.flags = MIGRATE_VMA_SELECT_DEVICE_PRIVATE;" "$(changed)"
}

test_owner_that_may_be_null_is_left_with_the_reason()
{
	step '.src_owner	= owner,' >"$scratch/in"
	port 5.9 <"$scratch/in"
	expect_unchanged
	expect_match "messages" "*this may be NULL, which selected pages of system memory*" "$messages"
}

test_step_without_an_owner_selects_system_memory_where_others_have_one()
{
	{
		step '.src_owner	= foo->dev,'
		step '' | sed '1,2d; s/foo_move/foo_move_in/'
	} >"$scratch/in"
	port 5.9 <"$scratch/in"
	expect_equal "what is new" ".pgmap_owner	= foo->dev,
.flags		= MIGRATE_VMA_SELECT_DEVICE_PRIVATE,
.flags		= MIGRATE_VMA_SELECT_SYSTEM," "$(changed)"
	expect_equal "messages" "" "$messages"
}

pagemap()
{
	cat <<-END
		#include <linux/memremap.h>

		static void *foo_setup(struct foo *foo, struct device *dev, struct resource *res)
		{
			foo->pagemap.type = MEMORY_DEVICE_PRIVATE;
			foo->pagemap.ops = &foo_ops;
			foo->pagemap.owner = foo;
			$1
			foo->size = resource_size(&foo->pagemap.res);
			foo->first = foo->pagemap.res.start >> PAGE_SHIFT;
			return devm_memremap_pages(dev, &foo->pagemap);
		}
	END
}

# silent: a driver of 5.4, whose first steps say nothing of what they collect
silent()
{
	step "" | sed '/^\t*$/d'
	cat <<-'END'

		static vm_fault_t foo_fault(struct vm_fault *vmf)
		{
			unsigned long src = 0, dst = 0;
			struct migrate_vma args;
			struct page *page;

			args.vma = vmf->vma;
			args.start = vmf->address;
			args.end = vmf->address + PAGE_SIZE;
			args.src = &src;
			args.dst = &dst;
			if (migrate_vma_setup(&args))
				return VM_FAULT_SIGBUS;
			page = alloc_page(GFP_HIGHUSER);
			if (page) {
				lock_page(page);
				foo_copy_back(page, src);
				dst = migrate_pfn(page_to_pfn(page)) | MIGRATE_PFN_LOCKED;
			}
			migrate_vma_pages(&args);
			migrate_vma_finalize(&args);
			return page ? 0 : VM_FAULT_OOM;
		}

		static const struct dev_pagemap_ops foo_ops = { .migrate_to_ram = foo_fault };

		static void foo_add(struct dev_pagemap *pagemap)
		{
			pagemap->type = MEMORY_DEVICE_PRIVATE;
			pagemap->ops = &foo_ops;
		}
	END
}

test_steps_that_say_nothing_get_flags_and_owners()
{
	silent >"$scratch/in"
	port 5.10 <"$scratch/in"
	expect_equal "messages" "" "$messages"
	expect_equal "what is new" "/* Only its address counts: it marks the device memory as this driver's. */
static char foo_pgmap_owner;

.pgmap_owner	= &foo_pgmap_owner,
.flags		= MIGRATE_VMA_SELECT_SYSTEM | MIGRATE_VMA_SELECT_DEVICE_PRIVATE,
struct migrate_vma args = { 0 };
args.pgmap_owner = &foo_pgmap_owner;
args.flags = MIGRATE_VMA_SELECT_DEVICE_PRIVATE;
pagemap->owner = &foo_pgmap_owner;" "$(changed)"
	cp "$scratch/driver.c" "$scratch/ported"
	port 5.10 <"$scratch/ported"
	expect_unchanged
}

# laid_out INITIALISER: what becomes of the list of members in a driver of 5.4
laid_out()
{
	port 5.10 <<-END
		#include <linux/migrate.h>
		int foo_move(struct vm_area_struct *vma, unsigned long *src, unsigned long *dst)
		{
			struct migrate_vma args = {$1};

			return migrate_vma_setup(&args);
		}
	END
	laid_out=$(sed -n '/args = {/,/};/p' "$scratch/driver.c")
}

test_members_are_added_in_the_layout_that_is_there()
{
	laid_out ' .vma = vma, .src = src, .dst = dst '
	expect_equal "on one line" "struct migrate_vma args = { .vma = vma, .src = src, .dst = dst,
	.flags = MIGRATE_VMA_SELECT_SYSTEM };" "$laid_out"
	laid_out '
		.vma = vma,
		.src = src, .dst = dst,
	'
	expect_match "several on a line" "*.dst = dst, .flags = MIGRATE_VMA_SELECT_SYSTEM,*" "$laid_out"
	laid_out '
		.vma	= vma,
		.dst	= dst
	'
	expect_match "one on a line" "*.dst	= dst,?		.flags	= MIGRATE_VMA_SELECT_SYSTEM?	};" "$laid_out"
}

test_way_back_alone_names_the_owner_in_5_7()
{
	silent >"$scratch/in"
	port 5.7 <"$scratch/in"
	expect_match "messages" "*may go both ways*[[]direction[]]*" "$messages"
	expect_match "the driver" "*args.src_owner = &foo_pgmap_owner;*" "$output"
	port 5.6 <"$scratch/in"
	expect_unchanged
}

test_resource_of_a_pagemap_becomes_a_range()
{
	pagemap 'foo->pagemap.res = *res;' >"$scratch/in"
	port 5.10 <"$scratch/in"
	expect_equal "what is new" "foo->pagemap.range.start = res->start;
foo->pagemap.range.end = res->end;
foo->pagemap.nr_range = 1;
foo->size = range_len(&foo->pagemap.range);
foo->first = foo->pagemap.range.start >> PAGE_SHIFT;" "$(changed)"
	expect_equal "messages" "" "$messages"
	port 5.9 <"$scratch/in"
	expect_unchanged
}

test_pagemap_is_told_by_its_type_whatever_its_name()
{
	port 5.10 <<-'END'
		#include <linux/memremap.h>
		#include <linux/migrate.h>
		struct foo { struct dev_pagemap map; struct resource res; };
		void foo_add(struct foo *foo, struct resource *region)
		{
			struct dev_pagemap *m = &foo->map;

			m->res = *region;
			foo->map.res.end = region->end;
			foo->res = *region;
		}
	END
	expect_equal "what is new" "m->range.start = region->start;
m->range.end = region->end;
m->nr_range = 1;
foo->map.range.end = region->end;
foo->map.nr_range = 1;" "$(changed)"
	expect_equal "messages" "" "$messages"
}

test_resource_in_a_list_of_members_becomes_a_range()
{
	port 5.10 <<-'END'
		#include <linux/memremap.h>
		#include <linux/migrate.h>
		void foo_add(struct foo *foo, struct resource *region)
		{
			struct dev_pagemap small = {
				.res = { .start = 1, .end = 4096 },
			};

			foo->memory = (struct dev_pagemap){
				.type	= MEMORY_DEVICE_PRIVATE,
				.res	= *region,
				.owner	= foo,
			};
			foo_take(&small);
		}
	END
	expect_equal "what is new" ".range = { .start = 1, .end = 4096 },
.nr_range = 1,
.range	= { .start = region->start, .end = region->end },
.nr_range	= 1," "$(changed)"
	expect_equal "messages" "" "$messages"
}

test_resource_that_is_a_member_is_written_twice_and_one_that_is_returned_is_not()
{
	pagemap 'foo->pagemap.res = *foo->region;' >"$scratch/in"
	port 5.10 <"$scratch/in"
	expect_match "the driver" "*foo->pagemap.range.start = foo->region->start;*" "$output"
	expect_match "the driver" "*foo->pagemap.range.end = foo->region->end;*" "$output"
	pagemap 'foo->pagemap.res = *foo_next(foo);' >"$scratch/in"
	port 5.10 <"$scratch/in"
	expect_unchanged
	expect_match "messages" "*res of struct dev_pagemap is gone since Linux 5.10*" "$messages"
}

test_bounds_of_a_pagemap_are_those_of_one_range()
{
	pagemap 'foo->pagemap.res.start = res->start; foo->pagemap.res.end = res->end;' >"$scratch/in"
	port 7.3 <"$scratch/in"
	expect_match "the driver" "*foo->pagemap.range.start = res->start; foo->pagemap.range.end = res->end;
foo->pagemap.nr_range = 1;*" "$output"
}

test_resource_that_goes_elsewhere_leaves_all_of_it()
{
	pagemap 'foo->pagemap.res = *res; insert_resource(&iomem_resource, &foo->pagemap.res);' \
		>"$scratch/in"
	port 5.10 <"$scratch/in"
	expect_unchanged
	expect_match "messages" "*res of struct dev_pagemap is gone since Linux 5.10*" "$messages"
}

# locks BODY: a fault handler that locks the page that faulted
locks()
{
	cat <<-END
		#include <linux/memremap.h>

		static vm_fault_t foo_fault(struct vm_fault *vmf)
		{
			$1
		}

		static const struct dev_pagemap_ops foo_ops = { .migrate_to_ram = foo_fault };
	END
}

test_lock_of_the_page_that_faulted_goes_in_6_15()
{
	locks 'lock_page(vmf->page);
	foo_bring(vmf);
	unlock_page(vmf->page);
	return 0;' >"$scratch/in"
	port 6.15 <"$scratch/in"
	expect_equal "locks" "0" "$(grep -c 'lock_page' "$scratch/driver.c")"
	expect_equal "messages" "" "$messages"
	port 6.14 <"$scratch/in"
	expect_unchanged
}

test_lock_that_is_tried_is_left()
{
	locks 'if (!trylock_page(vmf->page))
		lock_page(vmf->page);
	foo_bring(vmf);
	unlock_page(vmf->page);
	return 0;' >"$scratch/in"
	port 6.15 <"$scratch/in"
	expect_unchanged
}

test_two_steps_are_one()
{
	{
		step '.src_owner	= foo->dev,'
		pagemap 'foo->pagemap.res = *res;' | sed 1d
	} >"$scratch/in"
	port 5.10 <"$scratch/in"
	cp "$scratch/driver.c" "$scratch/one"
	port 7.3 <"$scratch/one"
	cp "$scratch/driver.c" "$scratch/two"
	port 7.3 <"$scratch/in"
	expect_equal "in one step" "$(cat "$scratch/two")" "$output"
	port 7.3 <"$scratch/two"
	expect_unchanged
}

test_use_of_hmm_devmem_that_is_no_call_is_named()
{
	printf '%s\n' '#define NEXT(p) ((struct page *)hmm_devmem_page_get_drvdata(p))' \
		'static void *take = hmm_vma_alloc_locked_page;' >"$scratch/driver.c"
	expect_status 1 "$MIGRATE_VMA" port -q --target=5.4 "$scratch/driver.c"
	expect_match "messages" "*driver.c:1:*hmm_devmem_page_get_drvdata() is gone since 5.3*
*driver.c:2:*hmm_vma_alloc_locked_page() is gone since 5.3*" "$output"
}

run_tests "$@"
