#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# Does the program that the guide shows do what the guide says?
# `make check-threads` builds it.

. "$(dirname "$0")/../runner/tap.sh"

test_the_program_of_the_guide_counts_right_while_pages_move()
{
	expect_status 0 build/tests/threads/plain-pointers
	expect_equal "what it prints" \
		"each number was counted to 100; pages went back and forth; 0 leaks" "$output"
}

run_tests "$@"
