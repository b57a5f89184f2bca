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

users='lib/test_hmm.c drivers/gpu/drm/nouveau/nouveau_dmem.c
	drivers/gpu/drm/nouveau/nouveau_svm.c drivers/gpu/drm/amd/amdkfd/kfd_migrate.c
	drivers/gpu/drm/amd/amdkfd/kfd_svm.c arch/powerpc/kvm/book3s_hv_uvmem.c
	drivers/gpu/drm/drm_pagemap.c'

private_apt()
{
	mkdir -p "$REAL_USERS/lists/partial" "$REAL_USERS/cache/archives/partial"
	key=/usr/share/keyrings/debian-archive-keyring.gpg
	for suite in bullseye bookworm trixie sid; do
		echo "deb [signed-by=$key] http://deb.debian.org/debian $suite main"
	done >"$REAL_USERS/sources.list"
	for suite in bullseye bookworm; do
		echo "deb [signed-by=$key] http://deb.debian.org/debian-security $suite-security main"
	done >>"$REAL_USERS/sources.list"
	cat >"$REAL_USERS/apt.conf" <<-end
		Dir::Etc::sourcelist "$REAL_USERS/sources.list";
		Dir::Etc::sourceparts "-";
		Dir::State::lists "$REAL_USERS/lists";
		Dir::Cache "$REAL_USERS/cache";
	end
	export APT_CONFIG="$REAL_USERS/apt.conf"
	[ -n "$(find "$REAL_USERS/lists" -name '*_Packages*' | head -n 1)" ] ||
		apt-get update >/dev/null 2>&1
}

# get_source RELEASE: leaves the users of the API in $REAL_USERS/RELEASE
get_source()
{
	folder=$REAL_USERS/$1
	[ -f "$folder/lib/test_hmm.c" ] && return
	command -v apt-get >/dev/null || skip "needs apt-get"
	private_apt || skip "cannot reach deb.debian.org"
	(cd "$scratch" && apt-get download "linux-source-$1" >/dev/null 2>&1) ||
		skip "Debian has no linux-source-$1"
	dpkg-deb --fsys-tarfile "$scratch"/linux-source-*.deb |
		tar -x -C "$scratch" "./usr/src/linux-source-$1.tar.xz" || fail "cannot unpack"
	mkdir -p "$folder"
	# Not every release has every one of them.
	for file in $users; do
		echo "linux-source-$1/$file"
	done >"$scratch/names"
	tar -xJf "$scratch/usr/src/linux-source-$1.tar.xz" -C "$folder" --strip-components=1 \
		--files-from="$scratch/names" 2>/dev/null
	[ -f "$folder/lib/test_hmm.c" ] || fail "linux-source-$1 has no lib/test_hmm.c"
}

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
