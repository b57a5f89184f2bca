#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# The pages are made without a warning, in a locale with UTF-8 and in one
# without; the manual pages have what they should have, and are installed; and
# mistakes in the pages and in the headers are found.

. "$(dirname "$0")/../runner/tap.sh"

root=$(cd "$(dirname "$0")/../.." && pwd)
cd "$root" || exit 2

need_sphinx()
{
	for program in sphinx-build ctags; do
		command -v $program >/dev/null || skip "$program is not installed; make docs installs it"
	done
	docs/find-kernel-doc >/dev/null || skip "kernel-doc is not installed"
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
	for page in "$scratch"/man/*.[39]; do
		for heading in SYNOPSIS DESCRIPTION 'RETURN VALUE' ERRORS EXAMPLE; do
			grep -q "^\\.SH $heading" "$page" || fail "${page##*/} has no $heading"
		done
		# A call without arguments has (void), or nothing, in its synopsis.
		grep -q '^\.SH ARGUMENTS' "$page" || sed -n '/^\.SH SYNOPSIS/,/^\.SH/p' "$page" |
			grep -q -e '(void)' -e '()' || fail "${page##*/} has no ARGUMENTS"
	done
}

# Functions with a comment of their own; those that begin with __ are other forms of one.
every_function_has_a_manual_page()
{
	for page in docs/reference/functions/[!i]*.rst; do
		function=$(basename "$page" .rst)
		ls "$scratch/man/$function".[39] >/dev/null 2>&1 || fail "$function() has no manual page"
	done
}

# Sphinx sees to it that the example is compiled.
every_example_calls_its_function()
{
	for page in "$scratch"/man/*.[39]; do
		name=${page##*/}
		sed -n '/^\.SH EXAMPLE/,/^\.SH SEE/p' "$page" | tr -d '\\' | grep -q "\b${name%.*}(" ||
			fail "the example of $name does not use it"
	done
}

# Every word of the reference, against every name that a header defines.
every_name_of_the_headers_is_in_the_reference()
{
	find "$scratch/html/reference" -name '*.html' -exec cat {} + |
		grep -o '[A-Za-z_][A-Za-z0-9_]*' | sort -u >"$scratch/words"
	cat api/include/*.h api/include/*/*.h api/include/*/*/*.h api/stubs/*/*.h |
		sed -n -e 's/^[ 	]*#[ 	]*define[ 	]*\([A-Za-z][A-Za-z0-9_]*\).*/\1/p' \
			-e 's/^[a-z].*[ *]\([a-z][a-z0-9_]*\)(.*/\1/p' \
			-e 's/^\(struct\|union\|enum\) \([a-z][a-z0-9_]*\) {$/\2/p' |
		grep -v '_H_*$' | sort -u >"$scratch/names"
	[ "$(wc -l <"$scratch/names")" -ge 1000 ] || fail 'too few names found'
	expect_equal 'names of api/include that the reference lacks' '' \
		"$(comm -23 "$scratch/names" "$scratch/words")"
}

# Without preconv, which man would call: troff itself must understand the text.
manual_pages_please_troff()
{
	command -v groff >/dev/null || return 0
	for page in "$scratch"/man/*.[39] docs/man/migrate-vma.1; do
		expect_equal "warnings of ${page##*/}" '' \
			"$(LC_ALL=C groff -man -t -Tascii -ww "$page" 2>&1 >/dev/null)"
	done
}

manual_pages_are_installed_and_removed()
{
	set -- BUILD="$DOCS_BUILD_FOLDER" DESTDIR="$scratch/there" PREFIX=/usr docs_man="$scratch/man"
	expect_status 0 make --no-print-directory install "$@"
	for section in 3 9; do
		expect_equal "manual pages in /usr/share/man/man$section" \
			"$(ls "$scratch/man" | grep "\.$section\$")" \
			"$(ls "$scratch/there/usr/share/man/man$section")"
	done
	[ -s "$scratch/there/usr/share/man/man1/migrate-vma.1" ] || fail 'migrate-vma.1 is missing'
	expect_status 0 make --no-print-directory uninstall "$@"
	expect_equal 'what uninstall leaves' '' "$(find "$scratch/there" ! -type d)"
}

test_the_pages_are_made_without_a_warning()
{
	pages_in C.UTF-8
	manual_pages_are_complete
	every_function_has_a_manual_page
	every_example_calls_its_function
	every_name_of_the_headers_is_in_the_reference
	manual_pages_please_troff
	manual_pages_are_installed_and_removed
}

test_the_pages_are_made_in_a_locale_without_utf_8()
{
	pages_in C
	manual_pages_please_troff
}

# plant_mistakes: in a copy of what the pages are made of
plant_mistakes()
{
	mkdir -p "$scratch/copy/api"
	for name in Makefile cocci examples porting-tool tests; do
		ln -s "$root/$name" "$scratch/copy/$name"
	done
	for name in "$root"/api/*; do
		ln -s "$name" "$scratch/copy/api/"
	done
	ln -s "$(realpath "$DOCS_BUILD_FOLDER")" "$scratch/copy/build"
	rm "$scratch/copy/api/include"
	cp -r "$root/docs" "$scratch/copy/"
	cp -r "$root/api/include" "$scratch/copy/api/"

	sed -i '/^int hmm_range_fault/a int hmm_range_forget(struct hmm_range *range);' \
		"$scratch/copy/api/include/linux/hmm.h"
	sed -i 's/^ \* @range: the question; .*$/ * @rang: the question/' \
		"$scratch/copy/api/include/linux/hmm.h"
	sed -i '/^   cpu_fault_migrate_to_ram$/d' "$scratch/copy/docs/examples/cpu-fault.rst"
	cat >>"$scratch/copy/docs/guide/words.rst" <<-'END'

	See :doc:`nowhere` and migrate_vma_forget(), and:

	.. code-block:: c

	   int nobody_compiles_this;

	.. raw:: html

	   <a href="words.html#nowhere">there</a>

	.. run::

	   false
	END
}

test_mistakes_in_the_pages_are_found()
{
	need_sphinx
	plant_mistakes
	# Nothing is compiled again for the headers of the copy.
	expect_status 2 make --no-print-directory -C "$scratch/copy" -o docs-ready docs-pages BUILD=build \
		docs_html="$scratch/html" docs_doctrees="$scratch/doctrees"
	while read -r mistake; do
		case $output in
		*"$mistake"*) ;;
		*) fail "not found: $mistake
$output" ;;
		esac
	done <<-'END'
	hmm_range_forget has no kernel-doc comment
	'range' not described in 'hmm_range_fault'
	shows nothing of cpu_fault_migrate_to_ram
	unknown document: 'nowhere'
	migrate_vma_forget is not documented
	a code block that comes neither from a file nor from a command
	words.html#nowhere leads to no anchor
	"false" exits with 1, not 0
	END
}

run_tests "$@"
