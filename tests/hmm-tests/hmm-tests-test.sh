#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
#	hmm-tests-test.sh RELEASE [LATER]
#
# Runs hmm-tests.c of Linux RELEASE on the reference implementation, to its end, and
# compares the verdicts with those of the kernel.  With LATER the driver is that of RELEASE as
# migrate-vma brings it to LATER, and so is the reference implementation.

set -u
here=$(dirname "$0")
release=$1
folder=build/tests/hmm-tests/$release${2:+-to-$2}

if [ $# -gt 1 ] && [ -s "$folder/left" ]; then
	echo "Bail out! the port of test_hmm.c leaves something: $folder/left"
	exit 1
fi

# The harness of older releases goes on writing for ever when one of its tests fails.
"$folder/hmm-tests" 2>&1 | head -c 10000000 >"$folder/output"
awk -v release="$release" -f "$here/compare-verdicts.awk" \
	"$here/../kernel/upstream/known-failures" "$here/skipped" "$folder/output" >"$folder/verdicts"
cat "$folder/verdicts"
grep -q '^# Totals:\|^# PASSED:\|^# FAILED:' "$folder/output" ||
	echo "Bail out! hmm-tests did not come to its end; $folder/output"
! grep -q '^not ok' "$folder/verdicts" || {
	echo "# what it said is in $folder/output; to run it alone: $folder/hmm-tests"
	exit 1
}
