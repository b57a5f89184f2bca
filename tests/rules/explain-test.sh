#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# `migrate-vma explain`.  Environment: MIGRATE_VMA, the program.

# shellcheck source=tests/runner/tap.sh
. tests/runner/tap.sh

test_list_has_every_rule()
{
	expect_status 0 "$MIGRATE_VMA" explain
	for rule in $(sed -n 's/.*\.name = "\(.*\)",/\1/p' porting-tool/checks/*.c); do
		echo "$output" | grep -q "^  $rule  " || fail "$rule is not in the list"
	done
}

test_name_is_shown_with_what_port_writes_instead()
{
	expect_status 0 "$MIGRATE_VMA" explain pci_alloc_consistent
	expect_match "a device" "*becomes dma_alloc_coherent(&pdev->dev, x, GFP_ATOMIC)*" "$output"
	expect_status 0 "$MIGRATE_VMA" explain __pfn_to_pfn_t
	expect_match "an argument" "*__pfn_to_pfn_t(x) becomes x
*" "$output"
	expect_status 0 "$MIGRATE_VMA" explain src_owner
	expect_match "what is decided" "*port? does it where it understands the use*" "$output"
}

test_list_fits_a_terminal()
{
	expect_status 0 "$MIGRATE_VMA" explain
	widest=$(echo "$output" | awk '{ if (length > most) most = length } END { print most }')
	[ "$widest" -le 110 ] || fail "a line has $widest characters"
}

test_rule_is_shown_in_full()
{
	expect_status 0 "$MIGRATE_VMA" explain cpages-after-finalize
	expect_match "first line" "cpages-after-finalize: *" "$(echo "$output" | head -n 1)"
	expect_match "releases" "*error, for Linux 5.4 to 5.9*" "$output"
	expect_match "wrong code" "*Wrong:*return args->cpages;*" "$output"
	expect_match "right code" "*Right:*return collected;*" "$output"
}

test_every_rule_fits_a_terminal()
{
	for rule in $("$MIGRATE_VMA" explain | sed -n 's/^  \([a-z-]*\)  .*/\1/p'); do
		"$MIGRATE_VMA" explain "$rule" | grep -v '	' |
			awk -v rule="$rule" 'NR > 1 && length > 80 { print rule ": " $0 }'
	done >"$scratch/wide"
	expect_equal "lines of more than 80 characters" "" "$(cat "$scratch/wide")"
}

test_unknown_rule_is_refused_with_the_nearest_name()
{
	expect_status 2 "$MIGRATE_VMA" explain finalise-missing
	expect_match "message" "*'finalise-missing' is neither a rule nor a name*; is it the rule 'finalize-missing'?" \
		"$output"
}

test_unknown_rule_like_no_other_points_to_the_list()
{
	expect_status 2 "$MIGRATE_VMA" explain xyzzy
	expect_match "message" "*'xyzzy' is neither*; \`migrate-vma explain\` lists the rules" "$output"
}

test_full_disk_is_noticed()
{
	[ -c /dev/full ] || skip "there is no /dev/full"
	"$MIGRATE_VMA" explain >/dev/full 2>"$scratch/message"
	expect_equal "status" 2 $?
	[ -s "$scratch/message" ] || fail "nothing was said about it"
}

test_finding_names_a_rule_that_explain_knows()
{
	"$MIGRATE_VMA" check tests/rules/drivers/wrong/setup-result.c 2>"$scratch/findings"
	expect_equal "status of check" 1 $?
	rule=$(sed -n 's/.*error: .*\[\([a-z-]*\)\]$/\1/p' "$scratch/findings" | head -n 1)
	expect_status 0 "$MIGRATE_VMA" explain "$rule"
}

test_name_that_is_gone_says_since_when_and_what_to_use()
{
	expect_status 0 "$MIGRATE_VMA" explain hmm_devmem_page_set_drvdata
	expect_match "what replaces it" "*gone since 5.3: store in page->zone_device_data*" "$output"
	expect_match "its header" "*<linux/hmm.h>: up to 5.2*" "$output"
}

test_name_that_came_back_has_both_ranges()
{
	expect_status 0 "$MIGRATE_VMA" explain hmm_pfn_to_page
	expect_match "ranges" "* to 5.3; since 5.8*2 parameters*1 parameter since 5.8*" "$output"
}

test_member_is_found_with_its_struct_or_alone()
{
	expect_status 0 "$MIGRATE_VMA" explain dev_pagemap.res
	expect_match "the member" "*res of struct dev_pagemap: gone since 5.10*" "$output"
	expect_status 0 "$MIGRATE_VMA" explain pgmap_owner
	expect_match "the member" "*member pgmap_owner of struct migrate_vma*: since 5.9*" "$output"
}

test_release_that_was_not_read_is_not_claimed()
{
	expect_status 0 "$MIGRATE_VMA" explain page.pgmap
	expect_match "range" "*up to 6.14, perhaps 6.16*" "$output"
}

# log LINE...: what explain says of a build that printed these lines
log()
{
	output=$(printf '%s\n' "$@" | "$MIGRATE_VMA" explain - 2>&1)
	status=$?
}

test_error_of_gcc_is_explained()
{
	log "drv.c:9:2: error: implicit declaration of function ‘hmm_devmem_add’"
	expect_equal "status" 0 "$status"
	expect_match "what it says" "drv.c:9:2: error:*gone since 5.3*1 of 1 error comes*" "$output"
}

test_error_about_a_member_is_looked_up_with_its_struct()
{
	log "drv.c:9:2: error: ‘struct dev_pagemap’ has no member named ‘res’; did you mean ‘ref’?"
	expect_match "what it says" "*res of struct dev_pagemap: gone since 5.10*" "$output"
	log "drv.c:9:4: error: no member named 'res' in 'struct dev_pagemap'"
	expect_match "of clang" "*res of struct dev_pagemap: gone since 5.10*" "$output"
}

test_error_of_clang_is_explained_by_the_note_that_names_the_function()
{
	log "drv.c:9:2: error: too few arguments to function call, expected 3, have 1" \
		"    9 |         zone_device_page_init(page);" \
		"memremap.h:5:6: note: 'zone_device_page_init' declared here"
	expect_match "what it says" "drv.c:9:2: error:*3 parameters since 6.19*" "$output"
}

test_error_of_modpost_and_of_a_load_are_explained()
{
	log 'ERROR: modpost: "migrate_vma_setup" [/drv/drv.ko] undefined!' \
		"[   12.345678] Missing owner"
	expect_match "of modpost" "*not exported by this kernel*migrate_vma_setup*" "$output"
	expect_match "of the load" "*refuses device memory without an owner since 5.7*" "$output"
}

test_build_without_a_known_change_exits_with_1()
{
	log "drv.c:9:2: error: expected ‘;’ before ‘}’ token" "drv.c:10:2: warning: unused ‘mmap_sem’"
	expect_equal "status" 1 "$status"
	expect_equal "what it says" \
		"0 of 1 error come from a change of the kernel that is known here" "$output"
}

run_tests "$@"
