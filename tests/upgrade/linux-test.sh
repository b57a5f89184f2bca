#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# `migrate-vma port` on the drivers of the kernel that use the API: each brought from each release to
# each later one, against what upstream made of it, which is in the table "edits".
#
# Environment:
#	MIGRATE_VMA	the program
#	REAL_USERS	folder to keep sources in

# shellcheck source=tests/runner/tap.sh
. tests/runner/tap.sh
# shellcheck source=tests/rules/get-users.sh
. tests/rules/get-users.sh

table=$(pwd)/tests/upgrade/edits

# drivers: what is brought along together, by the files' common beginning
drivers='lib/test_hmm drivers/gpu/drm/nouveau/nouveau_ drivers/gpu/drm/amd/amdkfd/kfd_
	arch/powerpc/kvm/book3s_hv_uvmem'

# is_before RELEASE RELEASE
is_before()
{
	awk -v a="$1" -v b="$2" 'BEGIN { split(a, x, "."); split(b, y, ".");
		exit !(x[1] + 0 < y[1] + 0 || x[1] == y[1] && x[2] + 0 < y[2] + 0) }'
}

# copy_driver RELEASE DRIVER: into $tree, if that release has it
copy_driver()
{
	tree=$scratch/tree
	rm -rf "$tree"
	mkdir -p "$tree/$(dirname "$2")"
	cp "$REAL_USERS/$1/$2"*.[ch] "$tree/$(dirname "$2")/" 2>/dev/null
}

# upgrade TARGET: what is in $tree, in place; messages are in $scratch/messages
upgrade()
{
	(cd "$tree" && "$MIGRATE_VMA" port -i -q --target="$1" .) >"$scratch/messages" 2>&1
	status=$?
}

# rows FILE FROM TO KIND: the expressions of the edits between two releases
rows()
{
	grep -v '^#' "$table" | while IFS='	' read -r file since kind expression; do
		if [ "$file" = "$1" ] && [ "$kind" = "$4" ] && is_before "$2" "$since" &&
			! is_before "$3" "$since"; then
			echo "$expression"
		fi
	done
}

# new_lines FILE FROM: what is new in a file, without the function that stands for
# make_device_exclusive_range(), its calls, and lines that are empty
new_lines()
{
	diff "$REAL_USERS/$2/$1" "$tree/$1" | sed -n 's/^> //p' |
		sed '/^static int .*_make_exclusive_range(/,/^}/d; /_make_exclusive_range(/d; /^$/d'
}

# compare FILE FROM TO
compare()
{
	new_lines "$1" "$2" >"$scratch/new"
	rows "$1" "$2" "$3" + >"$scratch/wanted"
	while read -r expression; do
		grep -qE "$expression" "$scratch/new" ||
			wrong="$wrong\n$1, $2 to $3: no new line has $expression"
	done <"$scratch/wanted"
	rows "$1" "$2" "$3" '~' >>"$scratch/wanted"
	if grep -vEf "$scratch/wanted" "$scratch/new" >"$scratch/unexpected"; then
		wrong="$wrong\n$1, $2 to $3: no reason for $(head -n 1 "$scratch/unexpected")"
	fi
	rows "$1" "$2" "$3" - >"$scratch/gone"
	while read -r expression; do
		! grep -qE "$expression" "$tree/$1" ||
			wrong="$wrong\n$1, $2 to $3: there still is $expression"
	done <"$scratch/gone"
	rows "$1" "$2" "$3" ! >>"$scratch/right"
}

# upgrade_all FROM TO: every driver that the first release has
upgrade_all()
{
	get_source "$1"
	wrong=
	for driver in $drivers; do
		copy_driver "$1" "$driver" || continue
		upgrade "$2"
		: >"$scratch/right"
		for file in $users; do
			[ ! -f "$tree/$file" ] || compare "$file" "$1" "$2"
		done
		if grep -E ': (error|warning): ' "$scratch/messages" |
			grep -vEf "$scratch/right" >"$scratch/unexpected"; then
			wrong="$wrong\n$1 to $2: $(head -n 1 "$scratch/unexpected")"
		fi
	done
	expect_equal "what is wrong" "" "$(printf '%b' "$wrong")"
}

# stays RELEASE: nothing is changed or said of a driver that is for that release
stays()
{
	get_source "$1"
	for driver in $drivers; do
		copy_driver "$1" "$driver" || continue
		upgrade "$1"
		expect_equal "messages about $driver" "" "$(cat "$scratch/messages")"
		expect_equal "status for $driver" 0 "$status"
		for file in $users; do
			[ ! -f "$tree/$file" ] || cmp "$tree/$file" "$REAL_USERS/$1/$file" ||
				fail "$file of $1 changed"
		done
	done
}

test_drivers_of_5_10_are_right_for_5_10()
{
	stays 5.10
}

test_drivers_of_6_1_are_right_for_6_1()
{
	stays 6.1
}

test_drivers_of_6_12_are_right_for_6_12()
{
	stays 6.12
}

test_drivers_of_7_2_are_right_for_7_2()
{
	stays 7.2
}

test_drivers_of_7_2_are_right_for_7_3()
{
	get_source 7.2
	for driver in $drivers; do
		copy_driver 7.2 "$driver" || continue
		upgrade 7.3
		expect_equal "messages about $driver" "" "$(cat "$scratch/messages")"
	done
}

test_5_10_to_6_1()
{
	upgrade_all 5.10 6.1
}

test_5_10_to_6_12()
{
	upgrade_all 5.10 6.12
}

test_5_10_to_7_2()
{
	upgrade_all 5.10 7.2
}

test_6_1_to_6_12()
{
	upgrade_all 6.1 6.12
}

test_6_1_to_7_2()
{
	upgrade_all 6.1 7.2
}

test_6_12_to_7_2()
{
	upgrade_all 6.12 7.2
}

test_two_steps_are_one_and_once_more_changes_nothing()
{
	get_source 5.10
	for driver in $drivers; do
		copy_driver 5.10 "$driver" || continue
		upgrade 6.1
		upgrade 7.2
		rm -rf "$scratch/two"
		cp -r "$tree" "$scratch/two"
		copy_driver 5.10 "$driver"
		upgrade 7.2
		diff -r "$tree" "$scratch/two" >"$scratch/difference" ||
			fail "$driver in two steps: $(cat "$scratch/difference")"
		cp -r "$tree" "$scratch/once"
		upgrade 7.2
		diff -r "$tree" "$scratch/once" >"$scratch/difference" ||
			fail "$driver once more: $(cat "$scratch/difference")"
		rm -rf "$scratch/once"
	done
}

run_tests "$@"
