#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# What the top-level make promises.  Needs everything to have been built.

. "$(dirname "$0")/../runner/tap.sh"
cd "$(dirname "$0")/../.." || exit 2

test_builds_nothing_when_everything_is_built()
{
	expect_status 0 make
	expect_match "what make says" '*Nothing to be done*' "$output"
}

test_help_names_only_targets_that_exist()
{
	expect_status 0 make help
	echo "$output" | sed -n 's/^ *make \([a-z][a-z-]*\).*/\1/p' >"$scratch/targets"
	[ -s "$scratch/targets" ] || fail "make help names no target"
	make --dry-run --print-data-base help >"$scratch/database"
	while read -r target; do
		grep -q "^$target:" "$scratch/database" || fail "there is no target $target"
	done <"$scratch/targets"
}

test_installs_below_destdir_and_prefix()
{
	expect_status 0 make install DESTDIR="$scratch" PREFIX=/opt/tool
	expect_status 0 "$scratch/opt/tool/bin/migrate-vma" --version
}

test_uninstall_takes_away_what_install_brought()
{
	mkdir -p "$scratch/a folder/own"
	expect_status 0 make install DESTDIR="$scratch/a folder"
	expect_status 0 "$scratch/a folder/usr/local/bin/migrate-vma" --version
	expect_status 0 make uninstall DESTDIR="$scratch/a folder"
	output=$(cd "$scratch" && find . ! -type d)
	expect_equal "files left behind" "" "$output"
}

test_names_the_package_when_there_is_no_libclang()
{
	expect_status 2 make LIBCLANG="$scratch" BUILD="$scratch/build" \
		"$scratch/build/bin/migrate-vma"
	expect_match "what make says" '*libclang-19-dev*' "$output"
}

run_tests "$@"
