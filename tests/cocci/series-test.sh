#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# cocci/series: what it applies, what it says, how it ends.

# shellcheck source=tests/runner/tap.sh
. tests/runner/tap.sh

series=$(pwd)/cocci/series

# A driver of 5.10 in the form that upstream's have.
write_driver()
{
	cat >"$1" <<'end'
#include <linux/hmm.h>
static struct drv drv;
static struct page *take(struct drv *d)
{
	struct page *page = d->free;

	d->free = page->zone_device_data;
	get_page(page);
	lock_page(page);
	return page;
}
static void give(struct page *page)
{
	put(page->pgmap, page);
}
static vm_fault_t to_ram(struct vm_fault *vmf)
{
	struct migrate_vma args = {
		.vma = vmf->vma,
		.dst = &dst,
		.pgmap_owner = &drv,
		.flags = MIGRATE_VMA_SELECT_DEVICE_PRIVATE,
	};

	if (migrate_vma_setup(&args))
		return VM_FAULT_SIGBUS;
	dst = migrate_pfn(page_to_pfn(page)) | MIGRATE_PFN_LOCKED;
	migrate_vma_pages(&args);
	migrate_vma_finalize(&args);
	return 0;
}
static const struct dev_pagemap_ops ops = {
	.page_free = give,
	.migrate_to_ram = to_ram,
};
end
}

# added TARGET: the lines that the series adds to it
added()
{
	write_driver "$scratch/driver.c"
	"$series" -t "$1" "$scratch/driver.c" 2>&1 | sed -n 's/^+\([^+]\)/\1/p' | tr -s '\t' ' '
}

test_applies_what_came_until_the_release()
{
	expect_equal "for 5.17" " dst = migrate_pfn(page_to_pfn(page));" "$(added 5.17)"
	expect_equal "for 6.1" "#include <linux/memremap.h>
#include <linux/migrate.h>
 zone_device_page_init(page);
 .fault_page = vmf->page,
 dst = migrate_pfn(page_to_pfn(page));" "$(added 6.1)"
}

test_takes_a_driver_to_the_newest_release()
{
	expect_equal "for the newest" "#include <linux/memremap.h>
#include <linux/migrate.h>
 zone_device_page_init(page, page_pgmap(page), 0);
static void give(struct folio *folio)
 struct page *page = &folio->page;
 put(page_pgmap(page), page);
 .fault_page = vmf->page,
 dst = migrate_pfn(page_to_pfn(page));
 .folio_free = give," "$(added 7.2)"
}

test_ends_with_0_when_nothing_is_left()
{
	write_driver "$scratch/driver.c"
	"$series" "$scratch/driver.c" >"$scratch/patch" 2>"$scratch/says"
	expect_equal "status" 0 $?
	expect_equal "what it says" "" "$(cat "$scratch/says")"
}

# left FILE: the status of the series and what it says
left()
{
	"$series" -t 5.4 "$1" 2>&1 >"$scratch/patch"
	echo "status $?"
}

test_says_what_is_left_and_ends_with_1()
{
	cp tests/shapes/call-result-in-array/before.c "$scratch/driver.c"
	expect_match "what it says" "driver.c:57: left: this call of migrate_vma() *
status 1" "$(left "$scratch/driver.c")"
	expect_equal "what it changes" "" "$(cat "$scratch/patch")"
}

test_says_what_spatch_did_not_see()
{
	printf '#define MOVE(o) ({ int r = migrate_vma(o, NULL, 0, 1, 0, 0, 0); r ? : if; })\n' \
		>"$scratch/driver.h"
	expect_match "what it says" "driver.h:1: left: migrate_vma( is gone, and spatch did not see it here *
status 1" "$(left "$scratch/driver.h")"
}

test_names_the_line_of_the_file_as_it_was()
{
	printf '%s\n' '#include <asm/unaligned.h>' 'static const struct file_operations files = {' \
		'	.llseek = no_llseek,' '};' 'static void *take(size_t size)' '{' \
		'	return __vmalloc(size, GFP_KERNEL, PAGE_KERNEL_EXEC);' '}' >"$scratch/driver.c"
	expect_match "what it says" "driver.c:7: __vmalloc() takes a size and flags since *" \
		"$("$series" -t 7.2 "$scratch/driver.c" 2>&1 >/dev/null)"
}

# src_owner TARGET: the message about it, for a driver of 5.6 that moves pages to its device
src_owner()
{
	printf 'int f(void)\n{\n\tstruct migrate_vma a = { .dst = d, };\n\n\treturn migrate_vma_setup(&a);\n}\n' \
		>"$scratch/driver.c"
	"$series" -t "$1" "$scratch/driver.c" 2>&1 >/dev/null | grep src_owner
}

test_leaves_out_what_a_later_change_has_overtaken()
{
	expect_match "for 5.8" "driver.c:5: only pages of the system move without src_owner*" \
		"$(src_owner 5.8)"
	expect_equal "for 5.9" "" "$(src_owner 5.9)"
}

test_moves_pages_of_the_device_in_a_fault_handler_since_5_7()
{
	expect_match "patch" "*
+*src_owner = &cpu_fault;*" "$("$series" -t 5.7 examples/cpu-fault/callback.c 2>/dev/null)"
}

test_does_not_take_comments_and_strings_for_code()
{
	cp tests/shapes/name-in-comments-and-strings/before/hcard.c "$scratch/driver.c"
	expect_equal "what it says" "status 0" "$(left "$scratch/driver.c")"
}

test_names_the_option_that_is_gone_in_a_makefile()
{
	cp tests/shapes/guard-in-makefile/before/* "$scratch"
	expect_match "what it says" "*Makefile:3: left: CONFIG_MIGRATE_VMA_HELPER is gone*" \
		"$(left "$scratch")"
}

test_rewrites_the_files_with_i()
{
	write_driver "$scratch/driver.c"
	"$series" -i -t 5.16 "$scratch/driver.c"
	expect_equal "status" 0 $?
	expect_equal "what is left of the old name" "" "$(grep MIGRATE_PFN_LOCKED "$scratch/driver.c")"
}

test_ends_with_2_for_wrong_usage()
{
	for arguments in "" "/nowhere" "-t six $scratch" "-x $scratch"; do
		# shellcheck disable=SC2086 # words
		"$series" $arguments >/dev/null 2>&1
		expect_equal "status for: $arguments" 2 $?
	done
}

run_tests "$@"
