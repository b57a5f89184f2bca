# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# The drivers of the kernel that use the API, from Debian's sources, 140 MB a
# release.  They are downloaded with apt-get when they are first needed, with lists
# of its own in $REAL_USERS, so that the system's stay as they are.

users='lib/test_hmm.c drivers/gpu/drm/nouveau/nouveau_dmem.c
	drivers/gpu/drm/nouveau/nouveau_svm.c drivers/gpu/drm/amd/amdkfd/kfd_migrate.c
	drivers/gpu/drm/amd/amdkfd/kfd_svm.c arch/powerpc/kvm/book3s_hv_uvmem.c
	drivers/gpu/drm/drm_pagemap.c'
# What they declare for each other, and are upgraded together with.
headers='lib/test_hmm_uapi.h drivers/gpu/drm/nouveau/nouveau_dmem.h
	drivers/gpu/drm/nouveau/nouveau_svm.h drivers/gpu/drm/amd/amdkfd/kfd_migrate.h
	drivers/gpu/drm/amd/amdkfd/kfd_svm.h'

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
	[ -f "$folder/lib/test_hmm_uapi.h" ] && return
	command -v apt-get >/dev/null || skip "needs apt-get"
	private_apt || skip "cannot reach deb.debian.org"
	# shellcheck disable=SC2154 # of tests/runner/tap.sh
	(cd "$scratch" && apt-get download "linux-source-$1" >/dev/null 2>&1) ||
		skip "Debian has no linux-source-$1"
	dpkg-deb --fsys-tarfile "$scratch"/linux-source-*.deb |
		tar -x -C "$scratch" "./usr/src/linux-source-$1.tar.xz" || fail "cannot unpack"
	mkdir -p "$folder"
	# Not every release has every one of them.
	for file in $users $headers; do
		echo "linux-source-$1/$file"
	done >"$scratch/names"
	tar -xJf "$scratch/usr/src/linux-source-$1.tar.xz" -C "$folder" --strip-components=1 \
		--files-from="$scratch/names" 2>/dev/null
	[ -f "$folder/lib/test_hmm.c" ] || fail "linux-source-$1 has no lib/test_hmm.c"
}
