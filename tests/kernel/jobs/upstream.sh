# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC2154 # variables of check-kernel
#
# The kernel's own test of device memory shows that the kernel is one that the
# others can be judged on.  Its tests become tests of ours.

add_upstream()
{
	upstream=''
	if [ ! -f "$kernel/lib/test_hmm.ko" ]; then
		say "this kernel has no test_hmm.ko: its own test does not run"
		return
	fi
	! grep -q '<hugetlbfs\.h>' "$source"/tools/testing/selftests/*/hmm-tests.c ||
		SETUP_PACKAGES=$here/packages tests/setup/install "make check-kernel" hugetlbfs \
			2>&1 8>&- | sed 's/^/# /'
	"$here/upstream/build-upstream" "$source" "$kernel" "$folder" >"$folder/upstream.log" 2>&1
	status=$?
	result "$status" "hmm-tests.c of Linux $version compiles" "$folder/upstream.log"
	[ "$status" -eq 0 ] || return
	upstream=yes
	mkdir -p "$root/upstream"
	cp "$kernel/lib/test_hmm.ko" "$folder/upstream/hmm-tests" \
		"$here/upstream/run-upstream" "$root/upstream/"
	# How fast an emulated machine is says nothing, and takes it minutes to say.
	options=''
	! grep -q benchmark_thp_migration "$folder"/upstream/tools/testing/selftests/*/hmm-tests.c ||
		options="-T benchmark_thp_migration"
	add_job upstream 1200 - "/upstream/run-upstream $options"
}

# known_failure NAME: why this test fails on this release, if that is known
known_failure()
{
	awk -F ' *[|] *' -v release="$release" -v name="$1" \
		'$1 == release && $2 == name { print $3 }' "$here/upstream/known-failures"
}

report_upstream()
{
	[ "$upstream" ] || return
	output=$folder/jobs/upstream.output
	grep -q '^# Totals:\|^# PASSED:\|^# FAILED:' "$output"
	result $? "Linux $version runs its own hmm-tests to their end" "$folder/jobs/upstream.log"
	grep '^\(not \)\{0,1\}ok ' "$output" >"$folder/jobs/upstream.tap"
	while read -r line; do
		name=$(echo "$line" | sed 's/^\(not \)*ok [0-9]* *-* *//')
		why=$(known_failure "${name%% *}")
		case $line in
		not*) result 1 "hmm-tests: $name${why:+ # TODO $why}" "$folder/jobs/upstream.log" ;;
		*) result 0 "hmm-tests: $name" ;;
		esac
	done <"$folder/jobs/upstream.tap"
}
