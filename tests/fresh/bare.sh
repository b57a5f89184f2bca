# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# A bare Debian system in $root, for a script that is sourced with $fresh, the folder of
# its logs, and $command, what the user called. It is kept as an archive in the user's
# cache folder and made anew when that is older than 30 days. Everything that is mounted
# or started is in namespaces of its own, so that all of it is gone when the script ends,
# however it ends.
#
# Environment: DEBIAN_MIRROR, FRESH_BASE, FRESH_CACHE and the proxies, see check-fresh.

root=$fresh/root
cache=${FRESH_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/migrate-vma}
architecture=$(dpkg --print-architecture 2>/dev/null || uname -m)
child= base=

say()
{
	printf '%s\n' "$*"
}

die()
{
	echo "$command: $*" >&2
	exit 1
}

seconds()
{
	date +%s
}

# Runs a command whose mounts and processes end with it.
isolated()
{
	setpriv --pdeathsig KILL unshare --mount --pid --fork --kill-child "$@" </dev/null &
	child=$!
	wait "$child"
	isolated_status=$?
	child=
	return "$isolated_status"
}

# Runs a command inside the bare system with a new user's environment.
inside()
{
	# shellcheck disable=SC2016 # the inner shell expands it
	isolated sh -c '
		root=$1; shift
		mount -t proc proc "$root/proc" &&
			mount -t devpts -o newinstance,ptmxmode=0666,mode=620 devpts "$root/dev/pts" &&
			mount -t tmpfs -o mode=1777 tmpfs "$root/dev/shm" || exit 125
		exec env -i HOME=/root PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
			TERM=dumb LC_ALL=C.UTF-8 \
			${http_proxy:+"http_proxy=$http_proxy"} \
			${https_proxy:+"https_proxy=$https_proxy"} \
			${no_proxy:+"no_proxy=$no_proxy"} \
			chroot "$root" "$@"' sh "$root" "$@"
}

remove_root()
{
	rm -rf --one-file-system "$root"
}

make_base()
{
	say "Making a bare Debian system ($suite, minbase, with make and git) ..."
	isolated debootstrap --variant=minbase --include=make,git,ca-certificates \
		"$suite" "$root" ${DEBIAN_MIRROR:+"$DEBIAN_MIRROR"} >"$fresh/debootstrap.log" 2>&1 || {
		tail -n 5 "$fresh/debootstrap.log" >&2
		die "debootstrap failed; all it said is in $fresh/debootstrap.log." \
			"DEBIAN_MIRROR= chooses another mirror."
	}
	rm -f "$root"/var/cache/apt/archives/*.deb
	mkdir -p "$cache" &&
		tar -C "$root" --one-file-system -I "gzip -1" -cf "$base.$$" . && mv "$base.$$" "$base" ||
		die "cannot write $base"
}

unpack_base()
{
	say "Unpacking the bare Debian system of $(date -r "$base" +%Y-%m-%d), $base ..."
	mkdir -p "$root" && tar -C "$root" -xpzf "$base" || die "cannot unpack $base"
}

# The bare system reaches the network in the way this machine does.
carry_over_network()
{
	cp -L /etc/resolv.conf /etc/hosts "$root/etc/" 2>/dev/null

	if command -v apt-config >/dev/null 2>&1; then
		apt-config dump 2>/dev/null | grep '^Acquire::' |
			grep -v -e '^Acquire::IndexTargets' -e 'Auto-Detect' \
			>"$root/etc/apt/apt.conf.d/00host"
	fi
	cp -a /etc/apt/auth.conf /etc/apt/auth.conf.d "$root/etc/apt/" 2>/dev/null

	# Another release's sources would be wrong; debootstrap left its own.
	if grep -qsx "VERSION_CODENAME=$suite" /etc/os-release; then
		rm -f "$root/etc/apt/sources.list"
		cp -a /etc/apt/sources.list /etc/apt/sources.list.d /etc/apt/keyrings \
			/etc/apt/trusted.gpg.d "$root/etc/apt/" 2>/dev/null
		cp -an /usr/share/keyrings/. "$root/usr/share/keyrings/" 2>/dev/null
	fi

	if ls /usr/local/share/ca-certificates/*.crt >/dev/null 2>&1; then
		cp -L /usr/local/share/ca-certificates/*.crt \
			"$root/usr/local/share/ca-certificates/"
		inside update-ca-certificates >/dev/null 2>&1
	fi
}

# bare_system SUITE: makes it, or unpacks it
bare_system()
{
	suite=$1
	base=$cache/debian-$suite-$architecture.tar.gz
	remove_root
	if [ "${FRESH_BASE:-}" = new ] || [ -z "$(find "$base" -mtime -30 2>/dev/null)" ]; then
		make_base
	else
		unpack_base
	fi
	carry_over_network
}

bare_system_ended()
{
	[ -z "$child" ] || kill -KILL "$child" 2>/dev/null
	rm -f ${base:+"$base.$$"}
}

# What a script that makes one needs.
bare_system_is_possible()
{
	[ "$(id -u)" -eq 0 ] ||
		die "needs to be root, for debootstrap, chroot and mount: sudo make $command"
	tests/setup/install "make $command" fresh || exit 1
	isolated true || die "this machine does not allow mount and process namespaces (unshare)"
	mkdir -p "$fresh"
}

trap 'exit 130' INT
trap 'exit 129' HUP
trap 'exit 143' TERM
