#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# The pages are made without a warning, in a locale with UTF-8 and in one
# without; the manual pages have what they should have, and are installed.

. "$(dirname "$0")/../runner/tap.sh"

root=$(cd "$(dirname "$0")/../.." && pwd)
cd "$root" || exit 2

need_sphinx()
{
	for program in sphinx-build dot ctags; do
		command -v $program >/dev/null || skip "$program is not installed; make docs installs it"
	done
	docs/find-sphinx-packages 2>/dev/null || skip "make docs installs what is missing"
	[ -x /usr/lib/linux-kbuild-6.1/scripts/kernel-doc ] || skip "kernel-doc is not installed"
}

# pages_in LOCALE: makes the pages in $scratch, and fails on what Sphinx says
pages_in()
{
	need_sphinx
	output=$(env LC_ALL="$1" make --no-print-directory docs-pages docs-man BUILD="$DOCS_BUILD_FOLDER" \
		docs_html="$scratch/html" docs_man="$scratch/man" docs_doctrees="$scratch/doctrees" 2>&1)
	status=$?
	case $status:$output in
	0:*WARNING*|0:*ERROR*|[1-9]*) fail "$output" ;;
	esac
	[ -s "$scratch/html/index.html" ] || fail "there is no index.html"
}

manual_pages_are_complete()
{
	for page in "$scratch"/man/*.9; do
		for heading in SYNOPSIS DESCRIPTION 'RETURN VALUE' ERRORS EXAMPLE; do
			grep -q "^\\.SH $heading" "$page" || fail "${page##*/} has no $heading"
		done
	done
	for function in $(sed -n 's/^[a-z].*[ *]\(migrate_[a-z_]*\)(.*/\1/p' \
			api/include/linux/migrate.h); do
		[ -f "$scratch/man/$function.9" ] || fail "there is no $function.9"
	done
}

# Without preconv, which man would call: troff itself must understand the text.
manual_pages_please_troff()
{
	command -v groff >/dev/null || return 0
	for page in "$scratch"/man/*.9 docs/man/migrate-vma.1; do
		expect_equal "warnings of ${page##*/}" '' \
			"$(LC_ALL=C groff -man -t -Tascii -ww "$page" 2>&1 >/dev/null)"
	done
}

manual_pages_are_installed_and_removed()
{
	set -- BUILD="$DOCS_BUILD_FOLDER" DESTDIR="$scratch/there" PREFIX=/usr docs_man="$scratch/man"
	expect_status 0 make --no-print-directory install "$@"
	expect_equal 'manual pages in /usr/share/man/man9' "$(ls "$scratch/man" | grep '\.9$')" \
		"$(ls "$scratch/there/usr/share/man/man9")"
	[ -s "$scratch/there/usr/share/man/man1/migrate-vma.1" ] || fail 'migrate-vma.1 is missing'
	expect_status 0 make --no-print-directory uninstall "$@"
	expect_equal 'what uninstall leaves' '' "$(find "$scratch/there" ! -type d)"
}

test_the_pages_are_made_without_a_warning()
{
	pages_in C.UTF-8
	manual_pages_are_complete
	manual_pages_please_troff
	manual_pages_are_installed_and_removed
}

test_the_pages_are_made_in_a_locale_without_utf_8()
{
	pages_in C
	manual_pages_please_troff
}

run_tests "$@"
