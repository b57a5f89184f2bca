#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# "Nothing left" is a promise: what the target does not have, or wants otherwise, is named by
# `migrate-vma port`, whatever the driver is.
#
# Environment:
#	MIGRATE_VMA	the program

# shellcheck source=tests/runner/tap.sh
. tests/runner/tap.sh

# port TARGET [COMMAND]: port the driver on standard input, or that COMMAND prints; the messages are
# in $output, the exit status in $status
port()
{
	${2:-cat} >"$scratch/driver.c"
	output=$("$MIGRATE_VMA" port --target="$1" "$scratch/driver.c" 2>&1 >"$scratch/patch")
	status=$?
}

expect_left()
{
	expect_equal "exit status" 1 "$status"
	expect_match "messages" "$1" "$output"
}

expect_nothing_left()
{
	expect_equal "messages" "" "$(echo "$output" | grep -E 'error:|warning:')"
	expect_equal "exit status" 0 "$status"
}

test_function_that_is_gone_is_named_at_its_line()
{
	port 5.4 <<-'END'
		#include <linux/hmm.h>
		struct page *foo_page(struct hmm_range *range, uint64_t pfn)
		{
			return hmm_pfn_to_page(range, pfn);
		}
	END
	expect_left "*driver.c:4:*warning: hmm_pfn_to_page is not in Linux 5.4: it was in <linux/hmm.h> up to 5.3*"
}

test_function_that_is_not_there_yet_is_named()
{
	port 5.10 <<-'END'
		#include <linux/mm.h>
		void foo_mark(struct vm_area_struct *vma)
		{
			vm_flags_set(vma, VM_DONTCOPY);
		}
	END
	expect_left "*vm_flags_set is not in Linux 5.10: it is in <linux/mm.h> only since 6.3*"
}

test_number_of_arguments_is_compared()
{
	port 6.12 <<-'END'
		#include <linux/mm.h>
		long foo_pin(struct mm_struct *mm, unsigned long start, struct page **page)
		{
			return get_user_pages_remote(current, mm, start, 1, FOLL_WRITE, page, NULL, NULL);
		}
	END
	expect_left "*get_user_pages_remote() has 8 arguments here, and takes 6 in Linux 6.12*"
}

test_member_of_a_struct_in_sight_is_named()
{
	port 6.19 <<-'END'
		#include <linux/mmu_notifier.h>
		struct vm_area_struct *foo_vma(const struct mmu_notifier_range *range)
		{
			return range->vma;
		}
	END
	expect_left "*member vma of struct mmu_notifier_range is not in Linux 6.19*"
}

test_places_of_one_name_are_one_message()
{
	port 7.2 <<-'END'
		#include <linux/mm.h>
		int foo_mapped(struct page *one, struct page *two)
		{
			return page_mapcount(one) + page_mapcount(two);
		}
	END
	expect_left "*page_mapcount (and 1 more place) is not in Linux 7.2*"
}

test_name_that_the_driver_defines_is_not_the_kernels()
{
	port 7.2 <<-'END'
		#include <linux/timer.h>
		static int del_timer_sync(struct timer_list *timer)
		{
			return timer_delete_sync(timer);
		}
		int foo_stop(struct timer_list *timer)
		{
			return del_timer_sync(timer);
		}
	END
	expect_nothing_left
}

test_name_that_a_header_of_the_driver_brings_is_not_the_kernels()
{
	cat >"$scratch/compat.h" <<-'END'
		static inline void mmap_read_lock(struct mm_struct *mm)
		{
			down_read(&mm->mmap_sem);
		}
	END
	port 5.6 <<-'END'
		#include <linux/mm.h>
		#include "compat.h"
		void foo_lock(struct mm_struct *mm)
		{
			mmap_read_lock(mm);
		}
	END
	expect_nothing_left
}

test_name_under_an_if_for_other_kernels_is_left_alone()
{
	port 7.2 <<-'END'
		#include <linux/device.h>
		struct class *foo_class(void)
		{
		#ifdef HAVE_OLD_CLASS_CREATE
			return class_create(THIS_MODULE, "foo");
		#else
			return class_create("foo");
		#endif
		}
	END
	expect_nothing_left
}

three_steps()
{
	cat <<-'END'
		#include <linux/migrate.h>
		int foo_move(struct vm_area_struct *vma, unsigned long addr, struct page *page)
		{
			unsigned long src = 0, dst = 0;
			struct migrate_vma args = {
				.vma = vma,
				.start = addr,
				.end = addr + PAGE_SIZE,
				.src = &src,
				.dst = &dst,
			};
			int ret = migrate_vma_setup(&args);

			if (ret)
				return ret;
			if (args.cpages) {
				dst = migrate_pfn(page_to_pfn(page)) | MIGRATE_PFN_LOCKED;
				migrate_vma_pages(&args);
				migrate_vma_finalize(&args);
			}
			return 0;
		}
	END
}

# Which of two calls is meant is not told, so members are for a person.
two_setups()
{
	three_steps | sed 's/^\( *\)if (args.cpages) {/if (!args.cpages \&\& migrate_vma_setup(\&args)) return 0;\n&/'
}

test_driver_in_three_steps_hears_what_the_target_wants()
{
	port 7.2 two_setups
	expect_left "*driver.c:12:*error: not set before migrate_vma_setup(), for Linux 7.2: flags*"
}

test_driver_in_three_steps_that_fits_has_nothing_left()
{
	port 5.6 three_steps
	expect_nothing_left
}

test_flag_that_the_port_took_away_is_not_left()
{
	port 7.2 three_steps
	expect_match "the patch" "*-*| MIGRATE_PFN_LOCKED;*" "$(cat "$scratch/patch")"
	expect_equal "messages about it" "" "$(echo "$output" | grep MIGRATE_PFN_LOCKED)"
}

run_tests "$@"
