#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# What `migrate-vma port` writes anew in a driver that has the three steps already, where a change
# of the kernel is more than another expression in one place.
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

expect_unchanged()
{
	expect_equal "the driver" "$(cat "$scratch/before.c")" "$output"
}

# changed: the lines that are new, without white space in front
changed()
{
	diff "$scratch/before.c" "$scratch/driver.c" | sed -n 's/^> [[:blank:]]*//p'
}

handler()
{
	cat <<'END'
#include <linux/migrate.h>
#include <linux/memremap.h>

static vm_fault_t foo_fault(struct vm_fault *vmf)
{
	unsigned long src = 0, dst = 0;
	struct migrate_vma args;

	args.vma = vmf->vma;
	args.start = vmf->address;
	args.end = vmf->address + PAGE_SIZE;
	args.src = &src;
	args.dst = &dst;
	args.pgmap_owner = &foo;
	args.flags = MIGRATE_VMA_SELECT_DEVICE_PRIVATE;

	if (migrate_vma_setup(&args))
		return VM_FAULT_SIGBUS;
	foo_copy(&args);
	migrate_vma_pages(&args);
	migrate_vma_finalize(&args);
	return 0;
}

static void foo_free(struct page *page)
{
	foo_push(page);
}

static const struct dev_pagemap_ops foo_ops = {
	.page_free = foo_free,
	.migrate_to_ram = foo_fault,
};
END
}

test_struct_without_a_value_is_zeroed_since_6_1()
{
	handler | sed 's/struct migrate_vma args;/struct migrate_vma args, *other = \&args;/' |
		sed 's/= foo_fault/= foo_elsewhere/' >"$scratch/in"
	port 6.1 <"$scratch/in"
	expect_equal "what is new" "struct migrate_vma args = { 0 }, *other = &args;" "$(changed)"
	port 6.0 <"$scratch/in"
	expect_unchanged
}

test_struct_with_a_value_stays()
{
	handler | sed 's/migrate_vma args;/migrate_vma args = foo_args;/; s/= foo_fault/= foo_elsewhere/' \
		>"$scratch/in"
	port 6.1 <"$scratch/in"
	expect_unchanged
}

test_handler_names_the_page_behind_its_last_member()
{
	handler >"$scratch/in"
	port 6.12 <"$scratch/in"
	expect_match "the driver" "*args.flags = MIGRATE_VMA_SELECT_DEVICE_PRIVATE;
	args.fault_page = vmf->page;
*" "$output"
	expect_equal "messages" "" "$messages"
}

test_handler_names_the_page_in_its_initialiser()
{
	cat >"$scratch/in" <<-'END'
		static vm_fault_t foo_fault(struct vm_fault *vmf)
		{
			struct migrate_vma args = {
				.vma		= vmf->vma,
				.flags		= MIGRATE_VMA_SELECT_DEVICE_PRIVATE,
			};

			return migrate_vma_setup(&args) ? VM_FAULT_SIGBUS : 0;
		}
		static const struct dev_pagemap_ops foo_ops = { .migrate_to_ram = foo_fault };
	END
	port 6.1 <"$scratch/in"
	expect_equal "what is new" ".fault_page	= vmf->page," "$(changed)"
}

test_function_that_is_no_handler_gets_no_page()
{
	handler | sed 's/\.migrate_to_ram/.something_else/; s/args;/args = { 0 };/' >"$scratch/in"
	port 6.12 <"$scratch/in"
	expect_unchanged
}

# below: a driver whose fault handler calls another function for the migration, as others do
below()
{
	cat <<'END'
#include <linux/migrate.h>
#include <linux/memremap.h>

static int foo_take_back(struct vm_area_struct *vma, unsigned long addr)
{
	unsigned long src = 0, dst = 0;
	struct migrate_vma args = { 0 };

	args.vma = vma;
	args.start = addr;
	args.end = addr + PAGE_SIZE;
	args.src = &src;
	args.dst = &dst;
	args.pgmap_owner = &foo;
	args.flags = MIGRATE_VMA_SELECT_DEVICE_PRIVATE;

	if (migrate_vma_setup(&args))
		return -EINVAL;
	dst = foo_copy(src);
	migrate_vma_pages(&args);
	migrate_vma_finalize(&args);
	return 0;
}

static int foo_move(struct vm_area_struct *vma, unsigned long addr)
{
	return foo_take_back(vma, addr);
}

int foo_evict(struct vm_area_struct *vma, unsigned long addr)
{
	return foo_take_back(vma, addr);
}

static vm_fault_t foo_fault(struct vm_fault *vmf)
{
	return foo_move(vmf->vma, vmf->address) ? VM_FAULT_SIGBUS : 0;
}

static const struct dev_pagemap_ops foo_ops = { .migrate_to_ram = foo_fault };
END
}

test_page_comes_from_the_handler_through_the_functions_between()
{
	below >"$scratch/in"
	port 6.1 <"$scratch/in"
	expect_equal "what is new" "static int foo_take_back(struct vm_area_struct *vma, unsigned long addr,
struct page *fault_page)
args.fault_page = fault_page;
static int foo_move(struct vm_area_struct *vma, unsigned long addr,
struct page *fault_page)
return foo_take_back(vma, addr, fault_page);
return foo_take_back(vma, addr, NULL);
return foo_move(vmf->vma, vmf->address, vmf->page) ? VM_FAULT_SIGBUS : 0;" "$(changed)"
	expect_equal "messages" "" "$messages"
	port 6.0 <"$scratch/in"
	expect_unchanged
}

test_page_comes_to_a_struct_that_is_a_member_or_behind_a_pointer()
{
	below | sed 's/struct migrate_vma args = { 0 };/struct foo_job *job = foo_job();/
		s/args\./job->args./; s/&args/\&job->args/' >"$scratch/in"
	port 6.1 <"$scratch/in"
	expect_match "the driver" "*job->args.fault_page = fault_page;*" "$output"
	below | sed 's/struct migrate_vma args = { 0 };/struct migrate_vma *args = foo_args();/
		s/args\./args->/; s/&args/args/' >"$scratch/in"
	port 6.1 <"$scratch/in"
	expect_match "the driver" "*args->fault_page = fault_page;*" "$output"
	expect_equal "messages" "" "$messages"
}

test_page_is_set_by_who_fills_the_struct_that_another_sets_up()
{
	below | sed 's/^static int foo_take_back/static int foo_begin(struct migrate_vma *args)\n{\n\treturn migrate_vma_setup(args);\n}\n\n&/
		s/if (migrate_vma_setup(&args))/if (foo_begin(\&args))/' >"$scratch/in"
	port 6.1 <"$scratch/in"
	expect_match "the driver" "*args.fault_page = fault_page;*if (foo_begin(&args))*" "$output"
	expect_equal "messages" "" "$messages"
}

test_page_is_set_where_a_struct_is_filled_that_goes_elsewhere()
{
	below | sed 's/if (migrate_vma_setup(&args))/if (foo_begin(foo_job(\&args)))/' >"$scratch/in"
	echo 'int foo_begin(struct foo_job *job) { return migrate_vma_setup(job->args); }' >>"$scratch/in"
	port 6.1 <"$scratch/in"
	expect_match "the driver" "*args.flags = MIGRATE_VMA_SELECT_DEVICE_PRIVATE;?	args.fault_page = fault_page;*" "$output"
	expect_equal "messages" "" "$messages"
}

test_struct_from_elsewhere_without_a_place_for_the_page_is_left()
{
	below | sed 's/struct migrate_vma args = { 0 };/struct migrate_vma *args = foo_args();/
		/args\./d; s/&args/args/' >"$scratch/in"
	port 6.1 <"$scratch/in"
	expect_match "messages" "*fault_page*member-missing*" "$messages"
}

test_struct_from_elsewhere_may_have_the_page()
{
	{
		below | sed 's/struct migrate_vma args = { 0 };/struct migrate_vma *args = foo_args(addr);/
			/args\./d; s/&args/args/'
		echo 'void foo_take(struct migrate_vma *args, struct vm_fault *vmf)'
		echo '{ args->fault_page = vmf->page; args->pgmap_owner = foo; args->flags = foo_flags; }'
	} >"$scratch/in"
	port 6.1 <"$scratch/in"
	expect_equal "messages" "" "$messages"
	expect_unchanged
}

test_port_of_a_threaded_page_changes_nothing_more()
{
	below >"$scratch/in"
	port 6.1 <"$scratch/in"
	cp "$scratch/driver.c" "$scratch/ported"
	port 6.1 <"$scratch/ported"
	expect_unchanged
}

test_page_comes_from_another_file_through_a_header()
{
	below | sed '/^int foo_evict/,$d; s/^static int foo_move/int foo_move/
		s/^#include <linux.memremap.h>/&\n#include "foo.h"/' >"$scratch/move.c"
	echo 'int foo_move(struct vm_area_struct *vma, unsigned long addr);' >"$scratch/foo.h"
	{
		printf '#include <linux/memremap.h>\n#include "foo.h"\n\n'
		below | sed -n '/^static vm_fault_t/,$p'
	} >"$scratch/fault.c"
	messages=$("$MIGRATE_VMA" port -i -q --target=6.1 "$scratch/move.c" "$scratch/foo.h" \
		"$scratch/fault.c" 2>&1)
	expect_equal "messages" "" "$messages"
	expect_equal "foo.h" "int foo_move(struct vm_area_struct *vma, unsigned long addr,
	     struct page *fault_page);" "$(cat "$scratch/foo.h")"
	expect_match "fault.c" "*foo_move(vmf->vma, vmf->address, vmf->page)*" "$(cat "$scratch/fault.c")"
}

test_page_that_cannot_be_threaded_is_left_with_the_reason()
{
	below | sed 's/^int foo_evict/#define FOO_MOVE(v, a) foo_take_back(v, a)\nint foo_evict/' \
		>"$scratch/in"
	port 6.1 <"$scratch/in"
	expect_unchanged
	expect_match "messages" "*a fault handler may get here by way of foo_take_back(), which the text of the macro FOO_MOVE calls*fault-page*" \
		"$messages"
}

test_way_to_the_device_gets_no_page()
{
	below | sed 's/SELECT_DEVICE_PRIVATE/SELECT_SYSTEM/' >"$scratch/in"
	port 6.1 <"$scratch/in"
	expect_unchanged
}

test_header_of_unaligned_access_has_its_later_name_since_6_12()
{
	handler | sed '1i #include <asm/unaligned.h>' >"$scratch/in"
	port 6.12 <"$scratch/in"
	expect_match "the driver" "#include <linux/unaligned.h>*" "$output"
	port 6.11 <"$scratch/in"
	expect_match "for 6.11" "#include <asm/unaligned.h>*" "$output"
	sed '1i #if LINUX_VERSION_CODE < KERNEL_VERSION(6, 12, 0)
2i #endif' "$scratch/in" >"$scratch/guarded"
	port 6.12 <"$scratch/guarded"
	expect_match "an arm for older kernels" "*#include <asm/unaligned.h>*" "$output"
}

test_flag_that_the_driver_defines_itself_stays()
{
	port 6.1 <<-'END'
		#include <linux/migrate.h>

		#ifndef MIGRATE_PFN_LOCKED
		#define MIGRATE_PFN_LOCKED 0
		#endif
		#define FOO_WORD(page) (migrate_pfn(page_to_pfn(page)) | MIGRATE_PFN_LOCKED)

		unsigned long foo_word(struct page *page)
		{
			return migrate_pfn(page_to_pfn(page)) | MIGRATE_PFN_LOCKED;
		}
	END
	expect_unchanged
	expect_equal "messages" "" "$messages"
}

test_flag_in_an_arm_for_older_kernels_stays()
{
	port 6.1 <<-'END'
		#include <linux/migrate.h>
		#include <linux/version.h>

		unsigned long foo_word(struct page *page)
		{
		#if LINUX_VERSION_CODE < KERNEL_VERSION(5, 16, 0)
			return migrate_pfn(page_to_pfn(page)) | MIGRATE_PFN_LOCKED;
		#else
			return migrate_pfn(page_to_pfn(page));
		#endif
		}
	END
	expect_unchanged
	expect_equal "messages" "" "$messages"
}

test_page_free_becomes_folio_free_in_6_19()
{
	handler >"$scratch/in"
	port 6.19 <"$scratch/in"
	expect_match "the driver" "*static void foo_free(struct folio \*folio)
{
	struct page \*page = &folio->page;

	foo_push(page);
}
*	.folio_free = foo_free,
*" "$output"
	port 6.18 <"$scratch/in"
	expect_match "for 6.18" "*	.page_free = foo_free,*" "$output"
}

test_prototype_and_callers_of_page_free_follow()
{
	{
		echo 'static void foo_free(struct page *page);'
		echo 'void foo_drop(void) { foo_free(foo_take(1)); }'
		handler
	} >"$scratch/in"
	port 7.3 <"$scratch/in"
	expect_match "prototype" "static void foo_free(struct folio \*folio);*" "$output"
	expect_match "caller" "*foo_free(page_folio(foo_take(1)));*" "$output"
}

test_page_free_with_an_address_sign_becomes_folio_free()
{
	handler | sed 's/= foo_free/= \&foo_free/' >"$scratch/in"
	port 6.19 <"$scratch/in"
	expect_match "the driver" "*void foo_free(struct folio \*folio)*.folio_free = &foo_free,*" "$output"
}

test_page_free_that_is_assigned_becomes_folio_free()
{
	{
		handler | sed '/^static const struct dev_pagemap_ops/,$d'
		echo 'static struct dev_pagemap_ops foo_ops;'
		echo 'void foo_init(void) { foo_ops.page_free = foo_free; foo_ops.migrate_to_ram = foo_fault; }'
	} >"$scratch/in"
	port 6.19 <"$scratch/in"
	expect_match "the driver" "*void foo_free(struct folio \*folio)*foo_ops.folio_free = foo_free;*" "$output"
}

test_prototype_of_page_free_in_a_header_follows()
{
	printf 'struct page;\nvoid foo_free(struct page *page);\n' >"$scratch/foo.h"
	handler | sed 's/^static void foo_free/void foo_free/; s/^#include <linux.memremap.h>/&\n#include "foo.h"/' \
		>"$scratch/foo.c"
	"$MIGRATE_VMA" port -i -q --target=6.19 "$scratch/foo.c" "$scratch/foo.h" >/dev/null 2>&1
	expect_equal "foo.h" "struct folio;
struct page;
void foo_free(struct folio *folio);" "$(cat "$scratch/foo.h")"
	expect_match "foo.c" "*void foo_free(struct folio \*folio)*.folio_free = foo_free*" "$(cat "$scratch/foo.c")"
}

test_two_functions_of_three_ops_objects_become_folio_free()
{
	{
		handler
		echo 'static void bar_free(struct page *page) { bar_push(page); }'
		echo 'static const struct dev_pagemap_ops bar_ops = { .page_free = bar_free };'
		echo 'static const struct dev_pagemap_ops baz_ops = { .page_free = foo_free };'
	} >"$scratch/in"
	port 7.3 <"$scratch/in"
	expect_equal "messages" "" "$messages"
	expect_match "the driver" "*bar_ops = { .folio_free = bar_free };*baz_ops = { .folio_free = foo_free };*" \
		"$output"
}

test_page_free_of_an_arm_for_other_kernels_stays()
{
	handler | sed 's/^	\.page_free.*/#ifndef HAVE_FOLIO_FREE\n&\n#endif/; s/= foo_fault/= foo_elsewhere/' \
		>"$scratch/in"
	port 7.3 <"$scratch/in"
	expect_match "the driver" "*foo_free(struct page \*page)*	.page_free = foo_free,*" "$output"
}

test_page_free_that_goes_elsewhere_as_well_is_left()
{
	{
		handler
		echo 'void (*foo_hook)(struct page *page) = foo_free;'
	} >"$scratch/in"
	port 7.3 <"$scratch/in"
	expect_match "the driver" "*static void foo_free(struct page \*page)*.page_free = foo_free,*" \
		"$output"
	expect_match "messages" "*page_free of struct dev_pagemap_ops is gone since Linux 6.19*" "$messages"
}

test_ported_once_more_nothing_changes()
{
	handler >"$scratch/in"
	port 7.3 <"$scratch/in"
	echo "$output" >"$scratch/in"
	port 7.3 <"$scratch/in"
	expect_unchanged
}

test_two_steps_are_one()
{
	handler >"$scratch/in"
	port 7.3 <"$scratch/in"
	whole=$output
	port 6.1 <"$scratch/in"
	echo "$output" >"$scratch/in"
	port 7.3 <"$scratch/in"
	expect_equal "by way of 6.1" "$whole" "$output"
}

test_headers_that_hmm_h_brought_are_included_since_5_18()
{
	driver='#include <linux/hmm.h>
#include <linux/mm.h>

static struct dev_pagemap foo_map = { .type = MEMORY_DEVICE_PRIVATE };

int foo_set_up(struct migrate_vma *args)
{
	return migrate_vma_setup(args);
}'
	echo "$driver" | port 5.17
	expect_equal "what is new for 5.17" "" "$(changed)"
	echo "$driver" | port 5.18
	expect_equal "what is new for 5.18" "#include <linux/memremap.h>
#include <linux/migrate.h>" "$(changed)"
}

test_file_of_6_1_has_its_headers()
{
	port 7.2 <<-'END'
		#include <linux/mm.h>

		int foo_set_up(struct migrate_vma *args, struct vm_fault *vmf)
		{
			args->fault_page = vmf->page;
			return migrate_vma_setup(args);
		}
	END
	expect_unchanged
}

# A page of the device is made ready: SINCE LINES
fresh_page()
{
	port "$1" <<-'END'
		#include <linux/memremap.h>

		static struct page *foo_take(struct foo *foo)
		{
			struct page *page = foo->free;

			foo->free = page->zone_device_data;
			get_page(page);
			lock_page(page);
			return page;
		}
	END
	expect_equal "what is new for $1" "$2" "$(changed)"
}

test_page_of_the_device_is_made_ready_as_each_release_does()
{
	fresh_page 5.17 ""
	fresh_page 5.18 ""
	expect_equal "calls of get_page()" "" "$(grep get_page "$scratch/driver.c")"
	fresh_page 6.1 "zone_device_page_init(page);"
	fresh_page 6.19 "zone_device_page_init(page, page_pgmap(page), 0);"
}

# pooled SELECTION: a driver whose free pages are in a list of another kind
pooled()
{
	cat <<-END
		#include <linux/memremap.h>
		#include <linux/migrate.h>

		static struct page *foo_take(struct foo *foo)
		{
			struct page *page = foo_pop(foo);

			if (page) {
				lock_page(page);
				get_page(page);
			}
			return page;
		}

		static struct page *foo_take_one(struct foo *foo)
		{
			return foo_take(foo);
		}

		static int foo_move(struct foo *foo, struct vm_area_struct *vma, unsigned long addr)
		{
			unsigned long src = 0, dst = 0;
			struct migrate_vma args = {
				.vma = vma, .start = addr, .end = addr + PAGE_SIZE,
				.src = &src, .dst = &dst, .pgmap_owner = foo, .flags = $1,
			};
			struct page *to;

			if (migrate_vma_setup(&args))
				return -EINVAL;
			to = foo_take_one(foo);
			if (to)
				dst = migrate_pfn(page_to_pfn(to));
			migrate_vma_pages(&args);
			migrate_vma_finalize(&args);
			return 0;
		}
	END
}

test_page_that_becomes_a_destination_on_the_device_is_made_ready()
{
	pooled MIGRATE_VMA_SELECT_SYSTEM >"$scratch/in"
	port 6.1 <"$scratch/in"
	expect_equal "what is new" "zone_device_page_init(page);" "$(changed)"
	expect_equal "messages" "" "$messages"
}

test_page_that_may_be_of_system_memory_stays()
{
	pooled MIGRATE_VMA_SELECT_DEVICE_PRIVATE >"$scratch/in"
	port 6.1 <"$scratch/in"
	expect_unchanged
	pooled MIGRATE_VMA_SELECT_SYSTEM | sed 's/foo_pop(foo)/alloc_page(GFP_KERNEL)/' >"$scratch/in"
	port 6.1 <"$scratch/in"
	expect_unchanged
}

test_page_that_is_not_known_to_be_of_the_device_stays()
{
	port 6.1 <<-'END'
		#include <linux/pagemap.h>

		static struct page *foo_take(struct foo *foo)
		{
			struct page *page = foo_find(foo);

			get_page(page);
			lock_page(page);
			return page;
		}
	END
	expect_unchanged
}

test_page_of_the_device_that_is_in_use_stays()
{
	port 6.1 <<-'END'
		#include <linux/memremap.h>

		static void foo_evict(struct page *page)
		{
			struct foo *foo = page->zone_device_data;

			get_page(page);
			lock_page(page);
			foo_take_back(foo, page);
		}

		static struct page *foo_find(struct foo *foo, unsigned long i)
		{
			struct page *page = pfn_to_page(foo->pagemap.range.start + i);
			struct foo *owner = page->zone_device_data;

			get_page(page);
			lock_page(page);
			foo_note(owner);
			return page;
		}
	END
	expect_unchanged
}

test_range_that_is_made_exclusive_becomes_a_function_of_the_driver()
{
	port 6.15 <<-'END'
		#include <linux/rmap.h>

		static int foo_lock(struct foo *foo, unsigned long start, unsigned long end)
		{
			return make_device_exclusive_range(foo->mm, start, end, foo->pages, foo);
		}

		static void foo_unlock(struct foo *foo)
		{
		}
	END
	expect_match "the driver" "*static int foo_make_exclusive_range(struct mm_struct \\*mm, *
*make_device_exclusive(mm, addr, owner, &folio);*
return foo_make_exclusive_range(foo->mm, start, end, foo->pages, foo);*" "$output"
	expect_equal "messages" "" "$messages"
}

run_tests "$@"
