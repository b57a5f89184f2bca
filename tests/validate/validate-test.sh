#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# Do the examples do the same before and after their port, whatever fails, and
# is a driver that does not found out? Every 97th failure only, to be quick:
# `tests/validate/validate BEFORE AFTER` tries them all.
#
# `make check-validate` builds the programs.

. "$(dirname "$0")/../runner/tap.sh"

here=$(dirname "$0")
build=${VALIDATE_BUILD:-build/validate}
every=${EVERY:-97}

port_survives_failures()
{
	EVERY=$every expect_status 0 "$here/validate" "$build/$1-5.3-callback" "$build/$1-$2"
	expect_match "the sum" '*all the same*run(s) with a failure each*' "$output"
}

test_a_driver_that_is_wrong_only_without_memory_is_found()
{
	EVERY=1 expect_status 1 "$here/validate" "$build/chunked-to-device-6.1-ported" \
		"$build/wrong"
	expect_match "without a failure" '*all the same*' "$output"
	expect_match "the failure" '*does not survive MACHINE_FAIL=*slab_alloc*' "$output"
	expect_match "the rule" '*finalize-missing*' "$output"
}

test_a_failure_that_is_not_understood_is_said()
{
	output=$(MACHINE_FAIL=frames:1 "$build/cpu-fault-5.3-callback" 2>&1)
	expect_match "message" '*MACHINE_FAIL=frames:1 is not understood*' "$output"
}

test_random_failures_are_survived_and_the_same_for_the_same_seed()
{
	for seed in 1 2 3 4 5; do
		MACHINE_FAIL=random:$seed:15 "$build/chunked-to-device-6.1-ported" \
			>"$scratch/first" 2>"$scratch/log" || fail "seed $seed: $(cat "$scratch/log")"
		MACHINE_FAIL=random:$seed:15 "$build/chunked-to-device-6.1-ported" \
			>"$scratch/second" 2>&1
		cmp -s "$scratch/first" "$scratch/second" || fail "seed $seed differs"
	done
	"$build/chunked-to-device-6.1-ported" >"$scratch/plain" 2>&1
	! cmp -s "$scratch/first" "$scratch/plain" || fail "nothing failed"
}

test_make_validate_takes_two_drivers()
{
	EVERY=199 expect_status 0 make --no-print-directory validate \
		BEFORE=examples/cpu-fault/callback.c AFTER=examples/cpu-fault/three-step.c \
		MOVES=tests/validate/moves-cpu-fault.c TARGET="$NEWEST" BUILD=build
	expect_match "the sum" '*all the same*run(s) with a failure each*' "$output"
}

test_make_validate_shows_the_first_event_in_which_two_drivers_part()
{
	sed '/\.pgmap_owner/d' examples/cpu-fault/three-step.c >"$scratch/after.c"
	expect_status 2 make --no-print-directory validate \
		BEFORE=examples/cpu-fault/callback.c AFTER="$scratch/after.c" \
		MOVES=tests/validate/moves-cpu-fault.c TARGET="$NEWEST"
	expect_match "the rule" '*member-missing*' "$output"
	expect_match "the event" '*the traces differ in step "the CPU loads some of them"*' "$output"
}

# make_validate BEFORE AFTER [VARIABLE=VALUE...]: with the moves of the example
make_validate()
{
	before=$1 after=$2
	shift 2
	make --no-print-directory validate BEFORE="$before" AFTER="$after" EVERY=9999 \
		MOVES=tests/validate/moves-cpu-fault.c "$@"
}

test_two_traces_are_shown_beside_each_other_where_they_part()
{
	sed 's/return VM_FAULT_SIGBUS;$/return VM_FAULT_OOM;/' examples/cpu-fault/three-step.c \
		>"$scratch/after.c"
	expect_status 2 make_validate examples/cpu-fault/callback.c "$scratch/after.c" EVERY=1
	expect_match "without a failure" '2 traces*all the same*' "$output"
	expect_match "the failure" '*with MACHINE_FAIL=frame_alloc:1:*' "$output"
	expect_match "the columns" '*before   *after*== the CPU loads some of them *== the CPU loads*' \
		"$output"
	expect_match "where it struck" \
		'*failure after: frame_alloc 1 is made to fail, in cpu_fault_*' "$output"
	expect_match "how to go on" '*run one alone:  MACHINE_FAIL=frame_alloc:1 build/validate/user/after*' \
		"$output"
}

test_a_copy_that_nobody_waits_for_is_found()
{
	sed '/wait_for_completion(&job->fence);/d' examples/async-copy/three-step.c >"$scratch/after.c"
	cp examples/async-copy/async-copy-ioctl.h "$scratch"
	expect_status 2 make --no-print-directory validate BEFORE=examples/async-copy/callback.c \
		AFTER="$scratch/after.c" MOVES=tests/validate/moves-async-copy.c EVERY=9999
	expect_match "the rule" '*work-in-use*' "$output"
	expect_match "the difference" '*the traces differ in step*' "$output"
}

test_a_driver_of_several_files_with_headers_and_flags_is_built()
{
	mkdir "$scratch/private" && cp examples/cpu-fault/*.h examples/device-memory.h "$scratch/private"
	{
		echo '#include "my-options.h"'
		sed 's|"../device-memory.h"|"device-memory.h"|' examples/cpu-fault/three-step.c
		echo 'const char *my_name(void) { return MY_OPTION ? MY_NAME : MY_NAME; }'
	} >"$scratch/private/first.c"
	echo '#define MY_NAME "first"' >"$scratch/private/my-options.h"
	echo 'int second(int n); int second(int n) { return n + 1; }' >"$scratch/private/second.c"
	expect_status 0 make_validate examples/cpu-fault/callback.c \
		"$scratch/private/first.c $scratch/private/second.c" AFTER_FLAGS=-DMY_OPTION=1
	expect_match "the sum" '*all the same*' "$output"
}

test_a_driver_that_was_not_ported_is_told()
{
	expect_status 2 make_validate examples/cpu-fault/callback.c examples/cpu-fault/callback.c
	expect_match "which" '*AFTER: examples/cpu-fault/callback.c does not compile for Linux*' "$output"
	expect_match "why" '*migrate_vma_ops is gone since 5.4*' "$output"
}

test_a_file_that_is_not_there_is_told()
{
	expect_status 2 make_validate examples/cpu-fault/callback.c nowhere.c
	expect_match "which" 'AFTER: nowhere.c: no such file*' "$output"
}

test_a_driver_that_does_not_migrate_is_told()
{
	echo 'int nothing;' >"$scratch/after.c"
	expect_status 2 make_validate examples/cpu-fault/callback.c "$scratch/after.c"
	expect_match "why" 'AFTER: *calls neither migrate_vma() nor migrate_vma_setup()*' "$output"
}

test_an_empty_header_stands_in_for_one_that_is_not_modelled()
{
	sed '/linux\/mm.h/i #include <linux/of_the_vendor.h>' examples/cpu-fault/three-step.c \
		>"$scratch/after.c"
	expect_status 0 make_validate examples/cpu-fault/callback.c "$scratch/after.c"
	expect_match "what stands in" \
		'AFTER: <linux/of_the_vendor.h> is not modelled; an empty one stands in*' "$output"
}

test_all_headers_and_names_that_are_missing_are_told_at_once()
{
	sed '/linux\/mm.h/i #include <linux/vendor_a.h>\n#include <linux/vendor_b.h>' \
		examples/cpu-fault/three-step.c >"$scratch/after.c"
	echo 'int mine(void); int mine(void) { return vendor_x() + VENDOR_Y; }' >>"$scratch/after.c"
	expect_status 2 make_validate examples/cpu-fault/callback.c "$scratch/after.c"
	expect_match "headers" '*<linux/vendor_a.h> is not*<linux/vendor_b.h> is not*' "$output"
	expect_match "names" '*VENDOR_Y *after.c:*vendor_x() *after.c:*AFTER_FLAGS=-I*' "$output"
}

test_a_driver_before_without_its_header_does_not_get_the_other_ones()
{
	cp examples/cpu-fault/callback.c "$scratch/before.c"
	expect_status 2 make_validate "$scratch/before.c" examples/cpu-fault/three-step.c
	expect_match "which" "BEFORE: the driver's own headers are not there: ../device-memory.h*" "$output"
}

# pci_port: a PCI driver of several files as the tool ports it
pci_port()
{
	cp -r examples/pci-copy-engine "$scratch/after"
	cp examples/device-memory.h "$scratch"
	build/bin/migrate-vma port --quiet --in-place "$scratch"/after/pce-*.c 2>"$scratch/log" ||
		fail "$(cat "$scratch/log")"
}

validate_pci()
{
	tests/validate/migrate-vma-validate --before=examples/pci-copy-engine --every=99 \
		--moves=examples/pci-copy-engine/moves.c --target="$NEWEST" "$@"
}

test_a_pci_driver_with_a_copy_engine_is_compared_as_a_folder()
{
	pci_port
	expect_status 0 validate_pci --after="$scratch/after"
	expect_match "the sum" '*all the same*run(s) with a failure each*' "$output"
}

test_a_copy_engine_that_nobody_waits_for_is_found()
{
	pci_port
	sed -i '/wait_for_completion/d' "$scratch/after/pce-engine.c"
	expect_status 1 validate_pci --after="$scratch/after"
	expect_match "the rule" '*a copy of 0000:00:01.0 begins before the one before has ended*' \
		"$output"
}

test_a_device_that_is_not_there_is_told_with_those_that_are()
{
	sed 's/pce0/acme0/' examples/pci-copy-engine/moves.c >"$scratch/moves.c"
	expect_status 2 validate_pci --after=examples/pci-copy-engine --target=5.3 \
		--moves="$scratch/moves.c"
	expect_match "which" '*/dev/acme0 cannot be opened*the driver registers /dev/pce0*' "$output"
}

test_a_driver_that_moves_pages_within_the_system_is_compared()
{
	EVERY=9999 expect_status 0 tests/validate/migrate-vma-validate \
		--before=examples/contiguous/three-step.c --from=6.1 --after=examples/contiguous/three-step.c \
		--moves=tests/validate/moves-contiguous.c --target="$NEWEST"
	expect_match "the sum" '*all the same*' "$output"
}

test_moves_that_move_nothing_are_an_error()
{
	sed 's/, PCE_TO_DEVICE/, 7/' examples/pci-copy-engine/moves.c >"$scratch/moves.c"
	expect_status 2 validate_pci --after=examples/pci-copy-engine --target=5.3 \
		--moves="$scratch/moves.c"
	expect_match "why" '*no page reached the device*returned -25*' "$output"
}

test_a_driver_that_hangs_is_ended_and_told()
{
	pci_port
	sed -i 's/wait_for_completion(&pce->copied);/for (;;) ;/' "$scratch/after/pce-engine.c"
	LIMIT=3 expect_status 1 validate_pci --after="$scratch/after"
	expect_match "where" '*did not end within 3 seconds, in the step "written pages*' "$output"
}

test_a_driver_that_crashes_is_told()
{
	pci_port
	sed -i 's/init_completion(&pce->copied);$/*(volatile int *)8 = 1;/' "$scratch/after/pce-engine.c"
	expect_status 1 validate_pci --after="$scratch/after"
	expect_match "where" '*in the step "written pages*' "$output"
}

test_an_installed_copy_validates_in_an_empty_folder()
{
	pci_port
	make -s install-kit DESTDIR="$scratch/root" PREFIX=/usr >"$scratch/log" 2>&1 ||
		fail "$(cat "$scratch/log")"
	kit=$scratch/root/usr/share/migrate-vma/kit
	mkdir "$scratch/empty"
	cp -r "$kit/examples/." "$scratch/empty"
	cd "$scratch/empty" || fail "no folder"
	XDG_CACHE_HOME=$scratch/cache EVERY=9999 expect_status 0 \
		"$scratch/root/usr/bin/migrate-vma-validate" --before=pci-copy-engine \
		--after="$scratch/after" --moves=pci-copy-engine/moves.c
	expect_match "the sum" '*all the same*' "$output"
}

test_pkg_config_has_the_flags_of_a_scenario_and_uninstall_removes_all()
{
	make -s install-kit DESTDIR= PREFIX="$scratch/usr" >"$scratch/log" 2>&1 || fail "$(cat "$scratch/log")"
	flags=$(PKG_CONFIG_PATH="$scratch/usr/share/pkgconfig" pkg-config --cflags --libs migrate-vma-6.1) ||
		fail "no migrate-vma-6.1"
	{
		echo '#include <errno.h>'
		echo '#include "program.h"'
		echo '#include "trace.h"'
		echo 'int main(void) { return machine_boot() || machine_shutdown() || !ENOMEM; }'
	} >"$scratch/scenario.c"
	cd "$scratch" || fail "no folder"
	XDG_CACHE_HOME=$scratch/cache expect_status 0 "$scratch/usr/bin/migrate-vma-library" 6.1
	# shellcheck disable=SC2086 # many words
	expect_status 0 gcc -o scenario scenario.c $flags
	expect_status 0 ./scenario
	cd "$OLDPWD" || fail "no folder"
	make -s uninstall-kit DESTDIR= PREFIX="$scratch/usr" >"$scratch/log" 2>&1
	left=$(find "$scratch/usr" -type f -o -type l)
	[ -z "$left" ] || fail "left: $left"
}

test_the_template_says_what_to_fill_in()
{
	expect_status 0 tests/validate/migrate-vma-validate --template
	expect_match "text" '*TODO*driver_moves*' "$output"
}

test_when_it_is_interrupted_nothing_goes_on()
{
	pci_port
	mkdir "$scratch/temporary"
	TMPDIR=$scratch/temporary tests/validate/migrate-vma-validate --every=1 \
		--before=examples/pci-copy-engine --after="$scratch/after" \
		--moves=examples/pci-copy-engine/moves.c --target="$NEWEST" >/dev/null 2>&1 &
	command=$!
	sleep 4
	kill -TERM "$command"
	wait "$command"
	sleep 1
	left=$(ls "$scratch/temporary"; pgrep -f "$scratch/temporary" || :)
	[ -z "$left" ] || fail "left: $left"
}

test_a_function_that_is_not_there_is_told()
{
	{
		cat examples/cpu-fault/three-step.c
		echo 'int vendor(void); int mine(void); int mine(void) { return vendor(); }'
	} >"$scratch/after.c"
	cp examples/cpu-fault/*.h "$scratch"
	expect_status 2 make_validate examples/cpu-fault/callback.c "$scratch/after.c"
	expect_match "which" 'AFTER: *does not have:*vendor *after.c:*' "$output"
}

test_make_validate_says_what_it_needs()
{
	expect_status 2 make --no-print-directory validate BEFORE=a.c
	expect_match "usage" '*make validate BEFORE=old.c AFTER=new.c MOVES=*' "$output"
}

tests=$(sed -n 's/^\(test_[A-Za-z0-9_]*\)()$/\1/p' "$0")
for program in "$build"/*-ported; do
	name=${program##*/}
	form=$(echo "$name" | sed 's/.*-\([0-9.]*-[a-z-]*\)$/\1/')
	example=${name%-"$form"}
	function=test_$(echo "$name" | tr '.-' '__')
	eval "$function() { port_survives_failures $example $form; }"
	tests="$tests $function"
done

# shellcheck disable=SC2086 # one word a test
run_tests ${*:-$tests}
