# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# For the scripts of this folder: the program, and texts to port.

here=$(cd "$(dirname "$0")" && pwd)
. "$here/../runner/tap.sh"
. "$here/../runner/sanitizers.sh"

program=${MIGRATE_VMA:-$here/../../build/asan/tests/tool/migrate-vma}
[ -x "$program" ] || {
	echo "Bail out! $program is not built: make build/asan/tests/tool/migrate-vma"
	exit 1
}

# The user's settings must not decide how a test ends.
unset NO_COLOR SOURCE_DATE_EPOCH GIT_DIR GIT_WORK_TREE
export GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null LC_ALL=C

migrate_vma()
{
	"$program" "$@"
}

# Never touches the repository these scripts are in.
git()
{
	case $PWD/ in
	"$scratch"/*) command git "$@" ;;
	*) fail "git $* was called in $PWD, not below $scratch" ;;
	esac
}

# A file with one call, which the stand-in ports.
driver()
{
	printf 'static int move(struct vm_area_struct *vma)\n{\n\treturn migrate_vma(vma);\n}\n'
}

ported_driver()
{
	driver | sed 's/migrate_vma(/three_steps(/'
}

# migrate-vma as a user who may not do everything, as root may.
migrate_vma_as_nobody()
{
	if [ "$(id -u)" -ne 0 ]; then
		migrate_vma "$@"
		return
	fi
	command -v setpriv >/dev/null || skip "setpriv is not installed"
	# The way to the program need not be open to everybody.
	[ -x "$scratch/migrate-vma" ] || cp "$program" "$scratch/migrate-vma"
	chmod a+rx "$scratch/.." "$scratch"
	setpriv --reuid=65534 --regid=65534 --clear-groups "$scratch/migrate-vma" "$@"
}

# expect_same WHAT FILE FILE
expect_same()
{
	cmp -s "$2" "$3" || {
		echo "$1"
		diff -u "$2" "$3" | cat -A
		exit 1
	}
}
