#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# migrate-vma port --for=REL..REL as a command: what it refuses, and what it writes.

. "$(dirname "$0")/../runner/tap.sh"

tool=${MIGRATE_VMA:-$(pwd)/build/bin/migrate-vma}
examples=$(cd "$(dirname "$0")/../../examples" && pwd)

# driver: one in $scratch, in three steps, with its Kbuild file
driver()
{
	cd "$scratch" || exit 1
	sed 's,"../device-memory.h","device-memory.h",' "$examples/cpu-fault/three-step.c" >driver.c
	cp "$examples/device-memory.h" "$examples"/cpu-fault/*.h .
	echo 'obj-m := driver.o' >Kbuild
}

# refuses RANGE TEXT
refuses()
{
	driver
	"$tool" port "--for=$1" driver.c >out 2>err
	expect_equal "status" 2 $?
	grep -q -e "$2" err || fail "does not say '$2': $(cat err)"
	expect_equal "the patch" "" "$(cat out)"
}

test_a_range_names_the_older_release_first()
{
	refuses 7.3..5.4 'the older release comes first';
}

test_a_range_begins_with_the_three_steps()
{
	refuses 5.3..6.1 '5.3: a kernel before 5.4';
}

test_a_range_ends_with_a_known_release()
{
	refuses 5.4..9.9 '9.9: newer than any';
}

test_a_range_is_two_releases()
{
	refuses 5.4 'a range is two releases';
}

test_a_range_has_an_end()
{
	refuses 5.4.. 'a range is two releases';
}


test_for_and_target_are_not_given_together()
{
	driver
	"$tool" port --for=5.4..6.1 --target=6.1 driver.c >out 2>err
	expect_equal "status" 2 $?
}

test_a_range_of_one_release_is_a_target()
{
	cd "$scratch" || exit 1
	"$tool" port --for=5.10..5.10 "$examples/cpu-fault/callback.c" >range 2>&1
	"$tool" port --target=5.10 "$examples/cpu-fault/callback.c" >target 2>&1
	expect_status 0 diff -u target range
}

test_the_patch_makes_what_in_place_writes()
{
	driver
	cp -r . ../in-place-$$ && mv ../in-place-$$ in-place
	"$tool" port -q --for=5.4..7.3 driver.c device-memory.h Kbuild >out.patch || fail "not ported"
	(cd in-place && "$tool" port -q -i --for=5.4..7.3 driver.c device-memory.h Kbuild)
	patch -s -p1 <out.patch || fail "patch refuses it"
	for file in driver.c device-memory.h Kbuild cpu_fault_compat.h cpu_fault_compat.kbuild; do
		expect_status 0 cmp "$file" "in-place/$file"
	done
}

test_a_header_of_the_name_stays()
{
	driver
	echo mine >cpu_fault_compat.h
	cp driver.c before.c
	"$tool" port -i --for=5.4..7.3 driver.c device-memory.h Kbuild 2>err
	expect_equal "status" 1 $?
	grep -q 'is there already' err || fail "$(cat err)"
	expect_equal "the header" mine "$(cat cpu_fault_compat.h)"
	expect_status 0 cmp before.c driver.c
}

test_without_a_build_file_the_line_for_it_is_named()
{
	driver
	rm Kbuild
	"$tool" port -i --for=5.4..7.3 driver.c device-memory.h 2>err
	expect_equal "status" 1 $?
	grep -q 'include $(src)/cpu_fault_compat.kbuild' err || fail "$(cat err)"
}

test_a_build_file_that_was_not_named_gets_the_line_too()
{
	driver
	mv Kbuild Makefile
	"$tool" port -q -i --for=5.4..7.3 driver.c device-memory.h || fail "not ported"
	grep -q 'include $(src)/cpu_fault_compat.kbuild' Makefile || fail "$(cat Makefile)"
}

test_what_the_oldest_kernel_lacks_is_named()
{
	driver
	printf 'int take(unsigned long *src);\nint take(unsigned long *src)\n{\n\treturn %s;\n}\n' \
		'migrate_device_range(src, 1, 1)' >>driver.c
	"$tool" port --for=5.4..7.3 driver.c device-memory.h Kbuild >out 2>err
	expect_equal "status" 1 $?
	grep -q 'migrate_device_range.*not in Linux 5.4' err || fail "$(cat err)"
}

test_what_is_named_is_named_where_it_stands()
{
	driver
	echo 'int foo_seq(struct mmu_interval_notifier *foo) { return mmu_interval_read_begin(foo) > 0; }' >>driver.c
	"$tool" port --for=5.4..7.3 driver.c device-memory.h >out 2>err || :
	expect_match "the message" "*driver.c:$(wc -l <driver.c):57: warning: mmu_interval_read_begin *" "$(cat err)"
}

test_a_range_has_only_what_its_kernels_differ_in()
{
	driver
	"$tool" port -q -i --for=6.15..7.3 driver.c device-memory.h Kbuild || fail "not ported"
	grep -q 'HAVE_FOLIO_FREE' cpu_fault_compat.h || fail "no folio_free, which came in 6.19"
	grep -q -e PGMAP_MEMBER -e mmap_read -e SRC_OWNER cpu_fault_compat.h &&
		fail "the header has what no kernel of the range needs"
	true
}

run_tests "$@"
