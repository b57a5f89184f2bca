#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# What the semantic patches have in common with the scripts of the kernel, and how the
# port is called.

# shellcheck source=tests/runner/tap.sh
. tests/runner/tap.sh
root=$(pwd)
# shellcheck source=tests/cocci/files.sh
. tests/cocci/files.sh

# spatch has warnings of its own, about its standard.h: they come for any patch.  The other line is
# what 1.3 says of its own keywords.
parse()
{
	spatch --parse-cocci -D "$1" "$2" 2>&1 >/dev/null |
		grep -v -e '^init_defs_builtins: ' -e '^SPECIAL NAMES: '
}

test_spatch_parses_both_without_a_warning()
{
	printf 'virtual patch\nvirtual context\nvirtual org\nvirtual report\n@@\n@@\n-f();\n+g();\n' >"$scratch/empty.cocci"
	for mode in patch context org report; do
		for patch in "$port_patch" "$check_patch"; do
			[ "$mode $patch" != "patch $check_patch" ] || continue
			expect_equal "$(basename "$patch"), mode $mode" \
				"$(parse "$mode" "$scratch/empty.cocci" | sort -u)" \
				"$(parse "$mode" "$patch" | sort -u)"
		done
	done
}

test_headers_have_what_coccicheck_and_a_reader_look_for()
{
	for patch in "$port_patch" "$check_patch"; do
		for line in '^/// [A-Z]' '^// Confidence: ' '^// Options: --' '^// Keywords: ' \
			'^// Comments: ' '^// Requires: [0-9.]*$' '^virtual context$' '^virtual org$' \
			'^virtual report$'; do
			grep -q "$line" "$patch" || fail "$(basename "$patch") has no line $line"
		done
	done
	grep -q '^virtual patch$' "$port_patch" || fail "the port has no mode patch"
}

test_tables_are_those_of_migrate_vma()
{
	expect_equal "cocci/migrate_vma/tables.py (make cocci-tables writes it anew)" "" \
		"$(build/cocci/write-tables | diff cocci/migrate_vma/tables.py -)"
}

# port TARGET FILE...: what the port writes and says
port()
{
	port_target=$1
	shift
	# shellcheck disable=SC2046 # words
	spatch --very-quiet $(options "$port_patch") -D patch -D "target=$port_target" \
		--cocci-file "$port_patch" "$@" 2>&1
}

test_ports_to_every_release_that_migrate_vma_ports_to()
{
	driver=examples/cpu-fault/callback.c
	for target in 5.4 5.7 5.9 6.1; do
		port "$target" $driver >"$scratch/patch"
		grep -q '^+.*migrate_vma_setup' "$scratch/patch" || fail "nothing ported to $target"
		expect_equal "members of struct migrate_vma that are set, in the patch to $target" \
			"$(case $target in
				5.4) ;;
				5.7) echo src_owner ;;
				5.9) echo flags pgmap_owner ;;
				6.1) echo fault_page flags pgmap_owner ;;
			esac)" "$(sed -n 's/^+.*\.\(src_owner\|pgmap_owner\|flags\|fault_page\)[^a-z_]*=.*/\1/p' \
				"$scratch/patch" | sort -u | paste -sd ' ')"
	done
}

test_refuses_a_release_that_it_does_not_know()
{
	for target in 5.3 9.9 next; do
		expect_equal "target $target" "target=$target: not a release from 5.4 to 7.2" \
			"$(port "$target" examples/cpu-fault/callback.c)"
	done
}

test_leaves_a_driver_whole_and_says_where_it_did_not_understand()
{
	expect_equal "what is written" \
		"tests/shapes/call-in-macro-body/before.c:45:2: error: migrate_vma is used in the text of a macro [in-macro]" \
		"$(port 7.2 tests/shapes/call-in-macro-body/before.c | grep -v neighbour)"
}

test_says_in_the_mode_report_where_the_old_api_is_used()
{
	expect_equal "lines" "129 147 206 216" "$(spatch --very-quiet --no-includes -D report \
		--cocci-file "$port_patch" examples/cpu-fault/callback.c |
		sed -n 's/^[^:]*:\([0-9]*\):[0-9]*-[0-9]*: WARNING: .* is gone since 5.4 \[removed-name\]$/\1/p' |
		sort -n | paste -sd ' ')"
}

test_has_nothing_to_do_for_a_driver_in_three_steps()
{
	expect_equal "what is written" "" "$(port 7.2 examples/cpu-fault/three-step.c)"
}

test_works_from_any_folder()
{
	cp examples/cpu-fault/callback.c "$scratch/driver.c"
	(cd "$scratch" && port 7.2 driver.c) >"$scratch/patch"
	grep -q '^+.*migrate_vma_setup' "$scratch/patch" || fail "$(cat "$scratch/patch")"
}

run_tests "$@"
