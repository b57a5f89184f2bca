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

test_every_shape_and_every_example_has_a_line()
{
	{
		ls -d tests/shapes/*/expect | sed 's|tests/\(.*\)/expect|\1|'
		ls -d examples/*/callback.c | sed 's|/callback.c||'
	} | sort -u >"$scratch/there"
	expect_equal "drivers" "$(cat "$scratch/there")" "$(drivers)"
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

run_tests
