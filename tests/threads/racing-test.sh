#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# Does ThreadSanitizer see what a driver does without a lock, and does it see
# the lock of one that has it? `make check-threads-tsan` builds the program.

. "$(dirname "$0")/../runner/tap.sh"

program=build/tests/threads/tsan/racing

test_a_driver_that_counts_without_a_lock_is_a_data_race()
{
	expect_status 66 "$program" 1
	expect_match "the report" '*data race*racing_ioctl*' "$output"
}

test_a_driver_that_counts_with_a_lock_is_none()
{
	expect_status 0 "$program" 2
}

run_tests "$@"
