#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# Does a callback driver do through migrate_vma_compat.h what it did on Linux 5.3?
#
# `make check-compat` builds the programs.

. "$(dirname "$0")/../runner/tap.sh"

here=$(dirname "$0")
releases=${COMPAT_RELEASES:-$(ls build/compat/cpu-fault | grep -vF . | sort -V)}
examples=${COMPAT_EXAMPLES:-cpu-fault chunked-to-device}

driver_does_what_it_did()
{
	expect_status 0 "$here/../proof/run-scenario" "build/proof/$1/5.3/callback" "$scratch/5.3"
	"$here/../proof/run-scenario" "build/compat/$1/$2" "$scratch/$2"
	status=$?
	expect_status 0 build/proof/compare "migrate_vma() of 5.3=$scratch/5.3" \
		"through the header, $2=$scratch/$2"
	expect_equal "the scenario's exit status" 0 "$status"
}

tests=
for example in $examples; do
	for release in $releases; do
		name=$(echo "test_${example}_on_$release" | tr '.-' '__')
		eval "$name() { driver_does_what_it_did $example $release; }"
		tests="$tests $name"
	done
done

# shellcheck disable=SC2086 # one word a test
run_tests ${*:-$tests}
