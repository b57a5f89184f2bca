# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC2154 # variables of check-kernel
#
# Every state of a page that a program can bring about, on the kernel and on the
# reference implementation: each step of the scenario that is not the same on
# both is a failure of its own, unless conformance/differences has a reason for it.

# From 6.0 on the driver has a device whose memory is part of what run-machine makes
# Linux leave alone.
coherent_memory()
{
	! grep -q -a 'parm=coherent_memory:' "$folder/modules/drivers/conformance.ko" || echo coherent_memory=0x40000000
}

add_conformance()
{
	[ -f "$folder/programs/conformance" ] || return
	cp "$folder/programs/conformance" "$root/tests/"
	add_job conformance 900 /modules/conformance.ko env \
		DRIVER_PARAMETERS="$(coherent_memory)" /tests/conformance
}

report_conformance()
{
	[ -f "$folder/programs/conformance" ] || return
	compared=$folder/jobs/conformance.compared
	SCENARIO_TIMEOUT=300 tests/proof/run-scenario "$folder/model/conformance" \
		"$folder/model/conformance.trace" 2>/dev/null
	awk -v release="$release" -f "$here/conformance/compare-steps.awk" \
		"$here/conformance/differences" "$folder/model/conformance.trace" \
		"$folder/jobs/conformance.output" >"$compared"

	sed -n 's/^missing /did not come to: /p' "$compared" | head -n 1 >"$folder/conformance.missing"

	job_succeeded conformance
	result $? "conformance: nothing is left behind on Linux $version" \
		"$folder/jobs/conformance.log"
	grep -q '^same end$' "$compared"
	result $? "conformance: model and Linux $version come to the same end" "$folder/conformance.missing"
	say "conformance: $(grep -c '^same' "$compared") steps the same," \
		"$(grep -c '^listed' "$compared") differ for a listed reason," \
		"$(grep -c '^differs' "$compared") differ without one," \
		"$(grep -c '^missing' "$compared") are missing"

	grep '^listed' "$compared" | sed 's/^listed /# not the same: /'
	sed -n 's/^differs //p; s/^stale \(.*\)/\1 (is the same, but listed as a difference)/p' \
		"$compared" >"$folder/conformance.failed"
	while read -r step; do
		grep -F -x -A 2 "differs $step" "$compared" | sed 1d >"$folder/conformance.lines"
		result 1 "conformance: $step" "$folder/conformance.lines"
	done <"$folder/conformance.failed"
}
