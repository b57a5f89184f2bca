# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# For the scripts of this folder: where things are kept, and how progress is told.
# All they say on standard output is TAP, so what is not a result begins with "# ".

# What a make that called us was told is not meant for the makes of the kernel.
unset MAKEFLAGS MFLAGS MAKEOVERRIDES MAKELEVEL KERNEL KERNEL_SRC

cache=${XDG_CACHE_HOME:-${HOME:-/var/tmp}/.cache}/migrate-vma-sdk/kernel

# kernel_folder NAME: where a kernel is built: for another configuration or another
# compiler it is another folder
kernel_folder()
{
	hash=$( (cat "$(dirname "$0")/config" && gcc --version) 2>/dev/null | sha256sum | cut -c 1-12)
	echo "$cache/build/$1-$hash"
}

say()
{
	echo "# $*"
}

# free_megabytes: left in the file system of the cache
free_megabytes()
{
	df -Pm "$cache" 2>/dev/null | awk 'END { print $4 }'
}

# die WHY...: ends a script in a way that TAP readers take for a failure
die()
{
	[ "$(free_megabytes)" -ge 50 ] 2>/dev/null ||
		say "no room: $(free_megabytes) MB are free below $cache"
	echo "Bail out! $*"
	exit 1
}

# tail_as_comment FILE: its end, for whoever has to find out what went wrong
tail_as_comment()
{
	tail -n 30 "$1" | sed 's/^/#     /'
}

# errors_as_comment FILE: what a build complained about, and its end
errors_as_comment()
{
	grep -a -i -A 2 'error:\|\*\*\* \|no space left' "$1" | head -n 20 | sed 's/^/#     /'
	echo "#     ..."
	tail_as_comment "$1"
}

# elapsed SINCE: minutes and seconds since a time from date +%s
elapsed()
{
	seconds=$(($(date +%s) - $1))
	echo "$((seconds / 60)) min $((seconds % 60)) s"
}

# end_process PID: with those that it started
end_process()
{
	# shellcheck disable=SC2013 # they are words of one line
	for child in $(cat "/proc/$1/task/$1/children" 2>/dev/null); do
		end_process "$child"
	done
	kill "$1" 2>/dev/null
}

# attached COMMAND...: runs a command that ends when we are made to end
attached()
{
	"$@" </dev/null &
	attached_pid=$!
	trap 'end_process $attached_pid; exit 130' INT TERM HUP
	wait "$attached_pid"
	attached_status=$?
	trap - INT TERM HUP
	return "$attached_status"
}

# with_progress WHAT LOG COMMAND...: runs a command that takes minutes, its output
# going to LOG, and says every half minute how far it has come
with_progress()
{
	progress_what=$1 progress_log=$2
	shift 2
	progress_since=$(date +%s)
	: >"$progress_log"
	"$@" >"$progress_log" 2>&1 </dev/null &
	progress_pid=$!
	trap 'end_process $progress_pid; exit 130' INT TERM HUP
	progress_next=$((progress_since + 30))
	while kill -0 "$progress_pid" 2>/dev/null; do
		sleep 1
		[ "$(date +%s)" -ge "$progress_next" ] || continue
		progress_next=$((progress_next + 30))
		say "$progress_what: $(elapsed "$progress_since"), $(wc -l <"$progress_log") lines of output"
	done
	wait "$progress_pid"
	progress_status=$?
	trap - INT TERM HUP
	return "$progress_status"
}
