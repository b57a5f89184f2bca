# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC2154 # variables of check-kernel
#
# Are the kernel's own checks on?  A driver makes a mistake of each kind that they are
# for, and has to be noticed.  The order matters: after some complaints the kernel
# does not look at the order of locks any more.

# MISTAKE COMPLAINT, with . for a space, as jobs are words.
mistakes='
	lock-order		possible.circular.locking.dependency
	sleep-under-spinlock	sleeping.function.called.from.invalid.context
	list-added-twice	list_add.double.add
	object-lost		unreferenced.object
	freed-object-written	Poison.overwritten
	freed-page-written	pagealloc:.*corruption
'

# on_every_mistake FUNCTION: calls it with each mistake and complaint
on_every_mistake()
{
	visit=$1
	# shellcheck disable=SC2086 # its words
	set -- $mistakes
	while [ $# -gt 0 ]; do
		"$visit" "$1" "$2"
		shift 2
	done
}

add_mistake()
{
	add_job "notice-$1" 60 - "/tests/notice $1 $2"
}

add_checks()
{
	cp "$here/checks/notice" "$root/tests/"
	on_every_mistake add_mistake
}

report_mistake()
{
	job_succeeded "notice-$1"
	result $? "Linux $version notices a driver with this mistake: $1" \
		"$folder/jobs/notice-$1.output"
}

report_checks()
{
	on_every_mistake report_mistake
}
