#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# The tutorial, as a reader follows it: its commands copied from the page, in
# order, with nothing added.

. "$(dirname "$0")/../runner/tap.sh"

root=$(cd "$(dirname "$0")/../.." && pwd)
page=$root/docs/tutorial.rst

# Each command as "STATUS<tab>COMMAND", STATUS that of the block's last command.
commands()
{
	awk '
		function flush(  i) {
			for (i = 1; i <= n; i++)
				print (i == n ? status : 0) "\t" line[i]
			n = 0; status = 0
		}
		/^\.\. run::/ { flush(); inside = 1; next }
		/^[^ ]/ { flush(); inside = 0 }
		inside && /^   :exit:/ { status = $2; next }
		inside && /^   :/ { next }
		inside && /^   / { line[++n] = substr($0, 4) }
		END { flush() }' "$page"
}

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

test_every_command_of_the_tutorial_ends_as_the_page_says()
{
	clone
	commands >commands
	[ "$(wc -l <commands)" -ge 20 ] || fail "only $(wc -l <commands) commands found in $page"
	while IFS='	' read -r status command; do
		expect_status "$status" env MAKEFLAGS= MAKELEVEL= sh -c "$command" </dev/null
	done <commands
	[ -s before.txt ] || fail "the driver printed nothing on 5.3"
	expect_equal 'the ported driver on 7.3' "$(cat before.txt)" "$(cat after.txt)"
}

run_tests "$@"
