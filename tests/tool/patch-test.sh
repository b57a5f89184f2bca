#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# The diff is accepted by git apply and by patch -p1, and does what -i does.

. "$(dirname "$0")/lib.sh"

# check_patch PATH...: ports PATH in the folder "work", and applies the patch in two copies
check_patch()
{
	rm -rf git patch
	(cd work && migrate_vma port -q "$@") >diff 2>err || fail "port failed: $(cat err)"
	[ -s diff ] || fail "the diff is empty"
	cp -r work git
	cp -r work patch
	(cd git && git apply --whitespace=nowarn ../diff) >err 2>&1 ||
		fail "git apply: $(cat err; cat -A diff)"
	(cd patch && command patch --binary -s -p1 <../diff) >err 2>&1 ||
		fail "patch: $(cat err; cat -A diff)"
	(cd work && migrate_vma port -q -i "$@") || fail "port -i failed"
	find work -type f | while IFS= read -r file; do
		expect_same "git apply, $file" "$file" "git${file#work}"
		expect_same "patch -p1, $file" "$file" "patch${file#work}"
	done || exit 1
	grep -rq 'migrate_vma(' work && fail "something was not ported: $(grep -r 'migrate_vma(' work)"
	:
}

setup()
{
	cd "$scratch" || exit
	mkdir work
}

test_one_file()
{
	setup
	driver >work/a.c
	check_patch a.c
}

test_a_folder()
{
	setup
	mkdir -p work/sub/deep
	driver >work/a.c
	driver >work/sub/b.h
	driver >work/sub/deep/c.c
	check_patch .
}

test_crlf_line_endings()
{
	setup
	driver | sed 's/$/\r/' >work/a.c
	check_patch a.c
	[ "$(grep -c "$(printf '\r$')" work/a.c)" -eq 4 ] || fail "not all line endings are there"
}

test_mixed_line_endings()
{
	setup
	{ driver; driver | sed 's/$/\r/'; } >work/a.c
	check_patch a.c
}

test_no_newline_at_the_end()
{
	setup
	printf 'int x = migrate_vma(y);' >work/a.c
	printf 'int x = migrate_vma(y);\n1\n2' >work/b.c
	printf '1\n\n\n\n\n\nint x = migrate_vma(y);\r' >work/c.c
	check_patch .
}

test_bytes_that_are_no_utf8()
{
	setup
	printf '/* \351\377 */ int x = migrate_vma(y); /* \200 */\n' >work/a.c
	check_patch a.c
}

test_a_byte_order_mark()
{
	setup
	printf '\357\273\277int x = migrate_vma(y);\n' >work/a.c
	check_patch a.c
	expect_equal 'the mark' 'efbbbf' "$(head -c 3 work/a.c | od -An -tx1 | tr -d ' ')"
}

test_a_very_long_line()
{
	setup
	{ printf 'migrate_vma('; yes x | head -n 200000 | tr -d '\n'; echo ');'; } >work/a.c
	check_patch a.c
}

test_names_that_need_care()
{
	setup
	driver >'work/with blank.c'
	driver >'work/quote".c'
	driver >'work/back\slash.c'
	driver >work/"$(printf 'tab\t.c')"
	driver >work/"$(printf 'umlaut-\303\244.c')"
	mkdir 'work/a b'
	driver >'work/a b/c d.c'
	check_patch .
}

test_names_with_dots_and_slashes_are_made_plain()
{
	setup
	mkdir work/sub
	driver >work/sub/a.c
	check_patch ./sub/../sub//a.c
	expect_equal 'name' '+++ b/sub/a.c' "$(grep '^+++' diff)"
}

test_an_absolute_path_below_the_folder()
{
	setup
	driver >work/a.c
	check_patch "$scratch/work/a.c"
	expect_equal 'name' '+++ b/a.c' "$(grep '^+++' diff)"
}

test_a_link_is_followed_to_its_file()
{
	setup
	mkdir work/real
	driver >work/real/a.c
	ln -s real work/link
	ln -s real/a.c work/b.c
	check_patch link/a.c b.c
	expect_equal 'names' '+++ b/real/a.c' "$(grep '^+++' diff)"
	[ -L work/b.c ] || fail "the link is none any more"
}

test_a_file_that_is_reached_twice_is_ported_once()
{
	setup
	driver >work/a.c
	ln -s a.c work/b.c
	ln work/a.c work/c.c
	(cd work && migrate_vma port -q . a.c ./a.c "$scratch/work") >diff
	expect_equal 'files in the diff' 1 "$(grep -c '^+++' diff)"
}

test_in_a_folder_of_a_repository()
{
	setup
	mkdir work/sub
	driver >work/sub/a.c
	git init -q work
	(cd work/sub && migrate_vma port -q a.c | git apply) || fail "git apply failed"
	ported_driver >expected
	expect_same 'sub/a.c' expected work/sub/a.c
}

test_a_driver_in_another_git_tree_is_named_from_its_top()
{
	setup
	mkdir -p work/drivers/foo elsewhere
	driver >work/drivers/foo/a.c
	git init -q work
	(cd elsewhere && migrate_vma port ../work/drivers/foo) >diff 2>err
	expect_equal 'name' '+++ b/drivers/foo/a.c' "$(grep '^+++' diff)"
	expect_match 'what is said' "*patch -d $scratch/work -p1*" "$(cat err)"
	command patch -s -d work -p1 <diff >err 2>&1 || fail "patch: $(cat err)"
	ported_driver >expected
	expect_same 'a.c' expected work/drivers/foo/a.c
}

test_nothing_is_said_of_where_to_apply_a_patch_for_this_folder()
{
	setup
	driver >work/a.c
	git init -q work
	(cd work && migrate_vma port a.c) >diff 2>err
	case $(cat err) in
	*'patch -d'*) fail "came: $(cat err)" ;;
	esac
}

test_files_outside_are_named_from_the_root()
{
	setup
	driver >a.c
	(cd work && migrate_vma port ../a.c) >diff 2>err
	expect_match 'what is said' '*apply it with patch -d / -p1*' "$(cat err)"
	command patch -s -d / -p1 <diff >err 2>&1 || fail "patch: $(cat err)"
	ported_driver >expected
	expect_same 'a.c' expected a.c
}

test_standard_input()
{
	setup
	driver | migrate_vma port -q - >diff || fail "status $?"
	driver >work/a.c
	command patch -s work/a.c <diff || fail "patch failed"
	ported_driver >expected
	expect_same 'a.c' expected work/a.c
}

test_several_changes_in_a_large_file()
{
	setup
	i=0
	while [ $i -lt 200 ]; do
		echo "int line_$i;"
		[ $((i % 13)) -ne 0 ] || echo "	migrate_vma($i);"
		i=$((i + 1))
	done >work/a.c
	check_patch a.c
}

test_a_driver_that_is_refused_does_not_keep_others_from_being_ported()
{
	mkdir "$scratch/drivers" "$scratch/drivers/whole" "$scratch/drivers/refused"
	cp tests/shapes/ops-pointer-compared/before.c "$scratch/drivers/whole/driver.c"
	cp tests/shapes/ops-members-called/before.c "$scratch/drivers/refused/driver.c"
	expect_status 1 "${PORTING_MIGRATE_VMA:-build/asan/bin/migrate-vma}" port \
		"$scratch/drivers"
	expect_match "what is said" "*whole/driver.c*1 of 2 calls in 2 files ported*" "$output"
}

run_tests "$@"
