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
	EVERY=1 expect_status 1 "$here/validate" "$build/chunked-to-device-6.1-three-step" \
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
		MACHINE_FAIL=random:$seed:15 "$build/chunked-to-device-6.1-three-step" \
			>"$scratch/first" 2>"$scratch/log" || fail "seed $seed: $(cat "$scratch/log")"
		MACHINE_FAIL=random:$seed:15 "$build/chunked-to-device-6.1-three-step" \
			>"$scratch/second" 2>&1
		cmp -s "$scratch/first" "$scratch/second" || fail "seed $seed differs"
	done
	"$build/chunked-to-device-6.1-three-step" >"$scratch/plain" 2>&1
	! cmp -s "$scratch/first" "$scratch/plain" || fail "nothing failed"
}

test_make_validate_takes_two_drivers()
{
	EVERY=199 expect_status 0 make --no-print-directory validate \
		BEFORE=examples/cpu-fault/callback.c AFTER=examples/cpu-fault/three-step.c \
		MOVES=tests/validate/moves-cpu-fault.c TARGET=7.2 BUILD=build
	expect_match "the sum" '*all the same*run(s) with a failure each*' "$output"
}

test_make_validate_shows_the_first_event_in_which_two_drivers_part()
{
	sed '/\.pgmap_owner/d' examples/cpu-fault/three-step.c >"$scratch/after.c"
	expect_status 2 make --no-print-directory validate \
		BEFORE=examples/cpu-fault/callback.c AFTER="$scratch/after.c" \
		MOVES=tests/validate/moves-cpu-fault.c TARGET=7.2
	expect_match "the rule" '*member-missing*' "$output"
	expect_match "the event" '*the traces differ in step "the CPU loads some of them"*' "$output"
}

test_make_validate_says_what_it_needs()
{
	expect_status 2 make --no-print-directory validate BEFORE=a.c
	expect_match "usage" '*make validate BEFORE=old.c AFTER=new.c MOVES=*' "$output"
}

tests=$(sed -n 's/^\(test_[A-Za-z0-9_]*\)()$/\1/p' "$0")
for program in "$build"/*-three-step "$build"/*-ported; do
	name=${program##*/}
	form=$(echo "$name" | sed 's/.*-\([0-9.]*-[a-z-]*\)$/\1/')
	example=${name%-"$form"}
	function=test_$(echo "$name" | tr '.-' '__')
	eval "$function() { port_survives_failures $example $form; }"
	tests="$tests $function"
done

# shellcheck disable=SC2086 # one word a test
run_tests ${*:-$tests}
