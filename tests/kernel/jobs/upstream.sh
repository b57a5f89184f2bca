# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC2154 # variables of check-kernel
#
# The kernel's own test of device memory shows that the kernel is one that the
# others can be judged on.  Its tests become tests of ours.

# install_for_tests SOURCE: what its hmm-tests.c needs to compile
install_for_tests()
{
	! grep -q '<hugetlbfs\.h>' "$1"/tools/testing/selftests/*/hmm-tests.c ||
		SETUP_PACKAGES=$here/packages tests/setup/install "make check-kernel" hugetlbfs \
			2>&1 8>&- | sed 's/^/# /'
}

add_upstream()
{
	upstream=''
	if [ ! -f "$kernel/lib/test_hmm.ko" ]; then
		say "this kernel has no test_hmm.ko: its own test does not run"
		return
	fi
	install_for_tests "$source"
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

# known_failure RELEASE NAME: why this test fails on this release, if that is known
known_failure()
{
	awk -F ' *[|] *' -v release="$1" -v name="$2" \
		'$1 == release && $2 == name { print $3 }' "$here/upstream/known-failures"
}

# report_hmm_tests JOB RELEASE WHAT: the tests of a release, as tests of ours
report_hmm_tests()
{
	output=$folder/jobs/$1.output
	grep -q '^# Totals:\|^# PASSED:\|^# FAILED:' "$output"
	result $? "$3 runs hmm-tests to their end" "$folder/jobs/$1.log"
	grep '^\(not \)\{0,1\}ok ' "$output" >"$folder/jobs/$1.tap"
	while read -r line; do
		name=$(echo "$line" | sed 's/^\(not \)*ok [0-9]* *-* *//')
		why=$(known_failure "$2" "${name%% *}")
		case $line in
		not*) result 1 "$1: $name${why:+ # TODO $why}" "$folder/jobs/$1.log" ;;
		*) result 0 "$1: $name" ;;
		esac
	done <"$folder/jobs/$1.tap"
}

report_upstream()
{
	[ ! "$upstream" ] || report_hmm_tests upstream "$release" "Linux $version"
}
