#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# What the command line understands, and what it says when it does not.

. "$(dirname "$0")/lib.sh"

test_help_of_every_command_fits_a_screen()
{
	for command in '' port check list explain; do
		# shellcheck disable=SC2086 # nothing, or a word
		help=$(migrate_vma $command --help) || fail "$command --help failed"
		lines=$(printf '%s\n' "$help" | wc -l)
		[ "$lines" -le 32 ] || fail "$command --help has $lines lines"
		wide=$(printf '%s\n' "$help" | grep '.\{89\}') &&
			fail "$command --help has lines of more than 88 columns: $wide"
	done
	lines=$(migrate_vma --help | wc -l)
	[ "$lines" -le 24 ] || fail "--help has $lines lines: a terminal has 24"
}

test_help_can_be_asked_for_in_every_way()
{
	expected=$(migrate_vma port --help)
	expect_equal 'port -h' "$expected" "$(migrate_vma port -h)"
	expect_equal 'help port' "$expected" "$(migrate_vma help port)"
	expect_equal '--help port' "$expected" "$(migrate_vma --help port)"
	expect_equal 'help' "$(migrate_vma --help)" "$(migrate_vma help)"
}

test_version_is_printed()
{
	expect_match '--version' 'migrate-vma [0-9]*.[0-9]*' "$(migrate_vma --version)"
}

test_without_arguments_help_goes_to_standard_error()
{
	expect_status 2 migrate_vma
	expect_match 'message' '*port PATH*' "$output"
	expect_equal 'standard output' '' "$(migrate_vma 2>/dev/null)"
}

# wrong_usage PATTERN ARGUMENT...
wrong_usage()
{
	pattern=$1
	shift
	expect_status 2 migrate_vma "$@"
	expect_match "message of migrate-vma $*" "migrate-vma: $pattern" "$output"
	expect_equal "standard output of migrate-vma $*" '' "$(migrate_vma "$@" 2>/dev/null)"
}

test_wrong_usage_says_what_to_do()
{
	driver >"$scratch/a.c"
	file=$scratch/a.c

	wrong_usage 'prot is no command; there are port, check, list and explain' prot
	wrong_usage '*to port this, migrate-vma port *a.c' "$file"
	wrong_usage '*a command comes first*' --target=6.1 "$file"
	wrong_usage '*Name files or folders*' port
	wrong_usage 'unknown option -x; migrate-vma port --help*' port -x "$file"
	wrong_usage 'unknown option -x;*' port -qx "$file"
	wrong_usage 'unknown option --none; migrate-vma port --help*' port --none "$file"
	wrong_usage '--quiet=yes: this option takes no value' port --quiet=yes "$file"
	wrong_usage '--target needs a value*' port "$file" --target
	wrong_usage '-i is no option of migrate-vma check' check -i "$file"
	wrong_usage '--target is no option of migrate-vma list' list --target=6.1 "$file"
	wrong_usage 'explain takes one rule*' explain one two
	wrong_usage 'list does not run clang*' list "$file" -- -DX
}

test_values_that_are_none_say_which_there_are()
{
	driver >"$scratch/a.c"
	file=$scratch/a.c

	wrong_usage '--target=5.3: *nothing to port; releases from 5.4 to *' port --target=5.3 "$file"
	wrong_usage '--target=9.0: newer than *' port --target=9.0 "$file"
	wrong_usage '--target=6: a release is two numbers*' port --target=6 "$file"
	wrong_usage '--format=sarif: port prints diff, mbox, json' port --format=sarif "$file"
	wrong_usage '--format=mbox: check prints diff, gcc, json, sarif' check --format=mbox "$file"
	wrong_usage '--color=red: say auto, always or never' port --color=red "$file"
	wrong_usage '-j none: the number*' port -j none "$file"
	wrong_usage '-j 0: the number*' port -j0 "$file"
	wrong_usage '-p *: there is no compile_commands.json; *' port -p "$scratch" "$file"
	wrong_usage '--kernel=*: this is no kernel tree*' port --kernel="$scratch" "$file"
}

test_a_kernel_tree_that_is_not_configured_is_told_from_none()
{
	driver >"$scratch/a.c"
	mkdir -p "$scratch/linux/include/linux"
	touch "$scratch/linux/include/linux/kernel.h"
	wrong_usage '--kernel=*: this kernel tree is not configured*' \
		port --kernel="$scratch/linux" "$scratch/a.c"
}

# kernel_tree RELEASE: leaves $scratch/linux, as far as the program looks at it
kernel_tree()
{
	mkdir -p "$scratch/linux/include/linux" "$scratch/linux/include/generated" \
		"$scratch/linux/arch/x86/include/generated"
	touch "$scratch/linux/include/linux/kernel.h" \
		"$scratch/linux/include/generated/autoconf.h"
	echo "#define UTS_RELEASE \"$1\"" >"$scratch/linux/include/generated/utsrelease.h"
}

test_a_kernel_tree_of_another_release_than_the_default_is_named()
{
	echo 'int nothing;' >"$scratch/a.c"
	kernel_tree 6.1.0-48-amd64
	said=$(migrate_vma port --kernel="$scratch/linux" "$scratch/a.c" 2>&1)
	case $said in
	*'this is Linux 6.1.0-48-amd64, and the target is '*': say --target=6.1 for this kernel'*) ;;
	*) fail "it says: $said" ;;
	esac
	said=$(migrate_vma port --kernel="$scratch/linux" --target=5.9 "$scratch/a.c" 2>&1)
	case $said in
	*'this is Linux'*) fail "a release that was named is doubted: $said" ;;
	esac
}

test_options_may_follow_paths()
{
	cd "$scratch" || exit
	driver >a.c
	expect_status 0 migrate_vma port a.c -i -q
	expect_equal 'output' '' "$output"
	ported_driver >expected
	expect_same 'a.c' expected a.c
}

test_all_releases_can_be_listed()
{
	releases=$(migrate_vma port --target=list) || fail "status $?"
	expect_equal 'the first' 5.4 "$(echo "$releases" | head -n 1)"
	for release in $releases; do
		driver | migrate_vma port -q --target="$release" - >/dev/null ||
			fail "--target=$release, which is listed, is refused"
	done
}

run_tests "$@"
