# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC2154 # variables of check-kernel
#
# The kernel's own test driver of an older release, brought to this one by migrate-vma, under
# the tests of its own release: they show what they show with the driver that the kernel has.

# The oldest release that has one, and whose source Debian has.
upgrade_from=5.10

add_upgrade()
{
	upgrade=''
	if [ "$release" = "$upgrade_from" ] || ! not_before "$upgrade_from" "$release"; then
		return
	fi
	attached "$here/fetch-source" "$upgrade_from" || return
	install_for_tests "$cache/source/$upgrade_from"
	mkdir -p "$folder/upgrade"
	{
		"$here/upstream/build-upstream" "$cache/source/$upgrade_from" "$kernel" \
			"$folder/upgrade" &&
			"$here/upstream/build-upgrade" "$cache/source/$upgrade_from" "$kernel" \
				"$folder/upgrade" "$release"
	} >"$folder/upgrade.log" 2>&1
	status=$?
	result "$status" "test_hmm.c of Linux $upgrade_from is ported to $release whole, and compiles" \
		"$folder/upgrade.log"
	[ "$status" -eq 0 ] || return
	upgrade=yes
	mkdir -p "$root/upgrade"
	cp "$folder/upgrade/driver/test_hmm.ko" "$folder/upgrade/upstream/hmm-tests" \
		"$here/upstream/run-upstream" "$root/upgrade/"
	add_job upgrade 1200 - "/upgrade/run-upstream"
}

report_upgrade()
{
	[ "$upgrade" ] || return
	report_hmm_tests upgrade "$upgrade_from" \
		"test_hmm.c of Linux $upgrade_from, ported, on Linux $version"
}
