#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# Is a task that waits forever for another reported, with what everybody waits
# for? `make check-threads` builds the program.

. "$(dirname "$0")/../runner/tap.sh"

program=build/tests/threads/plain/racing

test_a_lock_that_another_thread_never_lets_go_of_is_a_deadlock()
{
	output=$(MACHINE_WAIT=300 "$program" 3 2>&1)
	expect_equal "it ends with SIGABRT" 134 $?
	expect_match "the report" '*has waited for lock for*[[]deadlock[]]*' "$output"
	expect_match "who waits" '*program [0-9]* waits for lock*' "$output"
}

test_a_number_of_milliseconds_that_is_none_is_told()
{
	output=$(MACHINE_WAIT=soon "$program" 2 2>&1)
	expect_match "message" '*MACHINE_WAIT=soon is not understood*' "$output"
}

run_tests "$@"
