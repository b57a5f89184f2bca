#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# tests/run must never call a run good that was not.

. "$(dirname "$0")/tap.sh"

run=$(dirname "$0")/../run
unset TEST_RESULTS

last_line()
{
	printf '%s\n' "$output" | tail -n 1
}

test_passes_when_every_test_passes()
{
	expect_status 0 "$run" example 'echo 1..2; echo ok 1 - a; echo ok 2 - b'
	expect_equal "last line" "2 passed, 0 failed" "$(last_line)"
}

test_adds_up_several_programs()
{
	expect_status 0 "$run" example 'echo 1..2; echo ok; echo ok' 'echo 1..1; echo ok'
	expect_equal "last line" "3 passed, 0 failed" "$(last_line)"
}

test_adds_up_several_plans_of_one_program()
{
	expect_status 0 "$run" example 'echo 1..1; echo ok 1; echo 1..2; echo ok 1; echo ok 2'
	expect_equal "last line" "3 passed, 0 failed" "$(last_line)"
}

test_shows_the_output_of_a_failed_program_and_how_to_run_it_alone()
{
	expect_status 1 "$run" example 'echo 1..2; echo ok 1; echo not ok 2; echo "# why not"'
	expect_match "output" '*# why not*run it alone:  echo 1..2*' "$output"
	expect_equal "last line" "1 passed, 1 failed" "$(last_line)"
}

test_fails_when_a_program_ends_with_a_status_other_than_0()
{
	expect_status 1 "$run" example 'echo 1..1; echo ok; exit 3'
	expect_match "reason" '*ended with status 3*' "$output"
	expect_equal "last line" "1 passed, 1 failed" "$(last_line)"
}

test_fails_when_a_program_is_killed()
{
	# shellcheck disable=SC2016 # for the shell that runs it
	expect_status 1 "$run" example 'echo 1..1; echo ok; kill -SEGV $$'
	expect_match "reason" '*killed by signal 11*' "$output"
}

test_fails_when_a_program_runs_fewer_tests_than_planned()
{
	expect_status 1 "$run" example 'echo 1..3; echo ok 1; echo ok 2'
	expect_match "reason" '*planned 3 tests and ran 2*' "$output"
}

test_fails_when_a_program_runs_more_tests_than_planned()
{
	expect_status 1 "$run" example 'echo 1..1; echo ok 1; echo ok 2'
	expect_match "reason" '*planned 1 tests and ran 2*' "$output"
}

test_fails_when_a_program_prints_no_plan()
{
	expect_status 1 "$run" example 'echo ok 1'
	expect_match "reason" '*printed no plan*' "$output"
}

test_fails_when_a_program_has_no_tests()
{
	expect_status 1 "$run" example 'echo 1..0'
	expect_match "reason" '*it has no tests*' "$output"
}

test_fails_when_a_program_does_not_exist()
{
	expect_status 1 "$run" example "$scratch/nothing-here"
	expect_equal "last line" "0 passed, 1 failed" "$(last_line)"
}

test_fails_when_a_program_takes_too_long()
{
	TEST_TIMEOUT=1 expect_status 1 "$run" example 'echo 1..1; echo ok; exec sleep 30'
	expect_match "reason" '*stopped after 1 seconds*' "$output"
}

test_fails_when_it_is_given_no_program()
{
	expect_status 1 "$run" example
	expect_equal "last line" "0 passed, 1 failed" "$(last_line)"
}

test_counts_a_skipped_test_neither_as_passed_nor_as_failed()
{
	expect_status 0 "$run" example 'echo 1..2; echo ok 1; echo "ok 2 - b # SKIP no device"'
	expect_match "output" '*1 skipped*' "$output"
	expect_equal "last line" "1 passed, 0 failed" "$(last_line)"
}

test_understands_how_cmocka_reports_a_skipped_test()
{
	expect_status 0 "$run" example \
		'echo 1..2; echo ok 1; echo "# skipped: no device"; echo "not ok 2 # SKIP b"'
	expect_match "output" '*skipped: no device*' "$output"
	expect_equal "last line" "1 passed, 0 failed" "$(last_line)"
}

test_fails_when_a_skipped_test_does_not_say_why()
{
	for line in 'ok 2 - b # SKIP' 'not ok 2 # SKIP b'; do
		expect_status 1 "$run" example "echo 1..2; echo ok 1; echo '$line'"
		expect_match "reason" '*skipped without a reason: *b*' "$output"
	done
}

test_fails_when_everything_was_skipped()
{
	expect_status 1 "$run" example 'echo "1..0 # SKIP no device"'
	expect_equal "last line" "0 passed, 0 failed" "$(last_line)"
}

test_total_adds_up_what_the_suites_left()
{
	export TEST_RESULTS="$scratch"
	expect_status 0 "$run" one 'echo 1..1; echo ok'
	expect_status 1 "$run" two 'echo 1..2; echo ok; echo not ok'
	expect_status 1 "$run" --total one two
	expect_equal "last line" "2 passed, 1 failed" "$(last_line)"
}

test_total_says_where_the_time_went()
{
	export TEST_RESULTS="$scratch"
	expect_status 0 "$run" quick 'echo 1..1; echo ok'
	expect_status 0 "$run" slow 'echo 1..1; echo ok; sleep 2'
	expect_status 0 "$run" --total quick slow
	expect_match "output" '*Seconds: slow [2-9]*, quick [01]*' "$output"
}

test_total_fails_when_a_suite_left_nothing()
{
	export TEST_RESULTS="$scratch"
	expect_status 0 "$run" one 'echo 1..1; echo ok'
	expect_status 1 "$run" --total one two
	expect_match "reason" '*check-two did not get as far*' "$output"
	expect_equal "last line" "1 passed, 1 failed" "$(last_line)"
}

test_total_fails_when_there_is_no_suite()
{
	export TEST_RESULTS="$scratch"
	expect_status 1 "$run" --total
	expect_equal "last line" "0 passed, 0 failed" "$(last_line)"
}

run_tests "$@"
