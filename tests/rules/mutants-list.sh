# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# The example drivers made wrong, one statement of the protocol at a time.  mutants.tab lists
# those changes that a run on the reference implementation has shown to be wrong:
#
#	example, change, which of several that read the same, statement, "found" or why not
#
# Environment: MUTATE a program that makes a change.

# shellcheck disable=SC2034 # for those who source this
table=tests/rules/mutants.tab
tab=$(printf '\t')

# All changes of an example: number, change, which of several, statement.
changes()
{
	"$MUTATE" "examples/$1/three-step.c" | awk -F '\t' '
	{
		text = $4
		for (i = 5; i <= NF; i++)
			text = text $i
		gsub(/^ +| +$/, "", text)
		print $1 "\t" $3 "\t" ++count[$3, text] "\t" text
	}'
}
