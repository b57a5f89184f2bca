#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# Does a ported driver do what the callback driver did?  Each example runs its
# scenario as the callback driver on Linux 5.3; then the tool's port runs it on
# each later release, and the traces must be equal.  So must those of the
# whole drivers of 5.3, ported with their header, and of the drivers that are not
# made by the tool.
#
# `make check-proof` builds the programs.

. "$(dirname "$0")/../runner/tap.sh"

proof=${PROOF_BUILD:-build/proof}
here=$(dirname "$0")
callback_release=${PROOF_CALLBACK_RELEASE:-5.3}
examples=${PROOF_EXAMPLES:-$(sed -n 's/^EXAMPLES := //p' "$here/../../examples/build.mk")}
releases=${PROOF_RELEASES:-$(ls "$proof/cpu-fault" | grep -vx "$callback_release" | sort -V)}

# scenario EXAMPLE RELEASE FORM: runs it, and leaves its trace in $scratch/FORM
scenario()
{
	expect_status 0 "$here/run-scenario" "$proof/$1/$2/$3" "$scratch/$3"
}

callback_driver_does_what_the_scenario_expects()
{
	scenario "$1" "$callback_release" callback
}

# Two scenarios are compared even if one found something wrong.
port_does_what_the_callback_driver_did()
{
	"$here/run-scenario" "$proof/$1/$callback_release/callback" "$scratch/callback"
	"$here/run-scenario" "$proof/$1/$2/$3" "$scratch/$3"
	status=$?
	# One that remembers no programs has fewer objects; all else must be the same.
	for form in callback "$3"; do
		if [ "$3" = device-range ]; then
			grep -v '^driver objects: ' "$scratch/$form" >"$scratch/$form.compared"
		else
			cp "$scratch/$form" "$scratch/$form.compared"
		fi
	done
	scenario=$status
	expect_status 0 "$proof/compare" "callback, $callback_release=$scratch/callback.compared" \
		"$3, $2=$scratch/$3.compared"
	expect_equal "status of the scenario" 0 "$scenario"
}

ported_text_is_what_a_maintainer_writes()
{
	expect_status 0 diff -u "$proof/$1/$2/three-step.c" "$proof/$1/$2/ported.c"
}

tests=
# define NAME FUNCTION ARGUMENTS: makes a test of a function and its arguments
define()
{
	name=$(echo "test_$1" | tr '.-' '__')
	shift
	eval "$name() { $*; }"
	tests="$tests $name"
}

for example in $examples; do
	define "${example}_as_callback_driver" \
		callback_driver_does_what_the_scenario_expects "$example"
	define "${example}_whole_on_$callback_release" \
		port_does_what_the_callback_driver_did "$example" "$callback_release" whole
	for release in $releases; do
		define "${example}_ported_to_$release" \
			port_does_what_the_callback_driver_did "$example" "$release" ported
		define "${example}_text_ported_to_$release" \
			ported_text_is_what_a_maintainer_writes "$example" "$release"
		define "${example}_whole_ported_to_$release" \
			port_does_what_the_callback_driver_did "$example" "$release" whole
	done
	for release in ${PROOF_OWN_RELEASES:-$(echo "$releases" | grep '^[67]')}; do
		[ ! -f "$here/../../examples/$example/device-range.c" ] ||
			define "${example}_with_device_range_on_$release" \
				port_does_what_the_callback_driver_did "$example" "$release" device-range
		[ ! -f "$here/by-hand/$example.c" ] ||
			define "${example}_by_hand_on_$release" \
				port_does_what_the_callback_driver_did "$example" "$release" by-hand
	done
done

# shellcheck disable=SC2086 # one word a test
run_tests ${*:-$tests}
