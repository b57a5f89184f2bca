# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC2154 # variables of check-kernel
#
# Can these tests fail?  The ports with a mistake of tests/proof/wrong run on
# machines of their own, since some of them crash theirs, or leave it with pages
# locked for ever.
# The trace of each has to differ from the callback driver's in the step that
# its patch names, which is where it differs on the reference implementation.

add_wrong_port()
{
	cp "$folder/programs/${1%%/*}" "$root/tests/"
	add_job "$(wrong_name "$1")" 120 "/modules/$(wrong_name "$1").ko" "/tests/${1%%/*}"
}

# wrong_name EXAMPLE/MISTAKE: of its module, where all of it would be too long
wrong_name()
{
	echo "wrong-${1#*/}"
}

# A mistake that cannot be made on this release has no source: where older kernels
# need other code, there may be no place for it.
add_wrong()
{
	possible=''
	for wrong in $wrong_ports; do
		if [ ! -f "$folder/sources/$(wrong_name "$wrong").c" ]; then
			say "the mistake $wrong cannot be made on Linux $release"
		elif [ ! -f "$folder/modules/drivers/$(wrong_name "$wrong").ko" ]; then
			result 1 "the wrong port $wrong builds as a module for Linux $version" \
				"$folder/modules.log"
		else
			possible="$possible $wrong"
			add_wrong_port "$wrong"
		fi
	done
	wrong_ports=$possible
}

# What the patch of a wrong port says after a word at the beginning of a line.
said_by_patch()
{
	sed -n "s/^# $2: //p" "tests/proof/wrong/$1.patch"
}

report_wrong_port()
{
	job=$(wrong_name "$1")
	build/proof/compare "callback, model 5.3=$folder/model/${1%%/*}-5.3.trace" \
		"wrong, Linux $release=$folder/jobs/$job.output" >"$folder/jobs/$job.compared" 2>&1
	! job_succeeded "$job" &&
		grep -q -F "the traces differ in step \"$2\":" "$folder/jobs/$job.compared"
	result $? "the wrong port $1 is caught on Linux $version in \"$2\"${3:+ # TODO $3}" \
		"$folder/jobs/$job.compared"
}

# Who wins a race is not known beforehand, and what shows it neither.
report_wrong()
{
	run_callbacks
	for wrong in $wrong_ports; do
		report_wrong_port "$wrong" "$(said_by_patch "$wrong" 'Caught in')" \
			"$(said_by_patch "$wrong" 'On a kernel')"
	done
}
