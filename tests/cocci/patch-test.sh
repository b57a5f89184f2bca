#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# What each semantic patch has in common with those of the kernel.

# shellcheck source=tests/runner/tap.sh
. tests/runner/tap.sh

all="$(ls cocci/*.cocci cocci/check/*.cocci)"

test_spatch_parses_each_without_a_warning()
{
	for patch in $all; do
		# spatch has warnings about its own standard.h, the same for any patch.
		said=$(spatch --parse-cocci "$patch" 2>&1 |
			grep -iE '^ *(warning|.*(meta|minus|plus|rule name|scriptmeta): )' |
			grep -v 'PARSING: type defaults')
		expect_equal "$patch" "" "$said"
	done
}

test_headers_have_what_coccicheck_and_a_reader_look_for()
{
	for patch in $all; do
		for line in '^// SPDX-License-Identifier: GPL-2.0-only$' '^/// [A-Za-z<_]' \
			'^// Confidence: ' '^// Options: --' '^// Keywords: ' '^// Requires: [0-9.]*$' \
			'^virtual context$' '^virtual org$' '^virtual report$'; do
			grep -q "$line" "$patch" || fail "$patch has no line $line"
		done
	done
}

test_each_is_short_and_needs_no_file_beside_it()
{
	for patch in $all; do
		case $patch in
		*-callbacks.cocci) limit=300 ;;
		*) limit=185 ;;
		esac
		[ "$(wc -l <"$patch")" -le $limit ] || fail "$patch has $(wc -l <"$patch") lines"
		! grep -E 'sys.path|^#include "|^@.* using ' "$patch" || fail "$patch needs a file"
	done
}

test_each_says_in_its_name_since_which_release()
{
	for patch in cocci/*.cocci; do
		release=$(basename "$patch" | sed 's/-.*//')
		grep -q "^///.*Linux ${release%.*}[.]${release#*.}" "$patch" ||
			tr -d '\n' <"$patch" | sed 's|/// | |g' | grep -q "Linux *$release" ||
			fail "$patch does not say that it is about Linux $release"
	done
}

driver=tests/shapes/call-in-for-loop/before.c

test_plain_spatch_ports()
{
	expect_match "what spatch writes" "*
+		ret = args.start < args.end ? migrate_vma_setup(&args) : -EINVAL;*" \
		"$(spatch --very-quiet --sp-file cocci/5.4-callbacks.cocci $driver 2>&1)"
}

test_the_mode_patch_of_coccicheck_does_the_same()
{
	expect_equal "what spatch writes" \
		"$(spatch --very-quiet --sp-file cocci/5.8-mmap_lock.cocci \
			tests/shapes/neighbour-mmap-sem/before.c 2>/dev/null | grep '^[-+][^-+]')" \
		"$(spatch --very-quiet -D patch --sp-file cocci/5.8-mmap_lock.cocci \
			tests/shapes/neighbour-mmap-sem/before.c 2>/dev/null | grep '^[-+][^-+]')"
}

test_reports_in_the_forms_of_coccilib()
{
	patch=cocci/5.16-pfn-locked.cocci
	expect_match "report" "$driver:38:*: MIGRATE_PFN_LOCKED is gone since Linux 5.16" \
		"$(spatch --very-quiet -D report --sp-file $patch $driver 2>/dev/null)"
	expect_match "org" "\\* TODO \\[\\[view:$driver::*" \
		"$(spatch --very-quiet -D org --sp-file $patch $driver 2>/dev/null)"
	expect_match "context" "*
-		dst\\[i\\] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;*" \
		"$(spatch --very-quiet -D context --sp-file $patch $driver 2>/dev/null)"
}

# In this mode nothing may be left that changes code: spatch refuses to mix the two.
test_each_can_be_run_in_the_mode_context()
{
	for patch in $all; do
		spatch --very-quiet --no-includes -D context --cocci-file "$patch" $driver \
			>/dev/null 2>"$scratch/says"
		expect_equal "$patch -D context" "" "$(grep -v '^warning' "$scratch/says")"
	done
}

run_tests "$@"
