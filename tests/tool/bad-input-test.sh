#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# Files that cannot be worked on: a message that says why, nothing written.

. "$(dirname "$0")/lib.sh"

# refused PATTERN PATH...: port says so, and neither prints nor writes anything
refused()
{
	pattern=$1
	shift
	expect_status 2 migrate_vma port "$@"
	expect_match "message of port $*" "$pattern" "$output"
	rule=$(printf '%s\n' "$output" | sed -n 's/.*\[\([a-z-]*\)]$/\1/p' | head -n 1)
	migrate_vma explain "$rule" >/dev/null || fail "explain does not know the rule $rule"
	expect_equal "standard output of port $*" '' "$(migrate_vma port "$@" 2>/dev/null)"
	driver >"$scratch/good.c"
	expect_status 2 migrate_vma port -i "$scratch/good.c" "$@"
	driver >"$scratch/expected"
	expect_same 'a good file next to it' "$scratch/expected" "$scratch/good.c"
}

test_a_file_that_does_not_exist()
{
	refused '*none.c: error: there is no such file or folder \[unreadable]' "$scratch/none.c"
}

test_a_folder_without_c_files()
{
	mkdir "$scratch/empty"
	echo text >"$scratch/empty/README"
	refused '*empty: error: no .c or .h file is below this folder*' "$scratch/empty"
}

test_a_file_that_is_not_text()
{
	printf 'migrate_vma(\0)' >"$scratch/a.c"
	refused '*a.c: error: it is not text*' "$scratch/a.c"
}

test_a_file_in_utf_16()
{
	printf '\377\376i\0n\0t\0' >"$scratch/a.c"
	refused '*a.c: error: it is not text*iconv*' "$scratch/a.c"
}

test_a_file_that_is_too_large()
{
	yes 'int migrate_vma(void);' | head -c 70000000 >"$scratch/a.c"
	refused '*a.c: error: it is larger than 64 MiB*' "$scratch/a.c"
}

test_a_file_that_may_not_be_read()
{
	driver >"$scratch/a.c"
	chmod 0 "$scratch/a.c"
	expect_status 2 migrate_vma_as_nobody port "$scratch/a.c"
	expect_match 'message' '*a.c: error: it cannot be read: Permission denied*' "$output"
}

test_a_link_that_leads_to_itself()
{
	ln -s loop.c "$scratch/loop.c"
	refused '*loop.c: error: Too many levels of symbolic links*' "$scratch/loop.c"
}

test_a_pipe_is_not_waited_for()
{
	mkfifo "$scratch/pipe.c"
	refused '*pipe.c: error: it is neither a file nor a folder*' "$scratch/pipe.c"
}

test_standard_input_that_is_closed()
{
	expect_status 2 sh -c "'$program' port - <&-"
	expect_match 'message' '*error: *' "$output"
}

test_what_is_below_a_folder_is_left_out_and_the_rest_is_ported()
{
	cd "$scratch" || exit
	mkdir -p tree/locked tree/sub/deep
	driver >tree/sub/a.c
	driver >tree/locked/b.c
	driver >tree/c.c
	printf 'migrate_vma(\0)' >tree/binary.c
	chmod 0 tree/locked tree/c.c
	ln -s ../.. tree/sub/deep/up
	ln -s loop.c tree/loop.c
	ln -s gone.c tree/dangling.c
	mkfifo tree/pipe.c
	mkdir tree/folder.c

	expect_status 2 migrate_vma_as_nobody port tree
	expect_match 'the unreadable folder' '*tree/locked: warning: *Permission denied*' "$output"
	expect_match 'the unreadable file' '*tree/c.c: warning: *Permission denied*' "$output"
	expect_match 'the binary file' '*tree/binary.c: warning: it is not text*' "$output"
	expect_match 'the dangling link' '*tree/dangling.c: note: *leads to no file*' "$output"
	expect_match 'the link to itself' '*tree/loop.c: note: *leads to no file*' "$output"
	expect_match 'the patch' '*+++ b/tree/sub/a.c*three_steps*' "$output"
	chmod 755 tree/locked
}

test_files_that_come_and_go_do_not_stop_the_search()
{
	cd "$scratch" || exit
	mkdir tree
	driver >tree/stays.c
	(
		while [ -d tree ]; do
			mkdir -p tree/f
			driver >tree/f/comes.c
			rm -rf tree/f
		done
	) 2>/dev/null &
	churn=$!
	for run in 1 2 3 4 5 6 7 8 9 10; do
		migrate_vma list tree >"out" 2>"err"
		[ $? -le 2 ] || { kill $churn; fail "run $run ended badly: $(cat err)"; }
		grep -q 'stays.c:3:' out || { kill $churn; fail "run $run lost a file"; }
	done
	kill $churn
	wait $churn 2>/dev/null
	rm -rf tree
}

test_no_old_use_is_no_failure()
{
	echo 'int x;' >"$scratch/a.c"
	expect_status 0 migrate_vma port "$scratch/a.c"
	expect_match 'summary' 'nothing to port: no call of migrate_vma() in 1 file' "$output"
}

test_an_empty_file_is_no_failure()
{
	: >"$scratch/a.c"
	expect_status 0 migrate_vma port "$scratch/a.c"
	expect_status 0 sh -c "'$program' port - </dev/null"
}

test_what_is_left_gives_status_1_and_numbers_that_add_up()
{
	cd "$scratch" || exit
	driver >a.c
	driver | sed 's/;/; \/* leave *\//' >b.c
	expect_status 1 migrate_vma port a.c b.c
	expect_match 'message' '*b.c:3:9: error: this one is left as it is \[stand-in]*' "$output"
	expect_match 'summary' '*1 of 2 calls in 2 files ported to *; 1 left for you: *' "$output"
	expect_equal 'with -q there is no summary' '' \
		"$(migrate_vma port -q a.c b.c 2>&1 >/dev/null | grep ported)"
}

test_control_characters_do_not_reach_the_terminal()
{
	cd "$scratch" || exit
	name=$(printf 'a\033[31m.c')
	printf 'int \033[2J\302\233 migrate_vma(x); /* leave \a */\n' >"$name"
	migrate_vma port "$name" 2>err >/dev/null
	migrate_vma list "$name" 2>/dev/null >out
	LC_ALL=C grep -q "$(printf '[\033\007\233]')" err out &&
		fail "came: $(cat -v err out)"
	grep -q 'int ?\[2J? migrate_vma' err || fail "no source line: $(cat -v err)"
}

run_tests "$@"
