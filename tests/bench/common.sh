# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# Measures commands against each other.  The machine may have other work, so the
# commands are run in turns, round after round; what counts is the ratio within
# a round, and of all rounds the one in the middle.
#
#	measure NAME STATUS COMMAND	names a command and runs it once: that warms
#					up, shows that it ends with STATUS, a pattern
#					of the shell's case, and tells its memory
#	rounds N			runs all commands N times in turns
#	ratio NAME REFERENCE [TARGET]	prints a row: time of one by time of the other
#	without NAME BASE NEW	names what a command takes longer than another one
#	memory NAME [MEGABYTES]		prints a row: the most memory that it took
#
# A missed target is shown and is no failure: figures of one run on one machine
# are for a person to judge.

bench_work=$(mktemp -d) || exit 2
trap 'rm -rf "$bench_work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

bench_die()
{
	echo "$0: $*" >&2
	exit 1
}

measure()
{
	bench_status=0
	# shellcheck disable=SC2086 # hyperfine splits it at blanks as well
	/usr/bin/time --quiet -f %M -o "$bench_work/$1.memory" $3 </dev/null \
		>"$bench_work/output" 2>"$bench_work/errors" || bench_status=$?
	# shellcheck disable=SC2254 # it is a pattern
	case $bench_status in
	$2) ;;
	*)
		tail -n 5 "$bench_work/errors" >&2
		bench_die "ended with status $bench_status, expected $2: $3"
		;;
	esac
	echo "$1 $3" >>"$bench_work/commands"
}

rounds()
{
	bench_left=$1
	while [ "$bench_left" -gt 0 ]; do
		bench_round "$bench_left" || bench_die "hyperfine failed"
		bench_left=$((bench_left - 1))
	done
}

# Leaves "round name wall cpu" for each command in $bench_work/times.
bench_round()
{
	bench_number=$1
	set -- hyperfine --shell=none --runs 1 --ignore-failure --style none \
		--export-csv "$bench_work/round.csv"
	while read -r bench_name bench_command; do
		set -- "$@" --command-name "$bench_name" "$bench_command"
	done <"$bench_work/commands"
	"$@" >/dev/null 2>"$bench_work/errors" || {
		cat "$bench_work/errors" >&2
		return 1
	}
	awk -F, -v round="$bench_number" 'NR > 1 { print round, $1, $2, $5 + $6 }' \
		"$bench_work/round.csv" >>"$bench_work/times"
}

heading()
{
	printf '\n%-26s %10s   %-26s %10s %7s %7s   %s\n' "$1" time "compared with" time ratio \
		CPU target
}

ratio()
{
	awk -v name="$1" -v reference="$2" -v target="${3:-}" '
	function median(list, n,    i, j, swap) {
		for (i = 2; i <= n; i++)
			for (j = i; j > 1 && list[j - 1] > list[j]; j--) {
				swap = list[j]; list[j] = list[j - 1]; list[j - 1] = swap
			}
		return n % 2 ? list[(n + 1) / 2] : (list[n / 2] + list[n / 2 + 1]) / 2
	}
	function seconds(value) {
		return sprintf(value < 10 ? "%.3f s" : "%.1f s", value)
	}
	{ wall[$1, $2] = $3; cpu[$1, $2] = $4; seen[$1] }
	END {
		for (round in seen) {
			n++
			own[n] = wall[round, name]
			other[n] = wall[round, reference]
			walls[n] = own[n] / other[n]
			cpus[n] = cpu[round, name] / cpu[round, reference]
		}
		value = median(walls, n)
		if (target != "")
			verdict = "at most " target (value <= target ? ", kept" : ", MISSED")
		printf "%-26s %10s   %-26s %10s %7.2f %7.2f   %s\n", name, seconds(median(own, n)),
			reference, seconds(median(other, n)), value, median(cpus, n), verdict
	}' "$bench_work/times"
}

without()
{
	awk -v name="$1" -v base="$2" -v new="$3" '
	{ wall[$1, $2] = $3; cpu[$1, $2] = $4; seen[$1] }
	END {
		for (round in seen)
			print round, new, wall[round, name] - wall[round, base],
				cpu[round, name] - cpu[round, base]
	}' "$bench_work/times" >"$bench_work/more"
	cat "$bench_work/more" >>"$bench_work/times"
}

memory()
{
	awk -v name="$1" -v target="${2:-}" '{
		value = $1 / 1024
		if (target != "")
			verdict = "at most " target " MB" (value <= target ? ", kept" : ", MISSED")
		printf "%-26s %7.0f MB at its peak %50s%s\n", name, value, "", verdict
	}' "$bench_work/$1.memory"
}
