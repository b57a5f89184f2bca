#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# The checks as semantic patches: they find mistakes, and only mistakes.

# shellcheck source=tests/runner/tap.sh
. tests/runner/tap.sh

test_finds_nothing_in_right_drivers_and_no_less_in_wrong_ones_than_the_table_says()
{
	tests/cocci/checks-table >"$scratch/table" 2>"$scratch/false"
	expect_equal "findings in right drivers" "" "$(cat "$scratch/false")"
	expect_equal "rules that find less than tests/cocci/checks says: rule, before, now" "" "$(
		awk -F '\t' '
			/^#/ { next }
			NR == FNR { now[$1] = $2; next }
			now[$1] < $2 { print $1, $2, now[$1] + 0 }
			' "$scratch/table" tests/cocci/checks)"
}

test_is_quiet_about_the_examples_and_the_ports_of_all_shapes()
{
	expect_equal "findings" "" \
		"$(cocci/series -c examples/*/three-step.c tests/shapes/*/after.c 2>&1)"
}

# What nouveau_dmem_migrate_to_ram() did from 6.1 to 6.18.
test_finds_a_page_that_is_left_in_dst_when_its_copy_fails()
{
	expect_match "what it says" "*wrong/pages-skipped.c:36: dst has a page here*" \
		"$(cocci/series -c tests/rules/drivers/wrong/pages-skipped.c 2>&1)"
}

run_tests "$@"
