#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# What `migrate-vma port` makes of hmm_range_fault() and its kin, and what it says of the rest.
#
# Environment:
#	MIGRATE_VMA	the program

# shellcheck source=tests/runner/tap.sh
. tests/runner/tap.sh

# port TARGET STATEMENTS: sets $output to what becomes of them in a function, and $messages
port()
{
	cat >"$scratch/driver.c" <<-END
		#include <linux/hmm.h>
		long foo(struct hmm_range *range, bool block)
		{
			long ret = 0;
			$2
			return ret;
		}
	END
	messages=$("$MIGRATE_VMA" port -i -q --target="$1" "$scratch/driver.c" 2>&1)
	output=$(sed -n '5p' "$scratch/driver.c" | sed 's/^[[:blank:]]*//')
	cp "$scratch/driver.c" "$scratch/once.c"
	"$MIGRATE_VMA" port -i -q --target="$1" "$scratch/driver.c" >/dev/null 2>&1
	expect_equal "ported twice" "$(cat "$scratch/once.c")" "$(cat "$scratch/driver.c")"
}

test_block_becomes_flags_in_5_4_and_goes_in_5_7()
{
	port 5.4 'ret = hmm_range_fault(range, true);'
	expect_equal "blocks, for 5.4" 'ret = hmm_range_fault(range, 0);' "$output"
	port 5.6 'ret = hmm_range_fault(range, false);'
	expect_equal "does not, for 5.6" 'ret = hmm_range_fault(range, HMM_FAULT_ALLOW_RETRY);' "$output"
	port 5.7 'ret = hmm_range_fault(range, true);'
	expect_equal "for 5.7" 'ret = hmm_range_fault(range);' "$output"
}

test_block_that_is_a_variable_is_left_with_what_to_pass()
{
	port 5.4 'ret = hmm_range_fault(range, block);'
	expect_equal "the call" 'ret = hmm_range_fault(range, block);' "$output"
	expect_match "messages" '*this is flags since 5.4 and was "block" before: pass 0*' "$messages"
}

test_no_page_is_no_failure_from_5_8_on()
{
	port 5.7 'ret = hmm_range_fault(range); if (ret <= 0) return ret;'
	expect_equal "for 5.7" 'ret = hmm_range_fault(range); if (ret <= 0) return ret;' "$output"
	port 5.8 'ret = hmm_range_fault(range); if (ret <= 0) return ret;'
	expect_equal "for 5.8" 'ret = hmm_range_fault(range); if (ret < 0) return ret;' "$output"
	port 5.8 'ret = hmm_range_fault(range, true); if (!ret) return -EBUSY;'
	expect_match "messages" '*hmm_range_fault() returns 0 since 5.8*' "$messages"
}

run_tests "$@"
