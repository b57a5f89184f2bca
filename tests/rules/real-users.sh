#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# `migrate-vma check` on the drivers of the kernel that use the API, each
# release checked as what it is.  Every finding that is expected below was
# looked at and is true: real-users.md says why.
#
# The sources are Debian's, 140 MB a release.  They are downloaded with apt-get
# when they are first needed, with lists of its own in $REAL_USERS, so that the
# system's stay as they are.
#
# Environment:
#	MIGRATE_VMA	the program
#	REAL_USERS	folder to keep sources in

# shellcheck source=tests/runner/tap.sh
. tests/runner/tap.sh

# shellcheck source=tests/rules/get-users.sh
. tests/rules/get-users.sh

# findings RELEASE: "file [rule]" for each
findings()
{
	for file in $users; do
		[ -f "$REAL_USERS/$1/$file" ] && echo "$file"
	done >"$scratch/present"
	(cd "$REAL_USERS/$1" && xargs "$MIGRATE_VMA" check --target="$1" --quiet) \
		<"$scratch/present" >"$scratch/output" 2>&1
	[ $? -ne 2 ] || [ "$(grep -c ': error: ' "$scratch/output")" -gt 0 ] ||
		fail "check could not run: $(cat "$scratch/output")"
	sed -n 's/^\([^:]*\):[0-9]*:[0-9]*: \(error\|warning\): .*\(\[[a-z-]*\]\)$/\1 \3/p' \
		"$scratch/output" | sort
}

# kvmppc_svm_page_in() loses its page when uv_page_in() fails, and
# nouveau_dmem_fault_copy_one() frees one that it has locked.
test_linux_5_10()
{
	get_source 5.10
	expect_equal "findings" "arch/powerpc/kvm/book3s_hv_uvmem.c [page-leaked]
drivers/gpu/drm/nouveau/nouveau_dmem.c [locked-page-freed]" "$(findings 5.10)"
}

# nouveau_dmem_migrate_to_ram() writes to dst, then copies; when the copy fails
# it goes to migrate_vma_finalize() and leaves out migrate_vma_pages().
test_linux_6_1()
{
	get_source 6.1
	expect_equal "findings" "drivers/gpu/drm/nouveau/nouveau_dmem.c [pages-skipped]" \
		"$(findings 6.1)"
}

test_linux_6_12()
{
	get_source 6.12
	expect_equal "findings" "drivers/gpu/drm/nouveau/nouveau_dmem.c [pages-skipped]" \
		"$(findings 6.12)"
}

# test_hmm: dmirror_devmem_fault_alloc_and_copy() returns VM_FAULT_OOM when a
# later page of the range cannot be allocated; words of dst of the pages before
# it stay set, and both callers then finalize without migrate_vma_pages().
test_linux_7_2()
{
	get_source 7.2
	expect_equal "findings" "drivers/gpu/drm/nouveau/nouveau_dmem.c [pages-skipped]
lib/test_hmm.c [pages-skipped]
lib/test_hmm.c [pages-skipped]" "$(findings 7.2)"
}

run_tests "$@"
