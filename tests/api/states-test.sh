#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# Is the table of states complete, and does it show what changed between the
# releases? What each state comes to is tested in setup-test.c and move-test.c.
#
# `make check-api` makes the table.

. "$(dirname "$0")/../runner/tap.sh"

states=${STATES_BUILD:-build/api-states}
newest=$(ls "$states" | grep "^[0-9.]*$" | sort -V | tail -n 1)
releases="5.3 5.4 5.7 5.9 5.16 5.18 6.0 6.1 6.6 6.15 6.19 $newest"

# row RELEASE STATE: the other columns, with / between
row()
{
	awk -F '\t' -v state="$2" '$1 == state { print $2 " / " $3 " / " $4 }' "$states/$1"
}

# Device coherent memory comes with 6.0, and the states after it with it.
test_every_state_is_there_for_every_release_and_loses_nothing()
{
	for release in $releases; do
		expected=$(cut -f 1 "$states/$newest")
		case $release in
		5.*) expected=$(echo "$expected" | grep -v coherent) ;;
		esac
		expect_equal "states of $release" "$expected" "$(cut -f 1 "$states/$release")"
		expect_equal "columns of $release" 4 "$(awk -F '\t' '{ print NF }' "$states/$release" |
			sort -u)"
	done
	expect_equal "states of $newest" 36 "$(wc -l <"$states/$newest" | xargs)"
}

test_a_read_only_page_moves_and_stays_read_only()
{
	for release in $releases; do
		expect_match "$release" "VALID MIGRATE* / * / system memory" \
			"$(row "$release" 'a read-only device page')"
	done
	expect_equal "$newest" "VALID MIGRATE / VALID MIGRATE / device" \
		"$(row $newest 'a read-only page')"
}

test_a_page_of_another_device_is_left_out_since_5_7()
{
	expect_equal "5.4" "VALID MIGRATE LOCKED WRITE / VALID MIGRATE LOCKED WRITE / system memory" \
		"$(row 5.4 'a page of another device')"
	expect_equal "5.7" "0 / 0 / device" "$(row 5.7 'a page of another device')"
}

test_holes_of_files_are_offered_until_5_8_and_never_filled()
{
	expect_equal "5.7" "MIGRATE / 0 / nothing" \
		"$(row 5.7 'nothing there, in a mapping of a file')"
	expect_equal "5.9" "0 / 0 / nothing" "$(row 5.9 'nothing there, in a mapping of a file')"
}

test_a_page_in_the_swap_cache_goes_to_a_device_since_6_6()
{
	expect_equal "6.1" "VALID MIGRATE / VALID / system memory" \
		"$(row 6.1 'a page in the swap cache')"
	expect_equal "6.6" "VALID MIGRATE / VALID MIGRATE / device" \
		"$(row 6.6 'a page in the swap cache')"
}

test_pages_of_files_stay_in_system_memory()
{
	for release in $releases; do
		expect_match "$release" "VALID MIGRATE* / VALID* / system memory" \
			"$(row "$release" 'a page of a file, mapped shared')"
		expect_match "$release" "* / VALID MIGRATE* / device" \
			"$(row "$release" "the program's own copy of a page of a file")"
	done
}

test_huge_pages_are_split_unless_pinned()
{
	for release in $releases; do
		expect_match "$release" "VALID MIGRATE* / VALID MIGRATE* / device" \
			"$(row "$release" 'a part of a huge page')"
		expect_equal "$release" "0 / 0 / system memory" \
			"$(row "$release" 'a part of a huge page that is pinned')"
	done
	expect_equal "6.15" "0 / 0 / system memory" \
		"$(row 6.15 'a part of a huge page that small entries map')"
	expect_match "6.19" "VALID MIGRATE* / device" \
		"$(row 6.19 'a part of a huge page that small entries map')"
}

test_locked_goes_with_5_16_and_device_with_5_4()
{
	expect_equal "5.3" "VALID MIGRATE LOCKED WRITE DEVICE" \
		"$(row 5.3 'a device page' | sed 's, / .*,,')"
	expect_equal "5.4" "VALID MIGRATE LOCKED WRITE" "$(row 5.4 'a device page' | sed 's, / .*,,')"
	expect_equal "5.16" "VALID MIGRATE WRITE" "$(row 5.16 'a device page' | sed 's, / .*,,')"
}

test_the_copy_in_the_documentation_is_in_step()
{
	cmp -s "$states/states.rst" docs/reference/states-table.inc ||
		fail "docs/reference/states-table.inc is not what the model does:" \
			"run \`make api-states\`, and read the difference"
}

test_the_table_has_every_state_once()
{
	expect_equal "rows with a name, and the head" 37 \
		"$(grep -c '^   \* - .' "$states/states.rst")"
}

run_tests "$@"
