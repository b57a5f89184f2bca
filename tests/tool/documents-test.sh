#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# Help, manual page and completion know the same options.

. "$(dirname "$0")/lib.sh"

root=$here/../..
page=$root/docs/man/migrate-vma.1

options_of_help()
{
	for command in '' port check list explain; do
		# shellcheck disable=SC2086 # nothing, or a word
		migrate_vma $command --help
	done | grep -o -e '--[a-z][a-z-]*' | grep -v -x -e '--stat' | sort -u
}

test_the_manual_page_has_every_option_of_help()
{
	for option in $(options_of_help); do
		sed 's/\\-/-/g' "$page" | grep -q -e "$option" || fail "$page does not have $option"
	done
}

test_every_option_of_the_manual_page_is_understood()
{
	driver >"$scratch/a.c"
	for option in $(sed 's/\\-/-/g' "$page" | grep -o -e '--[a-z][a-z-]*' | sort -u); do
		output=$(migrate_vma port "$option" 2>&1 </dev/null)
		expect_match "$option" '*' "$output"
		case $output in
		*'unknown option'*) fail "$option is in $page but unknown" ;;
		esac
	done
}

test_the_manual_page_has_no_mistakes()
{
	command -v man >/dev/null || skip "man is not installed"
	command -v groff >/dev/null || skip "groff is not installed"
	expect_equal 'warnings' '' "$(LC_ALL=C.UTF-8 man --warnings -E UTF-8 -l "$page" 2>&1 >/dev/null)"
}

test_the_manual_page_is_of_this_version()
{
	expect_equal 'version' "$(migrate_vma --version)" \
		"$(sed -n 's/^\.TH [^"]*"\([^"]*\)".*/\1/p' "$page")"
}

# complete WORD...: what bash offers for the last word
complete_words()
{
	command -v bash >/dev/null || skip "bash is not installed"
	PATH=$scratch/bin:$PATH bash -c '
		complete() { :; }
		compopt() { :; }
		. "$0"
		COMP_WORDS=(migrate-vma "$@")
		COMP_CWORD=$#
		_migrate_vma
		printf "%s\n" "${COMPREPLY[@]}"' "$root/porting-tool/completion/migrate-vma.bash" "$@"
}

setup_completion()
{
	mkdir "$scratch/bin"
	ln -s "$program" "$scratch/bin/migrate-vma"
}

test_commands_are_completed()
{
	setup_completion
	expect_equal 'p' port "$(complete_words p)"
}

test_options_are_completed()
{
	setup_completion
	expect_equal '--ta' --target= "$(complete_words port --ta)"
	expect_equal 'list --ta' '' "$(complete_words list --ta)"
	for option in $(migrate_vma port --help | grep -o -e '--[a-z][a-z-]*' | sort -u); do
		case $option in
		--target | --for | --format | --kernel | --jobs | --color) offered=$option= ;;
		*) offered=$option ;;
		esac
		complete_words port -- >/dev/null
		complete_words port "$option" | grep -q -x -e "$offered" ||
			fail "$option of port is not completed"
	done
}

test_values_are_completed()
{
	setup_completion
	expect_equal '--target=5.1' "$(printf '5.%s\n' 1 10 11 12 13 14 15 16 17 18 19 | tail -n 10)" \
		"$(complete_words port --target = 5.1)"
	expect_equal '--format=s' sarif "$(complete_words check --format = s)"
	expect_equal '--format=' "$(printf '%s\n' diff mbox json)" "$(complete_words port --format =)"
	expect_equal '--color=n' never "$(complete_words list --color = n)"
}

test_rules_are_completed()
{
	setup_completion
	rules=$(complete_words explain '')
	[ -n "$rules" ] || fail "explain completes nothing"
	for rule in $rules; do
		migrate_vma explain "$rule" >/dev/null || fail "explain $rule, which is offered, fails"
	done
}

run_tests "$@"
