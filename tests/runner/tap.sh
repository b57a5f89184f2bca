# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# For tests written in sh.  A test is a function named test_<behaviour>; the
# script ends with `run_tests "$@"`, which runs every one of them in a subshell with
# an empty folder of its own as $scratch, and reports in TAP.
#
# A test fails if one of the expect_ functions below says so, or if it returns a
# status other than 0.  `script test_name` runs that one alone.

fail()
{
	echo "$*"
	exit 1
}

skip()
{
	echo "$*" >"$scratch/.skip"
	exit 0
}

# expect_equal WHAT EXPECTED ACTUAL
expect_equal()
{
	[ "$2" = "$3" ] && return
	echo "$1"
	echo "expected:"
	printf '%s\n' "$2" | sed 's/^/    /'
	echo "came:"
	printf '%s\n' "$3" | sed 's/^/    /'
	exit 1
}

# expect_match WHAT PATTERN TEXT, a pattern of the shell's case
expect_match()
{
	# shellcheck disable=SC2254 # it is a pattern
	case $3 in
	$2) return ;;
	esac
	echo "$1"
	echo "expected something like:"
	printf '%s\n' "$2" | sed 's/^/    /'
	echo "came:"
	printf '%s\n' "$3" | sed 's/^/    /'
	exit 1
}

# expect_status EXPECTED COMMAND...: leaves what the command wrote in $output
expect_status()
{
	expected_status=$1
	shift
	output=$("$@" 2>&1)
	status=$?
	[ "$status" -eq "$expected_status" ] && return
	echo "ended with status $status, expected $expected_status: $*"
	printf '%s\n' "$output" | sed 's/^/    /'
	exit 1
}

run_tests()
{
	tests=${*:-$(sed -n 's/^\(test_[A-Za-z0-9_]*\)()$/\1/p' "$0")}
	number=0 failures=0
	all_scratch=$(mktemp -d) || exit 2
	trap 'rm -rf "$all_scratch"' EXIT
	trap 'exit 130' INT TERM HUP

	# shellcheck disable=SC2086 # one word a test
	set -- $tests
	echo "1..$#"
	for test do
		number=$((number + 1))
		scratch=$all_scratch/$test
		mkdir -p "$scratch"
		if ( "$test" ) >"$all_scratch/said" 2>&1; then
			if [ -f "$scratch/.skip" ]; then
				echo "ok $number - $test # SKIP $(cat "$scratch/.skip")"
			else
				echo "ok $number - $test"
			fi
		else
			failures=$((failures + 1))
			echo "not ok $number - $test"
			sed 's/^/# /' "$all_scratch/said"
			echo "# run it alone: $0 $test"
		fi
	done
	[ "$failures" -eq 0 ]
}
