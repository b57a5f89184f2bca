#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# The table of what spatch and migrate-vma make of each driver is complete, and the page of
# the documentation says the same.  Whether it is true is a matter of `make cocci-compare`.

# shellcheck source=tests/runner/tap.sh
. tests/runner/tap.sh

drivers()
{
	sed '/^#/d; s/[	@].*//' tests/cocci/outcomes | sort -u
}

there()
{
	{
		ls -d tests/shapes/*/expect | sed 's|tests/\(.*\)/expect|\1|'
		ls -d examples/*/callback.c | sed 's|/callback.c||'
	} | sort -u
}

test_every_line_is_about_a_shape_or_an_example()
{
	drivers >"$scratch/drivers"
	expect_equal "lines about nothing" "" "$(there | comm -13 - "$scratch/drivers")"
}

# One that has just been added need not be known here yet: make cocci-compare fails for it.
test_every_shape_and_every_example_has_a_line()
{
	drivers >"$scratch/drivers"
	new=$(there | comm -23 - "$scratch/drivers" | paste -sd ' ')
	[ -z "$new" ] || skip "no line yet; make cocci-compare DRIVERS='$new' says what to add"
}

test_every_difference_is_explained_and_every_explanation_used()
{
	expect_equal "words" "$(sed -n 's/^\([a-z][a-z-]*\)	.*/\1/p' tests/cocci/reasons | sort)" \
		"$(sed '/^#/d' tests/cocci/outcomes | cut -f 4 | tr ' ' '\n' | grep -v '^same$' |
			grep . | sort -u)"
}

test_nothing_counts_as_wrong_or_unknown()
{
	expect_equal "lines" "" "$(sed '/^#/d' tests/cocci/outcomes |
		grep -vE '	(ported|left|nothing)	(ported|left|nothing)	[a-z]')"
}

test_documentation_says_the_same()
{
	expect_equal "docs/reference/spatch-shapes.rst (make cocci-table writes it anew)" "" \
		"$(tests/cocci/shapes-page | diff docs/reference/spatch-shapes.rst -)"
}

run_tests "$@"
