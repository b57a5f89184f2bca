#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# cocci/run, which `make cocci` calls: the semantic patches for who does not know spatch.

# shellcheck source=tests/runner/tap.sh
. tests/runner/tap.sh

test_writes_a_patch_that_applies()
{
	cp examples/cpu-fault/callback.c "$scratch/driver.c"
	cocci/run "$scratch" >"$scratch/port.patch" || fail "ended with status $?"
	patch -s -p1 -d "$scratch" <"$scratch/port.patch" || fail "patch does not take it"
	expect_equal "calls of migrate_vma()" 0 "$(grep -c 'migrate_vma(' "$scratch/driver.c")"
	expect_equal "calls of migrate_vma_setup()" 2 \
		"$(grep -c 'migrate_vma_setup(' "$scratch/driver.c")"
}

test_rewrites_files_when_it_is_told_to()
{
	cp examples/cpu-fault/callback.c "$scratch/driver.c"
	expect_status 0 cocci/run -i "$scratch/driver.c"
	expect_equal "calls of migrate_vma_setup()" 2 \
		"$(grep -c 'migrate_vma_setup(' "$scratch/driver.c")"
}

test_does_what_a_plain_call_of_spatch_does()
{
	expect_equal "patch" "$(spatch --very-quiet --no-includes --max-width 100 -D patch --patch . \
		--cocci-file cocci/migrate_vma_port.cocci examples/cpu-fault/callback.c)" \
		"$(cocci/run examples/cpu-fault/callback.c)"
}

test_ports_the_files_of_a_folder_together()
{
	cp -r tests/shapes/ops-in-other-file/before "$scratch/driver"
	cocci/run "$scratch/driver" >"$scratch/port.patch" || fail "ended with status $?"
	expect_equal "files" "clipper.h clipper_callbacks.c clipper_main.c" \
		"$(sed -n 's|^+++ b/||p' "$scratch/port.patch" | sort | paste -sd ' ')"
}

test_keeps_drivers_in_different_folders_apart()
{
	mkdir "$scratch/one" "$scratch/two"
	cp examples/cpu-fault/callback.c "$scratch/one/driver.c"
	cp tests/shapes/call-in-macro-body/before.c "$scratch/two/driver.c"
	expect_status 1 cocci/run -i "$scratch"
	expect_equal "calls of migrate_vma_setup()" 2 \
		"$(grep -c 'migrate_vma_setup(' "$scratch/one/driver.c")"
	cmp -s tests/shapes/call-in-macro-body/before.c "$scratch/two/driver.c" ||
		fail "two/driver.c was changed"
}

test_leaves_a_driver_in_three_steps_beside_it_alone()
{
	cp examples/cpu-fault/*.[ch] "$scratch"
	expect_status 0 cocci/run -i "$scratch"
	cmp -s examples/cpu-fault/three-step.c "$scratch/three-step.c" ||
		fail "three-step.c was changed"
}

test_ends_with_1_when_something_is_left()
{
	expect_status 1 cocci/run tests/shapes/call-in-macro-body/before.c
	expect_match "message" "*before.c:45:2: error: * \\[in-macro\\]" "$output"
}

test_ends_with_1_when_a_check_finds_something()
{
	expect_status 1 cocci/run -c tests/rules/drivers/wrong/setup-result.c
	expect_status 0 cocci/run -c examples/cpu-fault/three-step.c
}

test_ends_with_2_when_it_cannot_run()
{
	expect_status 2 cocci/run
	expect_status 2 cocci/run /nowhere
	expect_status 2 cocci/run -t 5.3 examples/cpu-fault/callback.c
	expect_status 2 cocci/run -x examples
}

test_says_where_else_the_option_that_is_gone_stands()
{
	expect_status 0 cocci/run tests/shapes/guard-in-kconfig/before
	expect_match "of Kconfig" "*Kconfig:6:*: warning: MIGRATE_VMA_HELPER is gone*" "$output"
	expect_status 0 cocci/run tests/shapes/guard-in-makefile/before
	expect_match "of a makefile" "*Makefile:3:*: warning: MIGRATE_VMA_HELPER is gone*" "$output"
}

test_a_shell_with_cdpath_makes_no_difference()
{
	without=$(cocci/run examples/cpu-fault/callback.c 2>&1)
	expect_status 0 env CDPATH=.:/tmp cocci/run examples/cpu-fault/callback.c
	expect_equal "what it says" "$without" "$output"
}

test_a_name_that_spatch_cannot_take_is_no_silent_failure()
{
	mkdir -p "$scratch/my driver"
	cp examples/cpu-fault/callback.c "$scratch/my driver/driver.c"
	expect_status 2 cocci/run -i "$scratch"
	expect_match "message" 'my driver/driver.c: *rename it*' "$output"
	expect_status 2 cocci/run "$scratch"
	expect_status 1 cocci/run -c "$scratch"
}

test_says_that_there_is_nothing_to_do()
{
	mkdir "$scratch/empty"
	expect_status 0 cocci/run "$scratch/empty"
	expect_equal "message" "nothing to do: migrate_vma() is not called here" "$output"
}

# in_git: two drivers in folders of a git tree, one of which cannot be ported
in_git()
{
	mkdir -p "$scratch/drivers/one" "$scratch/drivers/two"
	cp examples/cpu-fault/callback.c "$scratch/drivers/one/driver.c"
	cp tests/shapes/call-in-macro-body/before.c "$scratch/drivers/two/driver.c"
	series=$PWD/cocci/series
	cd "$scratch" || exit
	git init --quiet && git config user.name Tester && git config user.email tester@example.org
	git add . && git commit --quiet -m "Start"
}

test_makes_a_commit_of_each_driver_that_is_ported()
{
	in_git
	expect_status 1 "$series" -t 6.1 drivers
	expect_equal "commits" "one: use migrate_vma_setup() instead of migrate_vma()
Start" "$(git log --format=%s)"
	expect_match "message" "*migrate_vma_finalize() itself.*MIGRATE_PFN_ERROR becomes*for Linux 6.1.*Signed-off-by: Tester*" \
		"$(git log -1 --format=%b | tr '\n' ' ')"
	expect_equal "what is left in the tree" "" "$(git status --porcelain)"
}

test_makes_no_commits_where_there_are_changes()
{
	in_git
	echo >>drivers/one/driver.c
	expect_status 2 "$series" drivers
	expect_equal "message" "there are changes in the tree: commit them first" "$output"
}

run_tests "$@"
