# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC2154 # variables of check-kernel
#
# The example drivers, each in three forms: the callback driver through
# migrate_vma_compat.h, as the tool ports it, and as it is ported by hand.  One of
# them was carried on from there to device-range, for 6.1 and later.  They run
# the scenarios of tests/proof, and must show what they show on the reference
# implementation, as the kernel's release and as 5.3.

# forms EXAMPLE: 5.3 has migrate_vma() itself, and nothing that could be ported to.
forms()
{
	echo callback
	[ "$release" = 5.3 ] || echo ported three-step
	[ ! -f "$folder/sources/$1-device-range.c" ] || echo device-range
}

# on_every_driver FUNCTION: calls it with each example and form
on_every_driver()
{
	for example in $examples; do
		for form in $(forms "$example"); do
			"$1" "$example" "$form"
		done
	done
}

report_module()
{
	driver=$1-$2
	grep -A 5 "$driver\.c:.*\(warning\|error\)" "$folder/modules.log" \
		>"$folder/$driver.warnings"
	[ -f "$folder/modules/drivers/$driver.ko" ] && [ ! -s "$folder/$driver.warnings" ]
	result $? "$driver builds as a module for Linux $version" "$folder/$driver.warnings"
}

add_driver()
{
	cp "$folder/programs/$1" "$root/tests/"
	add_job "$1-$2" 300 "/modules/$1-$2.ko" "/tests/$1"
}

run_model()
{
	tests/proof/run-scenario "$folder/model/$1-$2" "$folder/model/$1-$2.trace" 2>/dev/null
}

# to_compare FORM TRACE: a file with the trace, without what cannot be compared: a
# driver that goes by device pages remembers no programs, and so has fewer objects.
to_compare()
{
	case $1 in
	device-range) grep -v '^driver objects: ' "$2" >"$2.without-objects"; echo "$2.without-objects" ;;
	*) echo "$2" ;;
	esac
}

report_driver()
{
	job=$1-$2
	job_succeeded "$job"
	result $? "$job does on Linux $version what the scenario expects" "$folder/jobs/$job.log"
	build/proof/compare "callback, model 5.3=$(to_compare "$2" "$folder/model/$1-5.3.trace")" \
		"$2, model $release=$(to_compare "$2" "$folder/model/$job.trace")" \
		"$2, Linux $release=$(to_compare "$2" "$folder/jobs/$job.output")" \
		>"$folder/jobs/$job.compared" 2>&1
	result $? "$job shows on Linux $version what it shows on the model" \
		"$folder/jobs/$job.compared"
}

add_examples()
{
	on_every_driver report_module
	on_every_driver add_driver
}

# What everything is compared with: the callback drivers, on Linux 5.3.
run_callbacks()
{
	for example in $examples; do
		tests/proof/run-scenario "build/proof/$example/5.3/callback" \
			"$folder/model/$example-5.3.trace" 2>/dev/null
	done
}

report_examples()
{
	run_callbacks
	on_every_driver run_model
	on_every_driver report_driver
}
