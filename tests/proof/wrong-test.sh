#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# Can the proof fail?  Each patch in wrong/ makes a mistake in a driver that was
# ported correctly.  The comparison with the callback driver must find it, in
# the step of the scenario that the patch names.
#
# `make check-proof` builds the programs.

. "$(dirname "$0")/../runner/tap.sh"

proof=${PROOF_BUILD:-build/proof}
here=$(dirname "$0")
callback_release=${PROOF_CALLBACK_RELEASE:-5.3}

wrong_port_is_caught()
{
	example=${1%/*}
	step=$(sed -n 's/^# Caught in: //p' "$here/wrong/$1.patch")

	"$here/run-scenario" "$proof/$example/$callback_release/callback" "$scratch/callback" ||
		fail "the callback driver itself fails"
	"$here/run-scenario" "$proof/wrong/$1" "$scratch/wrong" 2>/dev/null &&
		fail "its scenario found nothing wrong"

	expect_status 1 "$proof/compare" "callback driver=$scratch/callback" \
		"wrong port=$scratch/wrong"
	expect_match "the step of the first difference" \
		"the traces differ in step \"$step\":*" "$output"
}

tests=
for patch in "$here"/wrong/*/*.patch; do
	wrong=${patch#"$here/wrong/"}
	wrong=${wrong%.patch}
	name=$(echo "test_$wrong" | tr '/-' '__')
	eval "$name() { wrong_port_is_caught $wrong; }"
	tests="$tests $name"
done

# shellcheck disable=SC2086 # one word a test
run_tests ${*:-$tests}
