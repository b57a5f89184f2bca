#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# `migrate-vma check --fix`, what it says of fixes in SARIF, and findings that
# are known.
#
# Environment:
#	MIGRATE_VMA	the program

# shellcheck source=tests/runner/tap.sh
. tests/runner/tap.sh

drivers=tests/rules/drivers/wrong

# fix RULE: the lines that --fix writes into the driver of that rule
fix()
{
	cp "$drivers/$1.c" "$scratch/driver.c"
	target=$(sed -n 's,^/\* target: \([0-9.]*\) .*,\1,p' "$scratch/driver.c")
	"$MIGRATE_VMA" check --fix --quiet --target="$target" "$scratch/driver.c" 2>/dev/null
	diff "$drivers/$1.c" "$scratch/driver.c" | sed -n 's/^> *	*//p' |
		sed 's, */\* wrong: .*,,'
}

test_a_number_in_dst_becomes_a_word()
{
	expect_equal "new lines" "args->dst[0] = migrate_pfn(page_to_pfn(page));
dst[i] = migrate_pfn(page_to_pfn(page)) | MIGRATE_PFN_WRITE;" "$(fix dst-raw-number)"
}

test_cpages_becomes_npages_but_for_a_variable_with_other_uses()
{
	expect_equal "new lines" "for (i = 0; i < args->npages; i++)
copy_words(drv, args->src, args->dst, args->npages);" "$(fix loop-over-cpages)"
}

test_an_error_number_becomes_a_fault()
{
	expect_equal "new lines" "return VM_FAULT_SIGBUS;" "$(fix fault-errno)"
}

test_a_fallback_becomes_0()
{
	expect_equal "new lines" "#define MIGRATE_PFN_LOCKED 0
#define MIGRATE_PFN_DEVICE 0" "$(fix flag-fallback)"
}

test_going_back_reaches_the_first()
{
	expect_equal "new lines" "while (i-- > 0) {" "$(fix unwind-short)"
}

test_a_struct_is_zeroed()
{
	fix not-zeroed | sort -u >"$scratch/lines"
	expect_equal "new lines" "struct migrate_vma args = { 0 };" "$(cat "$scratch/lines")"
}

test_a_locked_page_is_unlocked_first()
{
	expect_equal "new lines" "unlock_page(page);" "$(fix locked-page-freed | sort -u)"
}

test_a_return_that_leads_past_finalize_gets_the_call_and_braces()
{
	fix return-inside >/dev/null
	expect_equal "first function" "	if (ret) {
		migrate_vma_finalize(args);
		return ret;
	}" "$(sed -n '/migrate_vma_finalize(args);/{
		x; p; x; p; n; p; n; p; q
	}; h' "$scratch/driver.c" | sed 's, */\* wrong: .*,,')"
}

test_what_was_fixed_is_not_found_again()
{
	for rule in dst-raw-number fault-errno flag-fallback not-zeroed; do
		fix "$rule" >/dev/null
		"$MIGRATE_VMA" check --target="$target" --fix --format=diff --quiet \
			"$scratch/driver.c" >"$scratch/again" 2>/dev/null
		expect_equal "changes of a second run for $rule" "" "$(cat "$scratch/again")"
	done
}

test_a_diff_leaves_the_file_as_it_is()
{
	cp "$drivers/fault-errno.c" "$scratch/driver.c"
	"$MIGRATE_VMA" check --fix --format=diff --quiet "$scratch/driver.c" \
		>"$scratch/patch" 2>/dev/null
	cmp -s "$drivers/fault-errno.c" "$scratch/driver.c" || fail "the file was written"
	grep -q '^+.*return VM_FAULT_SIGBUS;' "$scratch/patch" || fail "no such line in the diff"
}

test_a_diff_of_fixes_needs_fix()
{
	"$MIGRATE_VMA" check --format=diff "$drivers/fault-errno.c" >/dev/null 2>"$scratch/error"
	expect_equal "exit status" 2 $?
	expect_equal "message" \
		"migrate-vma: --format=diff shows what --fix would change: give that as well" \
		"$(cat "$scratch/error")"
}

test_sarif_has_the_fix()
{
	"$MIGRATE_VMA" check --format=sarif "$drivers/fault-errno.c" >"$scratch/sarif"
	expect_equal "text of the fix" '"text": "VM_FAULT_SIGBUS"' \
		"$(grep -o '"text": *"VM_FAULT_SIGBUS"' "$scratch/sarif" | sed 's/: */: /')"
}

test_findings_that_are_known_do_not_count()
{
	cp "$drivers/fault-errno.c" "$scratch/driver.c"
	"$MIGRATE_VMA" check --quiet --write-baseline="$scratch/known" "$scratch/driver.c" \
		>/dev/null 2>&1 || fail "writing them down exits with $?"
	# Lines above move them, and a new one comes in.
	sed -i '1a\
\
\
' "$scratch/driver.c"
	"$MIGRATE_VMA" check --quiet --baseline="$scratch/known" "$scratch/driver.c" \
		>"$scratch/output" 2>&1 || fail "a known finding counts: $(cat "$scratch/output")"
	sed -i 's/^\treturn 0;$/\treturn -EFAULT;/' "$scratch/driver.c"
	"$MIGRATE_VMA" check --quiet --baseline="$scratch/known" "$scratch/driver.c" \
		>"$scratch/output" 2>&1
	expect_equal "exit status with a new finding" 1 $?
	grep -q EFAULT "$scratch/output" || fail "the new finding is not shown"
	! grep -q EIO "$scratch/output" || fail "the known finding is shown"
}

test_a_baseline_that_is_not_there_is_an_error()
{
	"$MIGRATE_VMA" check --baseline="$scratch/none" "$drivers/fault-errno.c" \
		>/dev/null 2>"$scratch/error"
	expect_equal "exit status" 2 $?
	grep -q 'No such file' "$scratch/error" || fail "it says: $(cat "$scratch/error")"
}

run_tests "$@"
