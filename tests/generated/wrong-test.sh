#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# Ports that are wrong have to be noticed: each test makes a mistake that a port
# could have in what migrate-vma writes, with sed, and looks whether one of the
# generated drivers behaves differently then.

# shellcheck source=tests/runner/tap.sh
. "$(dirname "$0")/../runner/tap.sh"

# noticed SCRIPT [SEED]: a script for sed -E, and where to begin to look for a driver that shows it
noticed()
{
	# shellcheck disable=SC2086 # words
	$CHECK_GENERATED -f "${2:-1}" -n 200 -w "$1"
}

test_callbacks_run_when_nothing_was_collected()
{
	noticed 's/ \|\| !args->cpages//; s/if \(([a-z]*)\.cpages\)/if (1)/'
}

test_finalize_and_map_before_the_pages_moved()
{
	noticed '/migrate_vma_pages\(/{h;d}; /migrate_vma_finalize\(/{x;G}'
}

test_an_error_of_setup_is_lost()
{
	noticed 's/return migrate_vma_setup/return 0 \& migrate_vma_setup/; s/if \(ret \|\| /if (/;
		s/= migrate_vma_setup\(/= 0 \& migrate_vma_setup(/'
}

test_range_that_is_not_aligned()
{
	noticed 's/ & PAGE_MASK,/,/; s/ & PAGE_MASK;/;/'
}

test_end_that_does_not_follow()
{
	noticed 's/\.end([ \t]*= )next/.end\1end/'
}

test_start_that_does_not_follow()
{
	noticed 's/\.start([ \t]*= )addr/.start\1start/'
}

test_device_memory_is_collected_as_system_memory()
{
	noticed 's/MIGRATE_VMA_SELECT_DEVICE_PRIVATE/MIGRATE_VMA_SELECT_SYSTEM/'
}

test_no_owner()
{
	noticed 's/\.pgmap_owner([ \t]*= )[^,]*/.pgmap_owner\1NULL/'
}

test_no_page_that_faulted()
{
	noticed '/\.fault_page/d'
}

test_error_of_a_page_is_kept_for_the_next()
{
	noticed '/^[ \t]*\*?[a-z_]*(lost|failed) = false;/d' 120
}

test_error_of_a_page_is_never_seen()
{
	noticed 's/= true;/= false;/; s/#define DRIVER_PFN_ERROR.*/#define DRIVER_PFN_ERROR 0UL/'
}

test_private_is_another()
{
	noticed 's/(_migrate\(&[a-z]+), &move\)/\1, \&(struct rig[]){0})/; s/\.asked/.failed/'
}

test_a_call_is_made_twice()
{
	noticed 's/^([ \t]*)([a-z]+ = )?([a-z0-9_]+_migrate\(&args.*;)/\1\3 \2\3/'
}

run_tests "$@"
