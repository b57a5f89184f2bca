#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# `migrate-vma explain`.  Environment: MIGRATE_VMA, the program.

# shellcheck source=tests/runner/tap.sh
. tests/runner/tap.sh

test_list_has_every_rule()
{
	expect_status 0 "$MIGRATE_VMA" explain
	for rule in $(sed -n 's/.*\.name = "\(.*\)",/\1/p' porting-tool/checks/*.c); do
		echo "$output" | grep -q "^  $rule  " || fail "$rule is not in the list"
	done
}

test_list_fits_a_terminal()
{
	expect_status 0 "$MIGRATE_VMA" explain
	widest=$(echo "$output" | awk '{ if (length > most) most = length } END { print most }')
	[ "$widest" -le 110 ] || fail "a line has $widest characters"
}

test_rule_is_shown_in_full()
{
	expect_status 0 "$MIGRATE_VMA" explain cpages-after-finalize
	expect_match "first line" "cpages-after-finalize: *" "$(echo "$output" | head -n 1)"
	expect_match "releases" "*error, for Linux 5.4 to 5.9*" "$output"
	expect_match "wrong code" "*Wrong:*return args->cpages;*" "$output"
	expect_match "right code" "*Right:*return collected;*" "$output"
}

test_every_rule_fits_a_terminal()
{
	for rule in $("$MIGRATE_VMA" explain | sed -n 's/^  \([a-z-]*\)  .*/\1/p'); do
		"$MIGRATE_VMA" explain "$rule" | grep -v '	' |
			awk -v rule="$rule" 'NR > 1 && length > 80 { print rule ": " $0 }'
	done >"$scratch/wide"
	expect_equal "lines of more than 80 characters" "" "$(cat "$scratch/wide")"
}

test_unknown_rule_is_refused_with_the_nearest_name()
{
	expect_status 2 "$MIGRATE_VMA" explain finalise-missing
	expect_equal "message" \
		"migrate-vma: there is no rule called 'finalise-missing'; is it 'finalize-missing'?" \
		"$output"
}

test_unknown_rule_like_no_other_points_to_the_list()
{
	expect_status 2 "$MIGRATE_VMA" explain xyzzy
	expect_match "message" "*'xyzzy'; \`migrate-vma explain\` lists all" "$output"
}

test_full_disk_is_noticed()
{
	[ -c /dev/full ] || skip "there is no /dev/full"
	"$MIGRATE_VMA" explain >/dev/full 2>"$scratch/message"
	expect_equal "status" 2 $?
	[ -s "$scratch/message" ] || fail "nothing was said about it"
}

test_finding_names_a_rule_that_explain_knows()
{
	"$MIGRATE_VMA" check tests/rules/drivers/wrong/setup-result.c 2>"$scratch/findings"
	expect_equal "status of check" 1 $?
	rule=$(sed -n 's/.*error: .*\[\([a-z-]*\)\]$/\1/p' "$scratch/findings" | head -n 1)
	expect_status 0 "$MIGRATE_VMA" explain "$rule"
}

run_tests "$@"
