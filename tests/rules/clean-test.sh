#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# What this project writes in three steps itself is clean: the examples, and
# the drivers that the port is expected to make.
#
# Environment: MIGRATE_VMA, the program.

# shellcheck source=tests/runner/tap.sh
. tests/runner/tap.sh

# clean TARGET FILE...: nothing is found but names of neighbouring APIs, which the
# port leaves to a person
clean()
{
	target=$1
	shift
	"$MIGRATE_VMA" check --target="$target" --quiet "$@" >"$scratch/findings" 2>&1
	[ $? -le 1 ] || fail "check could not run on $*"
	grep -E ': (error|warning): ' "$scratch/findings" |
		grep -v '\[removed-name\]$' >"$scratch/left"
	expect_equal "findings in $* for Linux $target" "" "$(cat "$scratch/left")"
}

test_examples_are_clean_for_every_release_they_are_written_for()
{
	for target in 5.16 5.18 6.0 6.1 6.12 6.15 6.19 7.2; do
		for driver in examples/*/three-step.c; do
			clean "$target" "$driver" examples/device-memory.h
		done
	done
}

test_ports_of_the_examples_are_clean()
{
	for target in 5.4 5.7 5.9 5.16 6.1 7.2; do
		for callback in examples/*/callback.c; do
			folder=$(dirname "$callback")
			rm -rf "$scratch/driver"
			cp -r "$folder" "$scratch/driver"
			cp examples/*.h "$scratch/"
			driver=$scratch/driver/callback.c
			"$MIGRATE_VMA" port -i --quiet --target="$target" "$driver" 2>/dev/null
			grep -q migrate_vma_setup "$driver" || fail "$folder was not ported to $target"
			clean "$target" "$driver"
		done
	done
}

test_ports_of_all_shapes_are_clean()
{
	tests/shapes/run --put "$scratch" || fail "tests/shapes/run could not write the ports"
	for port in "$scratch"/*/*/; do
		# One that the port leaves as it is may have anything in it, and one whose faulting
		# page is left to a person lacks that. One only rehearses a migration, and says so.
		shape=tests/shapes/$(basename "$port")
		[ "$(basename "$shape")" != ops-pointer-compared ] || continue
		[ ! -f "$shape/after.c" ] || grep -q ' fault-page$' "$shape/expect" ||
			echo "$(basename "$(dirname "$port")") $(echo "$port"*.c)"
	done >"$scratch/ports"
	[ "$(wc -l <"$scratch/ports")" -gt 50 ] || fail "tests/shapes has too few ports"
	for release in $(cut -d ' ' -f 1 "$scratch/ports" | sort -u); do
		# shellcheck disable=SC2046 # no name has a space
		clean "$release" $(sed -n "s/^$release //p" "$scratch/ports")
	done
}

run_tests "$@"
