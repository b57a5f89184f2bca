#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# make report: what a user sends about a port that is wrong.

. "$(dirname "$0")/../runner/tap.sh"
cd "$(dirname "$0")/../.." || exit 2

# A build folder of its own, so that no report of the user's is overwritten.
report()
{
	mkdir -p "$scratch/bin"
	ln -sf "$PWD/build/bin/migrate-vma" "$scratch/bin/"
	tests/report/report "$scratch" "$@"
}

test_has_only_what_is_needed_for_the_text()
{
	cp examples/cpu-fault/callback.c "$scratch/driver.c"
	expect_status 0 report port "$scratch/driver.c" 'migrate_vma_setup'
	lines=$(sed -n '/^The driver, as far/,$p' "$scratch/report.txt" | wc -l)
	[ "$lines" -lt $(($(wc -l <"$scratch/driver.c") / 2)) ] || fail "$(cat "$scratch/report.txt")"
	grep -q '^    [-+ ].*migrate_vma_setup' "$scratch/report.txt" || fail "the output is not in it"
}

test_what_it_has_left_still_gives_the_text()
{
	cp docs/snippets/5.3/chunks.c "$scratch/driver.c"
	expect_status 0 report port "$scratch/driver.c" 'error:'
	sed '1,/^The driver, as far/d; s/^    //' "$scratch/report.txt" >"$scratch/reduced.c"
	expect_match 'what is said of it' '*error:*' "$(build/bin/migrate-vma port "$scratch/reduced.c" 2>&1)"
}

test_has_the_versions()
{
	cp examples/cpu-fault/callback.c "$scratch/driver.c"
	expect_status 0 report port "$scratch/driver.c" 'migrate_vma_setup'
	expect_match 'first line' "$(build/bin/migrate-vma --version)" "$(head -n 1 "$scratch/report.txt")"
}

test_names_no_folder_of_who_reports()
{
	cp docs/snippets/5.3/chunks.c "$scratch/driver.c"
	expect_status 0 report port "$scratch/driver.c" 'error:'
	expect_equal 'lines with the folder' '' "$(grep -F "$scratch" "$scratch/report.txt")"
}

test_a_text_that_is_not_in_the_output_is_told()
{
	cp examples/cpu-fault/callback.c "$scratch/driver.c"
	expect_status 2 report port "$scratch/driver.c" 'no such text'
	expect_match 'what is said' '*"no such text" is not in the output*' "$output"
}

run_tests "$@"
