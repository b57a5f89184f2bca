#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# compare must find every way in which two traces can differ.

. "$(dirname "$0")/../runner/tap.sh"

compare=${PROOF_BUILD:-build/proof}/compare

# trace NAME LINE...: a trace with these lines in $scratch/NAME
trace()
{
	name=$1
	shift
	printf '%s\n' "$@" >"$scratch/$name"
}

test_equal_traces_are_the_same()
{
	trace old '# run 1' '== move' 'returned: 0' 'pages: SD' '== end' 'leaks: 0'
	trace new '# run 2' '== move' 'returned: 0' 'pages: SD' '== end' 'leaks: 0'
	expect_status 0 "$compare" "old=$scratch/old" "new=$scratch/new"
	expect_equal "the verdict" '2 traces, 2 steps, 3 observations each: all the same' "$output"
}

test_the_first_difference_is_shown_with_its_step()
{
	trace old '== load' 'ok: 1' '== move' 'returned: 0' 'pages: SD' '== end' 'leaks: 0'
	trace new '== load' 'ok: 1' '== move' 'returned: 0' 'pages: SS' '== end' 'leaks: 7'
	expect_status 1 "$compare" "old=$scratch/old" "new=$scratch/new"
	expect_equal "what it says" "$(
		echo 'the traces differ in step "move":'
		echo '  old                    pages: SD'
		echo '  new                    pages: SS')" "$output"
}

test_a_difference_in_the_last_of_three_is_found()
{
	trace old '== move' 'returned: 0' '== end' 'leaks: 0'
	trace new '== move' 'returned: 0' '== end' 'leaks: 1'
	expect_status 1 "$compare" "a=$scratch/old" "b=$scratch/old" "c=$scratch/new"
}

test_a_trace_that_stops_early_is_a_difference()
{
	trace old '== move' 'returned: 0' '== end' 'leaks: 0'
	trace new '== move' 'returned: 0'
	expect_status 1 "$compare" "old=$scratch/old" "new=$scratch/new"
	expect_match "what it says" '*stops here*' "$output"
	expect_status 1 "$compare" "new=$scratch/new" "old=$scratch/old"
}

test_traces_that_all_stop_early_are_no_proof()
{
	trace old '== move' 'returned: 0'
	expect_status 1 "$compare" "old=$scratch/old" "new=$scratch/old"
}

test_a_missing_step_is_a_difference()
{
	trace old '== move' 'returned: 0' '== read' 'bytes: 0' '== end' 'leaks: 0'
	trace new '== move' 'returned: 0' '== end' 'leaks: 0'
	expect_status 1 "$compare" "old=$scratch/old" "new=$scratch/new"
}

test_an_empty_trace_cannot_be_used()
{
	trace old '== move' 'returned: 0' '== end' 'leaks: 0'
	: >"$scratch/new"
	expect_status 2 "$compare" "old=$scratch/old" "new=$scratch/new"
}

test_a_missing_trace_cannot_be_used()
{
	trace old '== move' 'returned: 0' '== end' 'leaks: 0'
	expect_status 2 "$compare" "old=$scratch/old" "new=$scratch/nothing"
}

test_one_trace_is_nothing_to_compare()
{
	trace old '== move' 'returned: 0' '== end' 'leaks: 0'
	expect_status 2 "$compare" "old=$scratch/old"
}

test_the_table_has_a_line_for_each_step()
{
	trace old '== load' 'ok: 1' '== move' 'returned: 5' 'pages: SD' '== end' 'leaks: 0'
	trace new '== load' 'ok: 1' '== move' 'returned: 5' 'pages: SS' '== end' 'leaks: 0'
	expect_status 1 "$compare" --table "old=$scratch/old" "new=$scratch/new"
	expect_match "the row that is the same" '*load *| ok: 1 *| same*' "$output"
	expect_match "the row that is not" '*move *| returned: 5 *| differs*' "$output"
}

test_the_table_shows_a_value_that_is_not_the_same()
{
	trace old '== load' 'ok: 1' '== move' 'returned: 0' '== end' 'leaks: 0'
	trace new '== load' 'ok: 1' '== move' 'returned: -EINVAL' '== end' 'leaks: 0'
	expect_status 1 "$compare" --table "old=$scratch/old" "new=$scratch/new"
	expect_match "the row that is not the same" \
		'*move *| returned: 0 *| returned: -EINVAL*' "$output"
}

run_tests "$@"
