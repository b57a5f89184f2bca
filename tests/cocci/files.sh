# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# What the tests of the semantic patches have in common; $root and $here are set.

port_patch=$root/cocci/migrate_vma_port.cocci

# options FILE: the options a semantic patch asks for in its header, as coccicheck reads them
options()
{
	sed -n 's|^// Options: *||p' "$1"
}

# port_with_spatch TARGET GROUPS: ports groups of files in place
port_with_spatch()
{
	# shellcheck disable=SC2046 # words
	spatch --very-quiet --no-show-diff --in-place $(options "$port_patch") -D patch \
		-D "target=$1" --cocci-file "$port_patch" --file-groups "$2"
}

# words FILE: the words of a C file, one statement a line; white space is gone
words()
{
	tr -s ' \t\r\n' ' ' <"$1" | sed 's/ *\([^A-Za-z0-9_ ]\) */\1/g; s/[;{},]/&\n/g'
	echo
}

# table DRIVER TARGET: the line of outcomes, "spatch|migrate-vma|difference", or nothing
table()
{
	awk -F '\t' -v driver="$1" -v target="$2" '
		/^#/ { next }
		$1 == driver || $1 == driver "@" target {
			entry = $2 "|" $3 "|" $4
			if ($1 == driver "@" target)
				exit
		}
		END { if (entry) print entry }' "$here/outcomes"
}

# model_of RELEASE: the newest release of the reference implementation that is not newer
model_of()
{
	echo "$1 $COCCI_RELEASES" | awk '{
		split($1, wanted, ".")
		for (i = 2; i <= NF; i++) {
			split($i, have, ".")
			if (have[1] + 0 < wanted[1] + 0 ||
			    (have[1] == wanted[1] && have[2] + 0 <= wanted[2] + 0))
				found = $i
		}
		print found
	}'
}

check_patch=$root/cocci/migrate_vma_check.cocci

# as_groups FILE...: each file by itself, in the form of --file-groups
as_groups()
{
	for group_file do
		printf '%s\n\n' "$group_file"
	done
}

# check_with_spatch TARGET FILE...: what the checks have to say, "file:line rule"
check_with_spatch()
{
	check_target=$1
	shift
	as_groups "$@" >"$scratch/groups"
	# shellcheck disable=SC2046 # words
	spatch --very-quiet $(options "$check_patch") -D report -D "target=$check_target" \
		--cocci-file "$check_patch" --file-groups "$scratch/groups" >"$scratch/report" \
		2>"$scratch/errors"
	cat "$scratch/errors" >&2
	sed -n 's/^\([^:]*:[0-9]*\):[0-9-]*: .* \[\([a-z-]*\)\]$/\1 \2/p' "$scratch/report" | sort -u
}
