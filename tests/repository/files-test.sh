#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# Rules that every file of the repository keeps, except those in the table
# "exceptions".  Looks at the files that git knows, as they are on the disk.

. "$(dirname "$0")/../runner/tap.sh"
cd "$(dirname "$0")/../.." || exit 2
export LC_ALL=C

exceptions=tests/repository/exceptions

# A folder that git trusts only for another user is still this repository.
git()
{
	command git -c safe.directory='*' "$@"
}

need_git()
{
	git rev-parse --is-inside-work-tree >/dev/null 2>&1 ||
		skip "this is no clone: git does not know which files belong to it"
}

# files PATTERN...: the text files that match, one a line
files()
{
	git grep -I --files-with-matches -e '' -- "$@"
}

# scripts: those of them that start with #!
scripts()
{
	git grep -I --line-number -e '^#!' -- | sed -n 's/:1:#!.*//p'
}

# except RULE: takes away the files that the table names for the rule, and
# writes down which of its entries had something to take away
except()
{
	sed -n "s/^$1[[:blank:]][[:blank:]]*\([^[:blank:]]*\).*/\1/p" "$exceptions" \
		>"$scratch/allowed"
	while IFS= read -r file; do
		while IFS= read -r pattern; do
			# shellcheck disable=SC2254 # it is a pattern
			case $file in
			$pattern)
				echo "$pattern" >>"$scratch/used"
				continue 2
				;;
			esac
		done <"$scratch/allowed"
		echo "$file"
	done
	touch "$scratch/used"
	grep -vxF -f "$scratch/used" "$scratch/allowed" |
		sed "s|\$|: $exceptions names it for $1, but it keeps the rule|"
}

# none WHAT LIST: fails if there is anything in the list
none()
{
	[ -z "$2" ] || fail "$1:
$2"
}

test_every_file_says_its_licence_at_the_top()
{
	need_git
	none "no SPDX-License-Identifier: GPL-2.0-only in the first two lines" "$(
		files | xargs -d '\n' awk '
			FNR <= 2 && /SPDX-License-Identifier: GPL-2\.0-only/ { licensed[FILENAME] = 1 }
			END { for (i = 1; i < ARGC; i++) if (!(ARGV[i] in licensed)) print ARGV[i] }
			' | except licence)"
}

test_no_file_has_whitespace_errors()
{
	need_git
	none "git sees whitespace errors (.gitattributes can exempt test data)" "$(
		git diff --check "$(git hash-object -t tree /dev/null)" --)"
}

test_no_c_file_is_longer_than_500_lines()
{
	need_git
	none "longer than 500 lines" "$(
		files '*.[ch]' | xargs -d '\n' awk '
			FNR == 501 { print FILENAME }' | except length)"
}

test_c_code_is_indented_with_tabs()
{
	need_git
	none "indented with 8 or more spaces" "$(
		git grep -I --files-with-matches -e '^	*        ' -- '*.[ch]' | except tabs)"
}

test_every_shell_script_can_be_parsed()
{
	need_git
	none "sh -n finds errors" "$(
		scripts | while IFS= read -r file; do
			! head -n 1 "$file" | grep -q '/sh' || sh -n "$file" 2>&1
		done)"
}

test_every_script_can_be_executed()
{
	need_git
	none "starts with #! and is not executable" "$(
		scripts | while IFS= read -r file; do
			[ -x "$file" ] || echo "$file"
		done)"
}

test_every_test_script_runs_the_tests_that_it_is_given()
{
	need_git
	none 'calls run_tests without "$@" or ${*:-...}' "$(
		git grep -I --line-number -e '^run_tests' -- tests |
			grep -v -e ':run_tests()' -e ':run_tests "\$@"$' -e ':run_tests ${\*:-')"
}

test_every_path_in_the_readme_exists()
{
	need_git
	# Between backticks: a word with a / in it that is not below build/.
	none "README.md names what is not there" "$(
		grep -o '`[A-Za-z0-9_.-]*/[A-Za-z0-9_./-]*`' README.md | tr -d '`' |
			grep -v '^build/' | sort -u | while IFS= read -r path; do
				[ -e "$path" ] || echo "$path"
			done)"
}

# In porting-tool/ each of these may include those before it: data goes one way.
layers='source syntax kernel analyse edit'

test_folders_of_the_tool_include_only_those_before_them()
{
	need_git
	before=
	for layer in $layers; do
		before="$before $layer"
		git grep -hoE '^#include "[a-z_]+/' -- "porting-tool/$layer" |
			sed 's/.*"//; s,/,,' | sort -u | while IFS= read -r folder; do
				case "$before " in
				*" $folder "*) ;;
				*) echo "porting-tool/$layer includes $folder/" ;;
				esac
			done
	done >"$scratch/against"
	none "goes against the direction of the data" "$(cat "$scratch/against")"
}

test_only_rewrites_make_edits()
{
	need_git
	none "makes an edit, and is not called rewrite_*.c" "$(
		git grep -lE '\<(edit_(replace|insert|remove|supersede)|remove_lines)\(' -- \
			porting-tool/changes porting-tool/analyse porting-tool/checks |
			grep -v '/rewrite_[a-z_]*\.c$')"
}

test_no_two_files_of_the_tool_have_one_name()
{
	need_git
	none "is the name of two files" "$(
		git ls-files 'porting-tool/*.[ch]' | sed 's,.*/,,' | sort | uniq -d |
			grep -v '^change\.c$')"
}

test_every_exception_names_a_rule_of_this_test()
{
	none "no such rule" "$(
		grep -v '^#' "$exceptions" | awk 'NF { print $1 }' | sort -u |
			while IFS= read -r rule; do
				grep -q "| except $rule\>" "$0" || echo "$rule"
			done)"
}

run_tests "$@"
