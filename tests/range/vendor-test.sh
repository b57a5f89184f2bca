#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# A vendor's kernel takes over what later releases have, and keeps its number.  Each test
# changes the headers of the reference implementation so, and looks which form is
# taken; the driver has to compile with it.
#
# `make check-range` ports the driver.

. "$(dirname "$0")/../runner/tap.sh"

here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)
driver=$top/${RANGE_BUILD:-build/range}/cpu-fault/three-step

# headers RELEASE NAME=VALUE...: a header set with that number in which macros of
# <linux/release.h> have other values
headers()
{
	number=$1
	shift
	cp -r "$top/api/include" "$scratch/include"
	for change; do
		grep -q "^#define ${change%%=*}[[:space:]]" "$scratch/include/linux/release.h" ||
			fail "no macro ${change%%=*}"
		sed -i "s/^#define ${change%%=*}[[:space:]].*/#define ${change%%=*} ${change#*=}/" \
			"$scratch/include/linux/release.h"
	done
}

# build: the driver against the headers; what is said goes to $scratch/log
build()
{
	mkdir -p "$scratch/obj"
	make -f "$here/kernel.mk" SRC="$driver" OBJ="$scratch/obj" FLAGS="-std=gnu11 -nostdinc \
		-isystem $(${CC:-cc} -print-file-name=include) -fno-strict-aliasing \
		-Wall -D__KERNEL__ -DMODULE -DLINUX_RELEASE_MAJOR=${number%.*} \
		-DLINUX_RELEASE_MINOR=${number#*.} -I$scratch/include -I$top/api/stubs \
		-include linux/kconfig.h" >"$scratch/log" 2>&1
}

# takes FORM...: the driver compiles, and these forms are there
takes()
{
	build || fail "does not compile: $(cat "$scratch/log")"
	for form; do
		grep -q "HAVE_$form 1" "$scratch/obj/cpu_fault_compat_probed.h" ||
			fail "is not taken: $form, of $(cat "$scratch/obj/cpu_fault_compat_probed.h")"
	done
}

# refuses FORM...: those are not there
refuses()
{
	for form; do
		grep -q "HAVE_$form 0" "$scratch/obj/cpu_fault_compat_probed.h" ||
			fail "is taken: $form"
	done
}

test_rhel_9_has_flags_without_the_lock_bit_under_the_number_5_14()
{
	headers 5.14 RELEASE_PFN_LOCKED=0 RELEASE_FREES_AT_ZERO=1 RELEASE_DEVICE_COHERENT=1
	takes MIGRATE_VMA_FLAGS DEVICE_PAGE_COUNTED_COHERENT PAGE_PGMAP_MEMBER PAGE_FREE
	refuses DEVICE_PAGE_MANAGED DEVICE_PAGE_FREE MIGRATE_VMA_FAULT_PAGE
}

test_later_rhel_9_has_zone_device_page_init_under_the_number_5_14()
{
	headers 5.14 RELEASE_PFN_LOCKED=0 RELEASE_FREES_AT_ZERO=1 RELEASE_ZONE_PAGE_INIT=1 \
		RELEASE_FAULT_PAGE=1
	takes MIGRATE_VMA_FAULT_PAGE ZONE_DEVICE_PAGE_INIT PAGE_PGMAP_MEMBER
	refuses DEVICE_PAGE_COUNTED
}

test_a_stable_kernel_has_fault_page_beside_the_lock_bit()
{
	headers 5.10 RELEASE_FAULT_PAGE=1
	takes MIGRATE_VMA_FAULT_PAGE_LOCKED DEVICE_PAGE_MANAGED
	refuses MIGRATE_VMA_FAULT_PAGE MIGRATE_VMA_FLAGS
}

test_uek_has_flags_under_the_number_5_4()
{
	headers 5.4 RELEASE_SRC_OWNER=0 RELEASE_SELECT_FLAGS=1 RELEASE_PAGEMAP_OWNER=1
	takes MIGRATE_VMA_FLAGS PAGEMAP_OWNER PAGEMAP_RES
}

test_5_4_286_has_the_functions_of_mmap_lock_on_mmap_sem()
{
	headers 5.4
	sed -i 's/^#if RELEASE_MMAP_LOCK/#if 1/' "$scratch/include/linux/mmap_lock.h"
	sed -i 's/mm->mmap_lock/mm->mmap_sem/' "$scratch/include/linux/mmap_lock.h"
	takes MMAP_READ_LOCK MMAP_READ_UNLOCK MIGRATE_VMA_ALL
}

test_rhel_8_7_has_range_and_owner_under_an_older_number()
{
	headers 5.4 RELEASE_SRC_OWNER=0 RELEASE_SELECT_FLAGS=1 RELEASE_PAGEMAP_OWNER=1 \
		RELEASE_PAGEMAP_RANGE=1 RELEASE_MMAP_LOCK=1
	takes MIGRATE_VMA_FLAGS PAGEMAP_OWNER PAGEMAP_RANGE MMAP_READ_LOCK
}

test_a_form_that_nobody_knows_stops_the_build_and_says_what_to_report()
{
	headers 7.3
	sed -i 's/^void zone_device_page_init(struct page \*page, /&int node, /
		s/zone_device_page_init(&folio->page, pgmap, order)/(void)folio/' \
		"$scratch/include/linux/memremap.h"
	build && fail "it compiles"
	grep -q '#error "zone_device_page_init(): none of the forms' "$scratch/log" ||
		fail "$(cat "$scratch/log")"
	grep -q 'zone_device_page_init' "$scratch/obj/cpu_fault_compat_probed.log" ||
		fail "the compiler's words are not kept"
}

test_an_unknown_member_of_struct_migrate_vma_stops_the_build()
{
	headers 5.9
	sed -i 's/^	unsigned long flags;$/&\n	void *unknown;/' "$scratch/include/linux/migrate.h"
	build && fail "it compiles"
	grep -q '#error "struct migrate_vma: none of the forms' "$scratch/log" ||
		fail "$(cat "$scratch/log")"
}

test_a_second_build_probes_nothing()
{
	headers 7.3
	takes FOLIO_FREE
	cp "$scratch/obj/cpu_fault_compat_probed.log" "$scratch/before"
	build || fail "$(cat "$scratch/log")"
	expect_equal "what is said" "" "$(cat "$scratch/log")"
	[ "$scratch/obj/driver.o" -nt "$scratch/obj/cpu_fault_compat_probed.h" ] || fail "built in no order"
}

run_tests "$@"
