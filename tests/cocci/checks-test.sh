#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# The checks as a semantic patch: they find mistakes, and only mistakes.

# shellcheck source=tests/runner/tap.sh
. tests/runner/tap.sh
root=$(pwd)
# shellcheck source=tests/cocci/files.sh
. tests/cocci/files.sh

test_finds_nothing_where_nothing_is_wrong_and_no_less_than_its_table_says()
{
	tests/cocci/checks-table >"$scratch/table" 2>"$scratch/false"
	expect_equal "findings where nothing is wrong" "" "$(cat "$scratch/false")"
	expect_equal "rules that find less than tests/cocci/checks says: rule, before, now" "" "$(
		awk -F '\t' '
			/^#/ { next }
			NR == FNR { now[$1] = $2; next }
			now[$1] < $2 { print $1, $2, now[$1] + 0 }
			' "$scratch/table" tests/cocci/checks)"
}

test_is_quiet_about_the_examples_in_three_steps()
{
	for target in 6.1 7.2; do
		expect_equal "findings for Linux $target" "" \
			"$(check_with_spatch "$target" examples/*/three-step.c 2>&1)"
	done
}

# Names of neighbouring APIs are left to a person.
test_is_quiet_about_the_ports_of_all_shapes()
{
	expect_equal "findings" "" "$(check_with_spatch 7.2 tests/shapes/*/after.c 2>&1 |
		grep -v ' removed-name$')"
}

test_says_what_and_where_in_the_form_of_coccilib()
{
	expect_match "report" "tests/rules/drivers/wrong/setup-result.c:*:*-*: WARNING: *[setup-result]*" \
		"$(spatch --very-quiet --no-includes -D report --cocci-file "$check_patch" \
			tests/rules/drivers/wrong/setup-result.c)"
	expect_match "org" "\\* TODO \\[\\[view:tests/rules/drivers/wrong/setup-result.c::*" \
		"$(spatch --very-quiet --no-includes -D org --cocci-file "$check_patch" \
			tests/rules/drivers/wrong/setup-result.c)"
}

test_shows_the_line_in_the_mode_context()
{
	expect_match "context" "*
-	*return ret; /\\* wrong: return-inside*" "$(spatch --very-quiet --no-includes \
		-D context --cocci-file "$check_patch" tests/rules/drivers/wrong/return-inside.c)"
}

run_tests "$@"
