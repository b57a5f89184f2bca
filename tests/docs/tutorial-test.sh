#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# The tutorial, as a reader follows it: its commands copied from the page, in
# order, with nothing added, and what they print.

. "$(dirname "$0")/../runner/tap.sh"

root=$(cd "$(dirname "$0")/../.." && pwd)
page=$root/docs/tutorial.rst

# A clone as a reader has it, but built already.
clone()
{
	for name in Makefile api docs examples porting-tool tests "$DOCS_BUILD_FOLDER"; do
		case $name in
		/*) ln -s "$name" "$scratch/build" ;;
		*) ln -s "$root/$name" "$scratch/$name" ;;
		esac
	done
	cd "$scratch" || exit 2
}

# Writes the page anew; to be called in a clone.
test_every_command_of_the_tutorial_prints_what_the_page_says()
{
	clone
	[ "$(grep -c '^   \$ ' "$page")" -ge 25 ] || fail "only $(grep -c '^   \$ ' "$page") commands found"
	docs/transcript "$page" >now.rst 2>errors || fail "$(cat errors)"
	diff -u "$page" now.rst >difference || fail "make docs-tutorial writes it anew:
$(cat difference)"
	expect_equal 'the ported driver on 7.3' "$(cat before.txt)" "$(cat after.txt)"
}

run_tests "$@"
