#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# The drivers the rules are shown on, and the code that `migrate-vma explain`
# prints, are C that compiles for the release it is for: what a reader copies
# works.
#
# Environment:
#	MIGRATE_VMA	the program
#	DRIVER_COMPILER	command that compiles a driver, with @MAJOR@ and @MINOR@
#			where the numbers of the release belong

# shellcheck source=tests/runner/tap.sh
. tests/runner/tap.sh

drivers=tests/rules/drivers

# compile RELEASE FILE
compile()
{
	command=$(echo "$DRIVER_COMPILER" |
		sed "s/@MAJOR@/${1%%.*}/g; s/@MINOR@/${1#*.}/g")
	$command -fsyntax-only -Wno-unused-function "$2" 2>&1 ||
		fail "$2 does not compile for Linux $1"
}

target_of()
{
	sed -n 's,^/\* target: \([0-9.]*\) \*/,\1,p' "$@" | head -n 1
}

test_drivers_compile()
{
	for file in "$drivers"/wrong/*.c "$drivers"/right/*.c; do
		grep -q 'compiled: no' "$file" || compile "$(target_of "$file")" "$file"
	done
}

test_drivers_of_several_files_compile()
{
	for folder in "$drivers"/wrong/*/; do
		for file in "$folder"*.c; do
			compile "$(target_of "$folder"*)" "$file"
		done
	done
}

# The code of a rule behind "Wrong:" or "Right:", as a file of its own.
write_code()
{
	{
		echo '#include "drv.h"'
		"$MIGRATE_VMA" explain "$1" | awk -v title="$2:" '
			$0 == title { inside = 1; next }
			/^[A-Z][a-z]*:$/ { inside = 0 }
			inside { sub(/^\t/, ""); print }'
	} >"$scratch/code.c"
	[ "$(wc -l <"$scratch/code.c")" -gt 3 ] || fail "explain $1 shows no code under $2"
}

rules()
{
	"$MIGRATE_VMA" explain | sed -n 's/^  \([a-z-]*\)  .*/\1/p'
}

# The release the code of a rule is for: what its entry in the table says.
release_of()
{
	awk -v name="$1" '
		index($0, ".name = \"" name "\"") { found = 1 }
		found && /\.example = / { gsub(/[^0-9.]/, ""); sub(/^\./, ""); print; exit }
		found && /\.explanation/ { exit }' porting-tool/checks/*.c
}

test_code_of_rules_compiles()
{
	count=0
	for rule in $(rules); do
		"$MIGRATE_VMA" explain "$rule" | grep -q '^Right:' || continue
		release=$(release_of "$rule")
		for which in Wrong Right; do
			case $rule-$which in
			removed-name-Wrong | later-name-Wrong) continue ;;
			kernel-name-Wrong | not-ported-Wrong) continue ;;
			esac
			write_code "$rule" "$which"
			DRIVER_COMPILER="$DRIVER_COMPILER -I$drivers" \
				compile "${release:-7.2}" "$scratch/code.c" ||
				fail "the code of $rule under $which"
			count=$((count + 1))
		done
	done
	[ "$count" -ge 30 ] || fail "only $count pieces of code were found"
}

run_tests "$@"
