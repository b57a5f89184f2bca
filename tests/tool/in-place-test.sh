#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# port -i: all files or none, each old or new but never half, and nothing is left lying about.
# Killed at any moment as well: see kill-test.c.

. "$(dirname "$0")/lib.sh"

# Files that writing needs for a while are hidden.
expect_nothing_left_behind()
{
	stray=$(find "$1" -name '.migrate-vma*')
	[ -z "$stray" ] || fail "left behind: $stray"
}

# large_driver LINES: long enough to be written in several pieces
large_driver()
{
	driver
	yes 'static int line_of_some_length_that_stays_as_it_is_whatever_happens;' | head -n "$1"
	driver
}

test_files_are_rewritten_and_nothing_is_printed()
{
	cd "$scratch" || exit
	driver >a.c
	driver >b.c
	echo 'int x;' >c.c
	expect_equal 'standard output' '' "$(migrate_vma port -i . 2>err)"
	expect_match 'summary' '2 of 2 calls in 2 files ported to *, 2 files rewritten*' "$(cat err)"
	ported_driver >expected
	expect_same a.c expected a.c
	expect_same b.c expected b.c
	expect_nothing_left_behind .
}

test_files_without_a_change_are_not_touched()
{
	cd "$scratch" || exit
	echo 'int migrate_vma_setup;' >a.c
	touch -d 2001-01-01 a.c
	before=$(stat -c '%i %Y' a.c)
	migrate_vma port -q -i a.c
	expect_equal 'inode and time' "$before" "$(stat -c '%i %Y' a.c)"
}

test_mode_stays()
{
	cd "$scratch" || exit
	for mode in 600 644 755 664 4755; do
		driver >a.c
		chmod $mode a.c
		(umask 077 && migrate_vma port -q -i a.c) || fail "status $?"
		expect_equal 'mode' $mode "$(stat -c %a a.c)"
	done
}

test_owner_stays()
{
	[ "$(id -u)" -eq 0 ] || skip "only root can give files away"
	cd "$scratch" || exit
	driver >a.c
	chown 1234:5678 a.c
	migrate_vma port -q -i a.c || fail "status $?"
	expect_equal 'owner' 1234:5678 "$(stat -c %u:%g a.c)"
}

test_extended_attributes_stay()
{
	command -v setfattr >/dev/null || skip "setfattr is not installed"
	cd "$scratch" || exit
	driver >a.c
	setfattr -n user.note -v kept a.c 2>/dev/null || skip "this file system has none"
	migrate_vma port -q -i a.c || fail "status $?"
	expect_equal 'attribute' kept "$(getfattr --only-values -n user.note a.c)"
}

test_a_link_stays_and_its_file_is_rewritten()
{
	cd "$scratch" || exit
	mkdir real
	driver >real/a.c
	ln -s real/a.c link.c
	migrate_vma port -q -i link.c || fail "status $?"
	expect_equal 'the link' real/a.c "$(readlink link.c)"
	ported_driver >expected
	expect_same 'its file' expected real/a.c
}

test_standard_input_is_copied_to_standard_output()
{
	cd "$scratch" || exit
	driver | migrate_vma port -q -i - >a.c || fail "status $?"
	ported_driver >expected
	expect_same 'ported' expected a.c
	printf 'int x;\r\nint y;' | migrate_vma port -q -i - >b.c || fail "status $?"
	printf 'int x;\r\nint y;' >expected
	expect_same 'without a use' expected b.c
}

test_with_a_format_the_result_is_printed_too()
{
	cd "$scratch" || exit
	driver >a.c
	expect_match 'diff' '--- a/a.c*' "$(migrate_vma port -q -i --format=diff a.c)"
	ported_driver >expected
	expect_same a.c expected a.c
}

test_a_file_that_may_not_be_written_keeps_all_as_they_were()
{
	cd "$scratch" || exit
	driver >a.c
	driver >b.c
	chmod 444 b.c
	[ "$(id -u)" -ne 0 ] || chown -R 65534 .
	expect_status 2 migrate_vma_as_nobody port -i a.c b.c
	expect_match 'message' '*b.c: error: it cannot be rewritten: Permission denied*' "$output"
	driver >expected
	expect_same a.c expected a.c
	expect_nothing_left_behind .
}

test_a_folder_that_may_not_be_written_keeps_all_as_they_were()
{
	cd "$scratch" || exit
	mkdir locked
	driver >a.c
	driver >locked/b.c
	[ "$(id -u)" -ne 0 ] || chown -R 65534 .
	chmod 555 locked
	expect_status 2 migrate_vma_as_nobody port -i a.c locked/b.c
	chmod 755 locked
	expect_match 'message' '*b.c: error: *Permission denied*' "$output"
	driver >expected
	expect_same a.c expected a.c
	expect_nothing_left_behind .
}

# full_disk KIBIBYTES: a small file system in the folder "disk", if that can be had
full_disk()
{
	[ "$(id -u)" -eq 0 ] || skip "only root can mount a small disk"
	cd "$scratch" || exit
	mkdir disk
	mount -t tmpfs -o size="$1k" tmpfs disk 2>/dev/null || skip "a tmpfs cannot be mounted"
}

test_a_full_disk_keeps_all_as_they_were()
{
	full_disk 256
	large_driver 600 >disk/a.c
	large_driver 1500 >disk/b.c
	cp disk/a.c disk/b.c .
	"$program" port -i disk >out 2>&1
	status=$?
	cmp a.c disk/a.c >different && cmp b.c disk/b.c >>different
	same=$?
	stray=$(find disk -name '.*' -type f)
	umount disk
	[ $status -eq 2 ] || fail "status $status, expected 2: $(cat out)"
	expect_match 'message' '*error: its new text cannot be written: No space left*' "$(cat out)"
	[ $same -eq 0 ] || fail "not as it was: $(cat different)"
	expect_equal 'left behind' '' "$stray"
}

test_many_files_at_once()
{
	cd "$scratch" || exit
	mkdir many
	i=0
	while [ $i -lt 600 ]; do
		driver >many/$i.c
		i=$((i + 1))
	done
	(ulimit -S -n 256 && migrate_vma port -q -i many) || fail "status $?"
	! grep -rq 'migrate_vma(' many || fail "not all were rewritten"
	expect_nothing_left_behind many
}

test_a_second_run_changes_nothing()
{
	cd "$scratch" || exit
	driver >a.c
	migrate_vma port -q -i a.c || fail "status $?"
	before=$(stat -c '%i %y' a.c)
	expect_status 0 migrate_vma port -i a.c
	expect_equal 'inode and time' "$before" "$(stat -c '%i %y' a.c)"
	expect_match 'summary' 'nothing to port*' "$output"
}

run_tests "$@"
