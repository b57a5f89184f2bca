#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# --format=mbox is a patch that git am makes a commit of.

. "$(dirname "$0")/lib.sh"

# repository NAME EMAIL: makes one with "$scratch/driver" in it, and goes there
repository()
{
	cd "$scratch" || exit
	git init -q work
	cd work || exit
	git config user.name "$1"
	git config user.email "$2"
	mkdir -p drivers/foo
	cp ../driver drivers/foo/foo.c
	git add . && git commit -q -m start || fail "no repository"
}

apply()
{
	migrate_vma port -q --format=mbox "$@" >../mbox 2>../err || fail "port: $(cat ../err)"
	git am -q ../mbox >../err 2>&1 || fail "git am: $(cat ../err ../mbox)"
	[ -z "$(git status --porcelain)" ] || fail "git am left changes: $(git status --short)"
}

last()
{
	git log -1 --format="$1"
}

test_git_am_makes_a_commit_of_it()
{
	driver >"$scratch/driver"
	repository 'A. U. Thor' author@example.org
	apply .
	ported_driver >../expected
	expect_same 'the file' ../expected drivers/foo/foo.c
	expect_equal 'author' 'A. U. Thor <author@example.org>' "$(last '%an <%ae>')"
	expect_match 'subject' 'foo: port to the migrate_vma_setup() API of Linux *' "$(last %s)"
	expect_match 'message' '*Port 1 of 1 call in 1 file to Linux *' "$(last %b)"
}

test_lines_of_the_message_are_not_too_long()
{
	driver >"$scratch/driver"
	repository Author author@example.org
	apply .
	long=$(last %B | grep '.\{76\}') && fail "longer than 75 columns: $long"
	:
}

test_the_message_says_what_is_left()
{
	{ driver; echo 'int y = migrate_vma(x); /* leave */'; } >"$scratch/driver"
	repository Author a@example.org
	expect_status 1 migrate_vma port --format=mbox .
	migrate_vma port -q --format=mbox . >../mbox 2>/dev/null
	git am -q ../mbox || fail "git am failed"
	expect_match 'message' '*Port 1 of 2 calls*Left to be done:
  - drivers/foo/foo.c:5: this one is left as it is*' "$(last %b)"
}

test_crlf_line_endings_survive()
{
	driver | sed 's/$/\r/' >"$scratch/driver"
	repository Author a@example.org
	apply .
	ported_driver | sed 's/$/\r/' >../expected
	expect_same 'the file' ../expected drivers/foo/foo.c
}

test_bytes_that_are_no_utf8_survive()
{
	printf '/* \351\377 */\nint x = migrate_vma(y);\n' >"$scratch/driver"
	repository Author a@example.org
	apply .
	printf '/* \351\377 */\nint x = three_steps(y);\n' >../expected
	expect_same 'the file' ../expected drivers/foo/foo.c
	expect_match 'message' 'migrate_vma() and struct *' "$(last %b)"
}

test_utf8_survives()
{
	printf '/* \303\251 */\nint x = migrate_vma(y);\n' >"$scratch/driver"
	repository Author a@example.org
	apply .
	printf '/* \303\251 */\nint x = three_steps(y);\n' >../expected
	expect_same 'the file' ../expected drivers/foo/foo.c
}

test_no_newline_at_the_end_survives()
{
	printf 'int x = migrate_vma(y);' >"$scratch/driver"
	repository Author a@example.org
	apply .
	printf 'int x = three_steps(y);' >../expected
	expect_same 'the file' ../expected drivers/foo/foo.c
}

test_names_of_people_survive()
{
	name=$(printf 'J\303\274rgen O\047Neil, Jr')
	driver >"$scratch/driver"
	repository "$name" a@example.org
	apply .
	expect_equal 'author' "$name" "$(last %an)"
}

test_in_a_folder_of_the_repository()
{
	driver >"$scratch/driver"
	repository Author a@example.org
	cd drivers/foo || exit
	migrate_vma port -q --format=mbox foo.c | git am -q || fail "git am failed"
	ported_driver >../../../expected
	expect_same 'the file' ../../../expected foo.c
}

test_from_outside_of_the_repository()
{
	driver >"$scratch/driver"
	repository Author a@example.org
	(cd / && migrate_vma port -q --format=mbox "$scratch/work/drivers") | git am -q ||
		fail "git am failed"
	ported_driver >../expected
	expect_same 'the file' ../expected drivers/foo/foo.c
}

test_nothing_is_signed_for_somebody()
{
	driver >"$scratch/driver"
	repository 'A. U. Thor' author@example.org
	apply .
	expect_equal 'signature' '' "$(grep '^Signed-off-by' ../mbox)"
}

test_without_an_author_it_is_from_the_login_name()
{
	cd "$scratch" || exit
	driver >a.c
	migrate_vma port -q --format=mbox a.c >mbox || fail "status $?"
	expect_match 'author' 'From: ?*<?*@?*>' "$(grep '^From: ' mbox)"
}

test_the_date_can_be_fixed()
{
	cd "$scratch" || exit
	driver >a.c
	expect_equal 'date' 'Date: Fri, 13 Feb 2009 23:31:30 +0000' \
		"$(SOURCE_DATE_EPOCH=1234567890 "$program" port -q --format=mbox a.c | grep '^Date')"
}

test_nothing_to_port_gives_no_mail()
{
	echo 'int x;' >"$scratch/a.c"
	expect_equal 'output' '' "$(migrate_vma port -q --format=mbox "$scratch/a.c")"
}

run_tests "$@"
