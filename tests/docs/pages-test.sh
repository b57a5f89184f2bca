#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# The pages: what of them can be looked at without making them, and, where
# Sphinx is installed, that they can be made without a warning.

. "$(dirname "$0")/../runner/tap.sh"

root=$(cd "$(dirname "$0")/../.." && pwd)
cd "$root" || exit 2
migrate_vma=$DOCS_BUILD_FOLDER/bin/migrate-vma

need_sphinx()
{
	for program in sphinx-build dot ctags; do
		command -v $program >/dev/null || skip "$program is not installed; make docs installs it"
	done
	docs/find-sphinx-packages 2>/dev/null || skip "make docs installs what is missing"
	[ -x /usr/lib/linux-kbuild-6.1/scripts/kernel-doc ] || skip "kernel-doc is not installed"
}

test_three_step_snippets_have_no_findings()
{
	expect_status 0 "$migrate_vma" check docs/snippets/7.2
}

test_the_release_table_has_every_release_the_tool_knows()
{
	for release in $(sed -n 's/^API_RELEASES ?= //p' api/build.mk); do
		grep -q "^   \* - $release\$" docs/guide/releases.rst ||
			fail "docs/guide/releases.rst has no row for $release"
	done
}

test_every_member_of_struct_migrate_vma_is_explained_in_the_guides()
{
	for member in vma start end src dst cpages npages src_owner pgmap_owner flags fault_page; do
		grep -q -w "$member" docs/guide/*.rst || fail "no guide speaks of $member"
	done
}

# sphinx BUILDER: makes the pages in $scratch, and fails on what Sphinx says
sphinx()
{
	output=$(make --no-print-directory docs-pages docs-man docs_html="$scratch/html" \
		docs_man="$scratch/man" docs_doctrees="$scratch/doctrees" 2>&1)
	status=$?
	case $status:$output in
	0:*WARNING*|0:*ERROR*|[1-9]*) fail "$output" ;;
	esac
}

test_the_pages_are_made_without_a_warning()
{
	need_sphinx
	sphinx
	[ -s "$scratch/html/index.html" ] || fail "there is no index.html"
	for function in migrate_vma_setup migrate_vma_pages migrate_vma_finalize; do
		for heading in SYNOPSIS DESCRIPTION 'RETURN VALUE' ERRORS EXAMPLE; do
			grep -q "^\\.SH $heading" "$scratch/man/$function.9" ||
				fail "$function.9 has no $heading"
		done
		command -v groff >/dev/null || continue
		expect_equal "warnings of $function.9" '' "$(LC_ALL=C.UTF-8 groff -man -t -Tutf8 -ww \
			"$scratch/man/$function.9" 2>&1 >/dev/null)"
	done
}

run_tests "$@"
