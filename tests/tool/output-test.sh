#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# Where output goes, what happens when it cannot go there, and colours.

. "$(dirname "$0")/lib.sh"

escape=$(printf '\033')

# on_terminal COMMAND: runs it with a terminal for all three streams
on_terminal()
{
	command -v script >/dev/null || skip "script is not installed"
	TERM=xterm script -qec "$1" /dev/null </dev/null
}

test_a_full_disk_is_reported()
{
	driver >"$scratch/a.c"
	for command in port 'port --format=json' 'port --format=mbox' 'port -i --format=diff' list \
		--help; do
		# shellcheck disable=SC2086 # several words
		set -- $command
		[ "$command" = --help ] || set -- "$@" "$scratch/a.c"
		migrate_vma "$@" >/dev/full 2>"$scratch/err"
		expect_equal "status of $command" 2 $?
		expect_match "message of $command" \
			'*standard output is not complete: No space left on device*' \
			"$(cat "$scratch/err")"
		expect_equal "messages of $command" 1 \
			"$(grep -c 'standard output' "$scratch/err")"
	done
	driver >"$scratch/expected"
	expect_same 'the file of port -i' "$scratch/expected" "$scratch/a.c"
}

test_a_closed_standard_output_is_reported()
{
	driver >"$scratch/a.c"
	expect_status 2 sh -c "'$program' port '$scratch/a.c' >&-"
	expect_match 'message' '*standard output is not complete*' "$output"
}

test_a_reader_that_goes_away_is_no_news()
{
	cd "$scratch" || exit
	{ driver; yes 'int x;' | head -n 100000; yes 'int x = migrate_vma(y);' | head -n 100000; } >a.c
	migrate_vma port -q a.c 2>err | head -n 1 >/dev/null
	expect_equal 'messages' '' "$(cat err)"
}

test_messages_go_to_standard_error_only()
{
	driver | sed 's/;/; \/* leave *\//' >"$scratch/a.c"
	expect_equal 'standard output' '' "$(migrate_vma port "$scratch/a.c" 2>/dev/null)"
}

test_the_place_is_marked_below_the_source_line()
{
	cd "$scratch" || exit
	printf 'int a;\n\t/* \303\251 */ b = migrate_vma(c); /* leave */\n' >a.c
	expect_equal 'messages' "$(printf '%s\n' \
		'a.c:2:15: error: this one is left as it is [stand-in]' \
		"    2 | 	/* $(printf '\303\251') */ b = migrate_vma(c); /* leave */" \
		'      | 	            ^~~~~~~~~~~' \
		'a.c:2:15: note: the text asks for it [stand-in]' \
		"    2 | 	/* $(printf '\303\251') */ b = migrate_vma(c); /* leave */" \
		'      | 	            ^~~~~~~~~~~')" \
		"$(migrate_vma port -q a.c 2>&1)"
}

test_standard_input_has_a_name_in_messages()
{
	expect_match 'message' '<stdin>:3:9: error: *' \
		"$(driver | sed 's/;/; \/* leave *\//' | migrate_vma port - 2>&1)"
}

test_no_colours_in_a_file_or_pipe()
{
	driver >"$scratch/a.c"
	migrate_vma port "$scratch/a.c" >"$scratch/out" 2>&1
	grep -q "$escape" "$scratch/out" && fail "came: $(cat -v "$scratch/out")"
	:
}

test_colours_when_asked_for()
{
	driver | sed 's/;/; \/* leave *\//' >"$scratch/a.c"
	driver >>"$scratch/a.c"
	migrate_vma port --color=always "$scratch/a.c" >"$scratch/out" 2>"$scratch/err"
	grep -q "$escape\[32m+.*three_steps" "$scratch/out" || fail "out: $(cat -v "$scratch/out")"
	grep -q "$escape\[1;31merror: " "$scratch/err" || fail "err: $(cat -v "$scratch/err")"
}

test_colours_on_a_terminal_unless_the_user_does_not_want_them()
{
	driver >"$scratch/a.c"
	on_terminal "'$program' port '$scratch/a.c'" >"$scratch/out"
	grep -q "$escape\[32m+" "$scratch/out" || fail "none on a terminal: $(cat -v "$scratch/out")"
	on_terminal "NO_COLOR=1 '$program' port '$scratch/a.c'" >"$scratch/out"
	grep -q "$escape" "$scratch/out" && fail "with NO_COLOR: $(cat -v "$scratch/out")"
	on_terminal "TERM=dumb '$program' port '$scratch/a.c'" >"$scratch/out"
	grep -q "$escape" "$scratch/out" && fail "with TERM=dumb: $(cat -v "$scratch/out")"
	on_terminal "'$program' port --color=never '$scratch/a.c'" >"$scratch/out"
	grep -q "$escape" "$scratch/out" && fail "with --color=never: $(cat -v "$scratch/out")"
	on_terminal "NO_COLOR= '$program' port '$scratch/a.c'" >"$scratch/out"
	grep -q "$escape" "$scratch/out" || fail "NO_COLOR that is empty counts for nothing"
}

test_a_short_run_shows_no_progress()
{
	driver >"$scratch/a.c"
	on_terminal "'$program' list --color=never '$scratch'" >"$scratch/out"
	grep -q 'searched [0-9]* files$' "$scratch/out" && fail "came: $(cat -v "$scratch/out")"
	:
}

test_quiet_leaves_only_messages()
{
	driver >"$scratch/a.c"
	expect_equal 'standard error' '' "$(migrate_vma port -q "$scratch/a.c" 2>&1 >/dev/null)"
	expect_equal 'standard error' '' "$(migrate_vma list -q "$scratch/a.c" 2>&1 >/dev/null)"
}

# The real program: what ports Kconfig files stands behind the stand-in.
test_the_summary_counts_files_without_calls()
{
	cp -r "$here/../shapes/guard-in-kconfig/before" "$scratch/driver"
	expect_match 'what is said' '* ported to *, and 1 file more: Kconfig; nothing left' \
		"$("$here/../../build/asan/bin/migrate-vma" port "$scratch/driver" 2>&1 >/dev/null)"
}

test_list_shows_place_kind_and_name()
{
	cd "$scratch" || exit
	driver >a.c
	on_terminal "'$program' list -q --color=never ." >out
	expect_equal 'list on a terminal' 'a.c:3:9 call migrate_vma' "$(tr -d '\r' <out | tr -s ' ')"
}

test_list_is_separated_by_tabs_for_another_program()
{
	cd "$scratch" || exit
	driver >a.c
	expect_equal 'list' "$(printf 'a.c:3:9\tcall\tmigrate_vma')" "$(migrate_vma list -q .)"
	expect_equal 'kinds' call "$(migrate_vma list -q . | cut -f 2)"
}

test_the_order_does_not_depend_on_threads()
{
	cd "$scratch" || exit
	for folder in d b a c; do
		mkdir $folder
		for file in 3 1 2; do
			driver >$folder/$file.c
		done
	done
	migrate_vma list -j1 . >one 2>&1
	for turn in 1 2 3 4 5; do
		migrate_vma list -j8 . >many 2>&1
		expect_same "with eight threads, turn $turn" one many
	done
}

run_tests "$@"
