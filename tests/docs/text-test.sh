#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# What of the documentation can be looked at without making the pages.

. "$(dirname "$0")/../runner/tap.sh"

root=$(cd "$(dirname "$0")/../.." && pwd)
cd "$root" || exit 2
migrate_vma=${DOCS_BUILD_FOLDER:-build}/bin/migrate-vma
examples=${DOCS_EXAMPLES:-$(sed -n 's/^EXAMPLES := //p' examples/build.mk)}

test_three_step_snippets_have_no_findings()
{
	expect_status 0 "$migrate_vma" check docs/snippets/7.2
}

test_the_release_table_has_every_release_the_tool_knows()
{
	for release in $(sed -n 's/^API_RELEASES ?= //p' api/build.mk | tr -d '$()' | sed 's/NEWEST//') \
			"$("$migrate_vma" port --target=list | tail -n 1)"; do
		grep -q "^   \* - \(.*, \)*$release\(,.*\)*\$" docs/guide/releases.rst ||
			fail "docs/guide/releases.rst has no row for $release"
	done
}

test_every_member_of_struct_migrate_vma_is_explained_in_the_guides()
{
	for member in vma start end src dst cpages npages src_owner pgmap_owner flags fault_page; do
		grep -q -w "$member" docs/guide/*.rst || fail "no guide speaks of $member"
	done
}

# Whether what is in them is complete, is looked at once they are made, by pages-test.sh.
test_every_function_of_the_headers_has_a_manual_page()
{
	for header in linux/migrate linux/memremap linux/mmu_notifier linux/hmm linux/rmap program; do
		sed -n 's/^ \* \([a-z][a-z_]*\)() - .*/\1/p' "api/include/$header.h"
	done | sort -u >"$scratch/functions"
	[ "$(wc -l <"$scratch/functions")" -ge 60 ] || fail 'too few functions found'
	while read -r function; do
		[ -f "docs/reference/functions/$function.rst" ] ||
			fail "docs/reference/functions/$function.rst is missing"
		grep -q "^   $function\$" docs/reference/functions/index.rst ||
			fail "$function is not in docs/reference/functions/index.rst"
	done <"$scratch/functions"
}

test_what_manual_pages_of_scenarios_show_works()
{
	expect_status 0 "${DOCS_BUILD_FOLDER:-build}/docs/scenario-snippets"
	[ "$(printf '%s\n' "$output" | grep -c ' could fail: ')" -eq 10 ] || fail "$output"
}

test_every_example_is_in_the_table_of_examples()
{
	expect_equal 'EXAMPLES of examples/build.mk, and the folders' \
		"$(for driver in examples/*/callback.c; do basename "${driver%/*}"; done | sort)" \
		"$(printf '%s\n' $examples | sort)"
}

test_every_example_has_a_page_and_a_row_in_the_readme()
{
	for example in $examples; do
		[ -f "docs/examples/$example.rst" ] || fail "docs/examples/$example.rst is missing"
		grep -q "^| \`$example\`" README.md || fail "README.md has no row for $example"
	done
}

# Indented less than in the patch.
test_the_readme_shows_the_patch_that_the_tool_writes()
{
	"$migrate_vma" port --quiet examples/cpu-fault/callback.c | sed 's/^\([-+]\)[	 ]*/\1/' >"$scratch/patch"
	sed -n '/^```diff/,/^```$/s/^\([-+]\)[	 ]*/\1/p' README.md >"$scratch/shown"
	[ "$(wc -l <"$scratch/shown")" -ge 9 ] || fail 'no patch found in README.md'
	while IFS= read -r line; do
		grep -qxF -e "$line" "$scratch/patch" || fail "not in the patch: $line"
	done <"$scratch/shown"
}

test_the_readme_is_short_and_leads_to_every_guide()
{
	[ "$(wc -l <README.md)" -lt 150 ] || fail "README.md has $(wc -l <README.md) lines; put it into a page"
	for page in docs/guide/*.rst docs/tutorial.rst; do
		grep -qF "($page)" README.md || fail "README.md does not lead to $page"
	done
	for page in $(grep -o ']([^)]*)' README.md | tr -d '])('); do
		[ -e "$page" ] || fail "README.md leads to $page, which is not there"
	done
}

# What plain make would say on a machine that has nothing, against the lines of the README.
test_the_readme_has_the_packages_that_make_names()
{
	for package in make $(sed -n 's/^tool,demo	\([^	]*\).*/\1/p' tests/setup/packages); do
		column=0
		for command in apt-get 'dnf install' 'pacman -S' 'zypper install'; do
			names=$package
			[ $column -eq 0 ] || names=$(sed -n "s/^$package[	]\{1,\}//p" tests/setup/other-names |
				tr -s '\t' | cut -f $column | tr , ' ')
			[ -n "$names" ] || fail "tests/setup/other-names has no $package"
			for name in $names; do
				grep "^    $command" README.md | grep -qw -e "$name" ||
					fail "the line with $command lacks $name"
			done
			column=$((column + 1))
		done
	done
}

test_every_folder_is_on_the_map_of_the_code()
{
	for folder in porting-tool/*/ tests/*/; do
		grep -q "\`\`$folder\`\`" docs/guide/work-on-the-kit.rst ||
			fail "docs/guide/work-on-the-kit.rst does not have $folder"
	done
}

test_no_page_has_code_that_nobody_compiles_or_runs()
{
	found=$(grep -n -e '^ *\.\. code-block::' -e '^[^.].*::$' docs/*.rst docs/*/*.rst docs/*/*/*.rst)
	[ -z "$found" ] || fail "$found
Use literalinclude of a compiled file, run for a command with its output, or not-run."
}

test_every_page_is_in_the_index()
{
	for page in docs/guide/*.rst docs/examples/*.rst docs/reference/*.rst; do
		name=${page#docs/}
		grep -q "^   ${name%.rst}\$" docs/index.rst || fail "docs/index.rst does not name $page"
	done
}

test_every_header_with_comments_is_on_a_page()
{
	for header in $(grep -l '^/\*\*$' api/include/linux/*.h api/include/*.h api/compat/*.h \
			examples/*.h); do
		grep -q "^\.\. kernel-doc:: $header\$" docs/reference/*.rst ||
			fail "$header has kernel-doc comments; show it on a page of docs/reference with
.. kernel-doc:: $header"
	done
}

# Those that are only steps of another target have names that end in one of these.
test_every_make_target_is_in_the_reference()
{
	make --no-print-directory --dry-run --print-data-base help 2>/dev/null |
		sed -n 's/^\.PHONY: //p' | tr ' ' '\n' | sort -u |
		grep -v -E -e '^(all|help|api|fuzz)$' -e '^(un)?install-' -e '^(run|validate|generated)-' \
			-e '-(ready|ready-to-check|flags|programs)$' >"$scratch/targets"
	[ "$(wc -l <"$scratch/targets")" -ge 40 ] || fail 'too few targets found'
	{ make --no-print-directory help; cat docs/reference/make.rst; } >"$scratch/described"
	for example in $examples; do
		echo "proof-$example"
	done >>"$scratch/described"
	while read -r target; do
		grep -q -w -e "$target" "$scratch/described" ||
			fail "neither make help nor docs/reference/make.rst has $target"
	done <"$scratch/targets"
}

test_the_manual_page_of_the_command_is_ascii()
{
	LC_ALL=C grep -n '[^ -~	]' docs/man/migrate-vma.1 && fail 'troff does not read these characters'
	return 0
}

run_tests "$@"
