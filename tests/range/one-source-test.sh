#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# Does a driver that was ported with --for do on every release of the range what its
# callback driver did on Linux 5.3?  The same files are built for all of them.
#
# `make check-range` builds the programs.

. "$(dirname "$0")/../runner/tap.sh"

here=$(dirname "$0")
range=${RANGE_BUILD:-build/range}
proof=${PROOF_BUILD:-build/proof}
examples=${RANGE_EXAMPLES:-$(sed -n 's/^EXAMPLES := //p' "$here/../../examples/build.mk")}
releases=${RANGE_RELEASES:-$(ls "$range/cpu-fault/callback" | grep '^[0-9]' | sort -V)}

one_source_does_what_the_callback_driver_did()
{
	"$here/../proof/run-scenario" "$proof/$1/5.3/callback" "$scratch/5.3"
	"$here/../proof/run-scenario" "$range/$1/$2/$3/driver" "$scratch/$3"
	status=$?
	expect_status 0 "$proof/compare" "callback, 5.3=$scratch/5.3" "one source, $3=$scratch/$3"
	expect_equal "the scenario's exit status" 0 "$status"
}

test_no_release_number_is_left_in_a_driver()
{
	for example in $examples; do
		grep -nE 'LINUX_VERSION_CODE|KERNEL_VERSION' \
			"$range/$example"/*/driver.c && fail "the driver asks for the release"
	done
	true
}

tests=test_no_release_number_is_left_in_a_driver
for example in $examples; do
	for form in callback three-step; do
		for release in $releases; do
			name=$(echo "test_${example}_from_${form}_on_$release" | tr '.-' '__')
			eval "$name() { one_source_does_what_the_callback_driver_did $example $form $release; }"
			tests="$tests $name"
		done
	done
done

# shellcheck disable=SC2086 # one word a test
run_tests ${*:-$tests}
