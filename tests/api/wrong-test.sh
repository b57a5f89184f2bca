#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# Does the machine catch what a driver does wrong?  Each driver in wrong/ makes
# one mistake.  Its scenario has to bring the reports that the driver names, in
# that order and no others, and one of them has to say where in the driver.
#
# `make check-api` builds the programs, for the releases in $WRONG_RELEASES.

. "$(dirname "$0")/../runner/tap.sh"

build=${WRONG_BUILD:-build/tests/api/wrong}
here=$(dirname "$0")

# The names of the rules in the reports, each once, in order.
reported()
{
	sed -n 's/^[a-z]*: .* \[\([a-z-]*\)\]$/\1/p' "$1" | awk '!seen[$0]++' | xargs
}

wrong_driver_is_caught()
{
	"$build/$2/$1" >"$scratch/output" 2>"$scratch/reports"
	expect_equal "reports of tests/api/wrong/$1.c on $2; all of them: $build/$2/$1" \
		"$(sed -n 's,^// Caught as: ,,p' "$here/wrong/$1.c")" \
		"$(reported "$scratch/reports")"
	grep -q "($1\.c:[0-9]*)" "$scratch/reports" || case $1 in
	dst-dropped) ;;
	*) fail "no report says where in $1.c: $(cat "$scratch/reports")" ;;
	esac
}

# Both say the same name for the same mistake, and the report sends its reader to the tool.
test_the_tool_explains_the_rules_that_it_shares_with_the_machine()
{
	tool=${MIGRATE_VMA:-build/bin/migrate-vma}
	[ -x "$tool" ] || skip "$tool is not built"
	rules=$(sed -n '/^#define SHARED_RULES/,/^$/s/.*RULE([A-Z_]*, "\([a-z-]*\)".*/\1/p' \
		"$here/../../api/kernel/report.h")
	[ "$(echo "$rules" | wc -l)" -gt 10 ] || fail "too few rules found: $rules"
	for rule in $rules; do
		expect_status 0 "$tool" explain "$rule"
	done
}

test_a_report_says_what_which_rule_where_to_read_who_called_and_what_was_before()
{
	"$build/$(ls "$build" | grep "^[0-9.]*$" | sort -V | tail -n 1)/src-put" >"$scratch/output" 2>"$scratch/reports"
	expect_match "report of src-put" "program: page 0x* while it is the source of entry * \[src-freed\]
    rule: a source page is *
    more: docs/reference/machine-rules.rst, src-freed
    called from *
    called from move() (src-put.c:*)
    *its source is page 0x*, refcount *, allocated by *
    *its setup was called from move() (src-put.c:*)*" "$(cat "$scratch/reports")"
}

# By a driver in wrong/, or in the other tests.
test_every_rule_of_the_machine_is_broken_by_a_test()
{
	rules=$(sed -n 's/^\tRULE([A-Z_]*, "\([a-z-]*\)".*/\1/p' "$here/../../api/kernel/report.h")
	[ "$(echo "$rules" | wc -l)" -gt 30 ] || fail "too few rules found: $rules"
	for rule in $rules; do
		grep -qE "Caught as:.* $rule( |\$)|\"$rule\"" "$here"/*.c "$here"/wrong/*.c ||
			fail "no test breaks the rule $rule"
	done
}

tests="test_a_report_says_what_which_rule_where_to_read_who_called_and_what_was_before
	test_every_rule_of_the_machine_is_broken_by_a_test
	test_the_tool_explains_the_rules_that_it_shares_with_the_machine"
for program in "$build"/*/*; do
	[ -f "$program" ] && [ -x "$program" ] || continue
	release=${program%/*}
	release=${release##*/}
	name=test_$(echo "${program##*/}_$release" | tr '.-' '__')
	eval "$name() { wrong_driver_is_caught ${program##*/} $release; }"
	tests="$tests $name"
done

# shellcheck disable=SC2086 # one word a test
run_tests ${*:-$tests}
