#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# Builds upstream's driver of a release, if its source is there, and runs the
# tests of test-hmm.c and huge.c with it.
#
#	test-hmm-test.sh [RELEASE]

set -u

release=${1:-6.1}
program=build/tests/test-hmm/$release/test-hmm

if ! reason=$(tests/test-hmm/find-source "$release" 2>&1); then
	echo 1..1
	echo "ok 1 - upstream_driver_$release # SKIP $reason"
	exit 0
fi
if ! output=$(make --silent TEST_HMM="$release" "build/api/$release/libmigrate.a" "$program" 2>&1); then
	echo 1..1
	echo "not ok 1 - upstream_driver_${release}_compiles"
	echo "$output" | sed 's/^/# /'
	exit 1
fi
exec "$program"
