#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# What reads the results of a machine must not take a failure for a success.

. "$(dirname "$0")/../runner/tap.sh"
here=$(dirname "$0")

# split LINE...: what a machine told, taken apart in $scratch
split()
{
	printf '%s\n' "$@" >"$scratch/results"
	awk -v jobs="$scratch" -f "$here/split-results.awk" "$scratch/results"
}

test_output_log_and_status_of_a_job_are_taken_apart()
{
	split '@@ begin one' 'seen' '@@ log one' 'complaint' '@@ end one 3'
	expect_equal "the output" seen "$(cat "$scratch/one.output")"
	expect_equal "the log" complaint "$(cat "$scratch/one.log")"
	expect_equal "the status" 3 "$(cat "$scratch/one.status")"
}

test_a_job_that_the_machine_did_not_survive_has_crashed()
{
	split '@@ begin one' '@@ log one' '@@ end one 0' '@@ begin two' '== the last step'
	expect_equal "the first" 0 "$(cat "$scratch/one.status")"
	expect_equal "the second" crashed "$(cat "$scratch/two.status")"
	expect_equal "what was seen of it" '== the last step' "$(cat "$scratch/two.output")"
}

test_a_job_that_did_not_begin_has_no_status()
{
	split '@@ begin one' '@@ log one' '@@ end one 0'
	[ ! -e "$scratch/two.status" ] || fail "it has one"
}

test_ends_of_lines_of_the_serial_line_are_removed()
{
	split "$(printf '@@ begin one\r')" "$(printf 'seen\r')" "$(printf '@@ log one\r')" \
		"$(printf '@@ end one 0\r')"
	expect_equal "the output" seen "$(cat "$scratch/one.output")"
	expect_equal "the status" 0 "$(cat "$scratch/one.status")"
}

# compare_steps MODEL KERNEL DIFFERENCES: each with its lines separated by |
compare_steps()
{
	echo "$1" | tr '|' '\n' >"$scratch/model"
	echo "$2" | tr '|' '\n' >"$scratch/kernel"
	echo "$3" >"$scratch/differences"
	awk -v release=6.1 -f "$here/conformance/compare-steps.awk" "$scratch/differences" \
		"$scratch/model" "$scratch/kernel"
}

test_equal_steps_are_the_same()
{
	expect_equal "the comparison" 'same a step' \
		"$(compare_steps '# model|== a step|x: 1' '# kernel|== a step|x: 1' '#')"
}

test_the_first_different_line_of_a_step_is_shown()
{
	expect_equal "the comparison" 'differs a step
    model: y: 2
    Linux: y: 3
same end' "$(compare_steps '== a step|x: 1|y: 2|z: 4|== end' '== a step|x: 1|y: 3|z: 5|== end' '#')"
}

test_a_line_more_is_a_difference()
{
	expect_match "the comparison" 'differs a step*(nothing)*' \
		"$(compare_steps '== a step|x: 1' '== a step|x: 1|y: 2' '#')"
}

test_a_step_that_one_of_them_does_not_have_is_a_difference()
{
	expect_match "missing on the kernel" '*missing end' \
		"$(compare_steps '== a step|x: 1|== end|y: 1' '== a step|x: 1' '#')"
	expect_match "missing on the model" '*differs end*' \
		"$(compare_steps '== a step|x: 1' '== a step|x: 1|== end|y: 1' '#')"
}

test_a_listed_difference_comes_with_its_reason()
{
	expect_equal "the comparison" 'listed a step: because' \
		"$(compare_steps '== a step|x: 1' '== a step|x: 2' '5.4-6.1 | a * | because')"
}

test_a_difference_listed_for_other_releases_is_not_excused()
{
	expect_match "the comparison" 'differs a step*' \
		"$(compare_steps '== a step|x: 1' '== a step|x: 2' '6.12-7.2 | a * | because')"
}

test_a_listed_difference_that_is_none_is_told()
{
	expect_equal "the comparison" 'stale a step' \
		"$(compare_steps '== a step|x: 1' '== a step|x: 1' '6.1 | a step | because')"
}

test_a_rule_that_only_the_model_tells_about_can_be_left_out()
{
	expect_equal "the comparison" 'same a step' "$(compare_steps \
		'== a step|rule broken: mine|x: 1' '== a step|x: 1' '6.1 | rule broken: mine | because')"
	expect_match "another rule" 'differs a step*' "$(compare_steps \
		'== a step|rule broken: other|x: 1' '== a step|x: 1' '6.1 | rule broken: mine | because')"
}

test_every_release_has_a_line_of_seven_words()
{
	expect_equal "lines with another number" '' \
		"$(sed '/^#/d' "$here/releases" | awk 'NF != 7')"
}

# run_machine COMMANDS: run-machine with a program for qemu that runs COMMANDS, whose
# standard output is the machine's results; a job "one" may take a second, and
# $patience more
run_machine()
{
	mkdir -p "$scratch/bin" "$scratch/kernel/usr" "$scratch/root"
	echo "one 1 - /tests/one" >"$scratch/root/jobs"
	printf '#!/bin/sh\n' >"$scratch/kernel/usr/gen_init_cpio"
	cat >"$scratch/bin/qemu-system-x86_64" <<-END
		#!/bin/sh
		for word do
			case \$word in
			file:*) results=\${word#file:} ;;
			esac
		done
		exec >"\$results"
		$1
	END
	chmod +x "$scratch/bin/qemu-system-x86_64" "$scratch/kernel/usr/gen_init_cpio"
	PATH=$scratch/bin:$PATH KERNEL_BOOT_SECONDS=${patience:-1} KERNEL_GRACE_SECONDS=${patience:-0} \
		"$here/run-machine" "$scratch/kernel" "$scratch" 60
}

test_a_machine_that_ends_is_no_failure()
{
	patience=30
	expect_status 0 run_machine "echo '@@ begin one'; sleep 1.5; echo '@@ end one 0'"
	expect_match "what it says" '*running one*' "$output"
}

test_a_job_that_hangs_is_named_and_its_machine_stopped()
{
	expect_status 124 run_machine "echo '@@ begin one'; exec sleep 60"
	expect_match "what it says" '*hung in job one, which did not end within 1 s*' "$output"
}

test_a_machine_that_does_not_boot_is_stopped()
{
	expect_status 124 run_machine "exec sleep 60"
	expect_match "what it says" '*hung in booting, which did not end within 1 s*' "$output"
}

test_what_qemu_complains_about_is_shown()
{
	patience=30
	expect_status 3 run_machine "echo 'no such processor' >&2; exit 3"
	expect_match "what it says" '*status 3*no such processor*' "$output"
}

test_what_was_started_ends_with_the_one_who_started_it()
{
	printf '. "%s/common.sh"\nattached sleep 4321\n' "$(cd "$here" && pwd)" >"$scratch/starter"
	sh "$scratch/starter" &
	starter=$!
	sleep 1
	started=$(cat "/proc/$starter/task/$starter/children")
	started=${started% }
	kill "$starter"
	wait "$starter"
	expect_equal "the status of the one who started" 130 "$?"
	for _ in 1 2 3 4 5; do
		grep -q sleep "/proc/$started/cmdline" 2>/dev/null || return 0
		sleep 1
	done
	fail "what was started goes on"
}

run_tests "$@"
