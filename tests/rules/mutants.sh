#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# `migrate-vma check` on the example drivers made wrong: see mutants-list.sh.
#
# Environment: MIGRATE_VMA, MUTATE the programs; RELEASE the release of the drivers.

# shellcheck source=tests/runner/tap.sh
. tests/runner/tap.sh

# shellcheck source=tests/rules/mutants-list.sh
. tests/rules/mutants-list.sh

# is_found EXAMPLE NUMBER
is_found()
{
	"$MUTATE" "examples/$1/three-step.c" "$2" >"$scratch/mutant.c"
	! "$MIGRATE_VMA" check --quiet --target="$RELEASE" "$scratch/mutant.c" >/dev/null 2>&1
}

# Rows of the table that an example still has: number, the rest of the row.
rows()
{
	changes "$1" >"$scratch/changes"
	sed -n "/^$1$tab/p" "$table" | awk -F '\t' -v OFS='\t' -v list="$scratch/changes" '
	BEGIN {
		while ((getline line <list) > 0) {
			split(line, part, "\t")
			number[part[2], part[3], part[4]] = part[1]
		}
	}
	($2, $3, $4) in number { print number[$2, $3, $4], $0 }'
}

test_check_finds_nine_in_ten_of_the_changes_that_a_run_has_shown_to_be_wrong()
{
	wrong=0 found=0
	: >"$scratch/lost"
	: >"$scratch/new"
	for example in $(cut -f 1 "$table" | sed '/^#/d' | sort -u); do
		rows "$example" >"$scratch/rows"
		while IFS=$tab read -r number _ change nth text why; do
			wrong=$((wrong + 1))
			if is_found "$example" "$number"; then
				found=$((found + 1))
				[ "$why" = found ] || echo "$example: $change $text" >>"$scratch/new"
			elif [ "$why" = found ]; then
				echo "$example: $change $text ($nth): make it with $MUTATE" \
					"examples/$example/three-step.c $number" >>"$scratch/lost"
			fi
		done <"$scratch/rows"
	done
	listed=$(grep -c '^[^#]' "$table")
	echo "# $found of $wrong found; $((listed - wrong)) of the list are in no example any more"
	expect_equal "changes that check found so far and does not find any more" "" \
		"$(cat "$scratch/lost")"
	expect_equal "changes that check finds now; change $table" "" "$(cat "$scratch/new")"
	[ $((found * 10)) -ge $((wrong * 9)) ] || fail "$found of $wrong is too few"
	[ $((wrong * 10)) -ge $((listed * 9)) ] ||
		fail "the examples have changed: make check-mutants writes the list anew"
}

test_each_change_that_is_not_found_has_a_reason()
{
	expect_equal "rows without a reason" "" \
		"$(awk -F '\t' '!/^#/ && length($5) < 5' "$table")"
}

run_tests "$@"
