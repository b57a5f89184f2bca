# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# The files of a shape; tests/shapes/run says which there are.  Read in by run and
# expected, which set $here to this folder.

# setting WORD [DEFAULT]: the rest of the line of $expect that begins with a word
setting()
{
	value=$(sed -n "s/^$1 //p" "$expect")
	echo "${value:-${2:-}}"
}

newest=$(sed -n 's/^API_RELEASES ?= .* //p' "$here/../../api/build.mk")

# use SHAPE RELEASE: sets $folder and $expect
use()
{
	folder=$here/$1 expect=$here/$1/expect
	[ ! -f "$expect-$2" ] || expect=$expect-$2
}

# put before|after FOLDER: the files of a driver
put()
{
	mkdir -p "$2"
	if [ -d "$folder/$1" ]; then
		cp "$folder/$1"/* "$2"
	else
		cp "$folder/$1.c" "$2/$(setting file driver.c)"
	fi
}

# base: after, or before if that is what the newest release gets
base()
{
	[ -e "$folder/after.c" ] || [ -e "$folder/after" ] && echo after || echo before
}

# put_expected RELEASE FOLDER: what the driver is to become for a release
put_expected()
{
	put "$(base)" "$2"
	# A patch without a hunk says that it is the same as for the newest.
	! grep -q '^@@' "$folder/after-$1.patch" 2>/dev/null ||
		patch --directory="$2" -p1 --silent --force --fuzz=0 --binary \
			--no-backup-if-mismatch <"$folder/after-$1.patch"
}

# releases: those that the shape is tested with
releases()
{
	ls "$folder" | sed -n 's/^after-\(.*\)\.patch$/\1/p' | sort -V
	# What nothing is changed in for the newest release may be tested with others only.
	[ "$(base)" = before ] && ls "$folder"/after-* >/dev/null 2>&1 || echo "$newest"
}
