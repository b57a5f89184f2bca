#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
#	mutants.sh [EVERY]
#
# Makes the example drivers wrong, one statement of the protocol at a time, runs
# each on the reference implementation, and asks `migrate-vma check`.  Of those
# that a run shows to be wrong - a rule of the machine is broken, something leaks,
# a byte is another one, it crashes or never ends - check has to find nine in ten.
# What it does not find is listed, with the first words of the run.
#
# Environment: MIGRATE_VMA, MUTATE the programs; RELEASE the release of DRIVERS
# and LIBRARY; EXAMPLES; COMPILE a command that compiles a driver; TRACE objects
# and libraries for linking; EVERY=n tries each nth change only.

# shellcheck source=tests/runner/tap.sh
. tests/runner/tap.sh

every=${EVERY:-1}

# runs PROGRAM: as it is, with failures at some points, and with work done at other times
runs()
{
	run_once "$1" count || return 1
	sed -n 's/.*failure points: //p' "$scratch/log" >"$scratch/points"
	while read -r kind points; do
		for nth in 1 $((points / 2)) "$points"; do
			[ "$nth" -lt 1 ] || run_once "$1" "$kind:$nth" || return 1
		done
	done <"$scratch/points"
	for seed in 1 2 3; do
		run_once "$1" "random:$seed:15" || return 1
		MACHINE_SCHEDULE=random:$seed run_once "$1" count || return 1
	done
}

run_once()
{
	MACHINE_FAIL=$2 timeout -k 1 5 "$1" >"$scratch/trace" 2>"$scratch/log"
}

# judge EXAMPLE NUMBER LINE CHANGE
judge()
{
	"$MUTATE" "examples/$1/three-step.c" "$2" >"$scratch/$1.c"
	$COMPILE -iquote "examples/$1" -w -c -o "$scratch/$1.o" "$scratch/$1.c" 2>/dev/null &&
		$LINK -o "$scratch/$1" "$scratch/$1.o" "$SCENARIOS/moves-$1.o" $TRACE 2>/dev/null ||
		return
	! runs "$scratch/$1" || return
	wrong=$((wrong + 1))
	if "$MIGRATE_VMA" check --quiet --target="$RELEASE" "$scratch/$1.c" >/dev/null 2>&1; then
		echo "not found: $1:$3: $4: $(grep -v '^failure\|^$' "$scratch/log" |
			head -n 1 | cut -c1-150)" >>"$scratch/missed"
	else
		found=$((found + 1))
	fi
}

test_check_finds_nine_in_ten_of_the_changes_that_a_run_shows_to_be_wrong()
{
	wrong=0 found=0 seen=0
	: >"$scratch/missed"
	for example in $EXAMPLES; do
		"$MIGRATE_VMA" check --quiet --target="$RELEASE" "examples/$example/three-step.c" ||
			fail "check finds something in the driver as it is"
		"$MUTATE" "examples/$example/three-step.c" >"$scratch/list"
		while IFS="$(printf '\t')" read -r number line change text; do
			seen=$((seen + 1))
			[ $((seen % every)) -ne 0 ] ||
				judge "$example" "$number" "$line" "$change $text"
		done <"$scratch/list"
	done
	echo "# $found of $wrong found, of $seen changes each ${every}th was tried"
	sed 's/^/# /' "$scratch/missed"
	[ "$wrong" -gt 0 ] || fail "no change was shown to be wrong"
	[ $((found * 10)) -ge $((wrong * 9)) ] || fail "$found of $wrong is too few"
}

run_tests "$@"
