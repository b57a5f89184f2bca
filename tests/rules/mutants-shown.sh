#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# Makes every change of the example drivers anew, runs each on the reference implementation, and
# compares those that are wrong with the list: see mutants-list.sh.  Wrong is what breaks a rule
# of the machine, leaks something, changes a byte, crashes or never ends.  It takes minutes.
#
# Environment: MUTATE the program; EXAMPLES; COMPILE a command that compiles a driver, LINK one that
# links; SCENARIOS where the scenarios are; TRACE objects and libraries for linking; SHOWN where the
# rows go.

# shellcheck source=tests/runner/tap.sh
. tests/runner/tap.sh

# shellcheck source=tests/rules/mutants-list.sh
. tests/rules/mutants-list.sh

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

# is_wrong EXAMPLE NUMBER: it compiles, and some run of it fails
is_wrong()
{
	"$MUTATE" "examples/$1/three-step.c" "$2" >"$scratch/$1.c"
	# shellcheck disable=SC2086 # words of a command
	$COMPILE -iquote "examples/$1" -w -c -o "$scratch/$1.o" "$scratch/$1.c" 2>/dev/null &&
		$LINK -o "$scratch/$1" "$scratch/$1.o" "$SCENARIOS/moves-$1.o" $TRACE 2>/dev/null &&
		! runs "$scratch/$1"
}

test_list_is_what_runs_show()
{
	for example in $EXAMPLES; do
		changes "$example" >"$scratch/all"
		while IFS=$tab read -r number rest; do
			! is_wrong "$example" "$number" || printf '%s\t%s\n' "$example" "$rest"
		done <"$scratch/all"
	done >"$SHOWN"
	sed '/^#/d' "$table" | cut -f 1-4 >"$scratch/listed"
	expect_equal "$SHOWN has the rows as they are now" "" "$(diff "$scratch/listed" "$SHOWN")"
}

run_tests "$@"
