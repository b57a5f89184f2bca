#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# tests/setup/install with an apt-get that only writes down how it was called.
# That the real one is called rightly is what `make check-fresh` shows.

. "$(dirname "$0")/../runner/tap.sh"

install=$(cd "$(dirname "$0")" && pwd)/install

# A machine where only these programs are in PATH: what the script itself uses,
# an apt-get that makes the program "wanted" appear, and an id of choice.
machine()
{
	user=$1
	mkdir -p "$scratch/bin"
	for program in cat cut date dirname env mkdir printf sed sh sort tail tr; do
		ln -s "$(command -v "$program")" "$scratch/bin/$program"
	done
	program apt-get "echo apt-get \"\$@\" >>'$scratch/calls'" \
		"case \"\$*\" in" \
		"*install*) >'$scratch/bin/wanted' && chmod +x '$scratch/bin/wanted' ;;" \
		"esac"
	ln -s "$(command -v chmod)" "$scratch/bin/chmod"
	program apt-cache 'echo Package: "$2"'
	program id "echo $user"
	list "demo wanted-package command:wanted for the test"
}

program()
{
	file=$scratch/bin/$1
	shift
	{ echo '#!/bin/sh'; printf '%s\n' "$@"; } >"$file"
	chmod +x "$file"
}

list()
{
	printf '%s\n' "$@" >"$scratch/packages"
}

install()
{
	PATH="$scratch/bin" SETUP_PACKAGES="$scratch/packages" SETUP_LOG="$scratch/log" \
		"$install" ${tell:-} "make demo" "$@"
}

tell()
{
	tell=--tell
	install "$@"
}

calls()
{
	cat "$scratch/calls" 2>/dev/null
}

test_installs_what_is_missing_and_says_so()
{
	machine 0
	expect_status 0 install demo
	expect_match "what it says" '*wanted-package*for the test*Installed in*' "$output"
	expect_match "apt-get" '*install --no-install-recommends wanted-package' "$(calls)"
}

test_does_and_says_nothing_when_all_is_there()
{
	machine 0
	program wanted :
	expect_status 0 install demo
	expect_equal "what it says" "" "$output"
	expect_equal "apt-get" "" "$(calls)"
}

test_leaves_alone_what_was_not_asked_for()
{
	machine 0
	list "check wanted-package command:wanted for the test"
	expect_status 0 install demo
	expect_equal "apt-get" "" "$(calls)"
}

test_fetches_the_lists_of_packages_first_when_there_are_none()
{
	machine 0
	program apt-cache 'exit 100'
	expect_status 0 install demo
	expect_match "apt-get" '*update*install --no-install-recommends wanted-package' "$(calls)"
}

test_fetches_the_lists_again_when_an_install_fails()
{
	machine 0
	program apt-get "echo \"\$@\" >>'$scratch/calls'" \
		"case \"\$*\" in" \
		"*update*) >'$scratch/updated' ;;" \
		"*) cat '$scratch/updated' || exit 100" \
		"   >'$scratch/bin/wanted' && chmod +x '$scratch/bin/wanted' ;;" \
		"esac"
	expect_status 0 install demo
	expect_match "apt-get" '*install*update*install*' "$(calls)"
}

test_installs_the_newest_package_of_a_name_that_ends_in_a_star()
{
	machine 0
	program apt-cache 'case $1 in pkgnames) printf "wanted-6.1\nwanted-6.12\nwanted-6.9\n" ;; *) echo Package: ;; esac'
	list "demo wanted-* command:wanted for the test"
	expect_status 0 install demo
	expect_match "apt-get" '*install --no-install-recommends wanted-6.12' "$(calls)"
}

test_uses_sudo_when_not_root()
{
	machine 1000
	program sudo "echo sudo >>'$scratch/calls'" 'exec "$@"'
	expect_status 0 install demo
	expect_match "calls" 'sudo*apt-get*wanted-package' "$(calls)"
}

test_says_what_to_run_as_root_when_there_is_no_sudo()
{
	machine 1000
	expect_status 1 install demo
	expect_match "what it says" '*no sudo*apt-get install*wanted-package*' "$output"
	expect_equal "apt-get" "" "$(calls)"
}

test_says_what_to_install_where_there_is_no_apt_get()
{
	machine 0
	rm "$scratch/bin/apt-get"
	expect_status 1 install demo
	expect_match "what it says" '*wanted-package*no apt-get*' "$output"
}

test_names_the_packages_of_other_distributions_where_there_is_no_apt_get()
{
	machine 0
	rm "$scratch/bin/apt-get"
	list "demo libjson-c-dev header:no/such/header.h for the test" \
		"demo coccinelle command:no-such-command for the test"
	expect_status 1 install demo
	expect_match "what it says" '*dnf install coccinelle json-c-devel
*pacman -S json-c
*what Debian calls coccinelle
*zypper install coccinelle libjson-c-devel
*' "$output"
}

test_only_tells_what_is_missing_when_asked_to()
{
	machine 0
	expect_status 1 tell demo
	expect_match "what it says" '*wanted-package*for the test*apt-get install*wanted-package*' "$output"
	expect_equal "apt-get" "" "$(calls)"
}

test_takes_a_package_for_each_of_its_groups()
{
	machine 0
	list "tool,demo wanted-package command:wanted for the test"
	expect_status 1 tell tool
	expect_status 1 tell demo
	expect_status 0 tell too
}

test_takes_the_compiler_that_make_was_given()
{
	machine 0
	list "demo gcc compiler: for the test"
	expect_status 1 tell demo
	program my-cc :
	CC='my-cc -m64' expect_status 0 tell demo
}

# What make runs is the real list; PATH has no compiler and there is no libclang below LIBCLANG.
test_plain_make_names_what_is_missing_before_it_builds_anything()
{
	machine 0
	for program in make ls uname head grep rm touch; do
		ln -s "$(command -v "$program")" "$scratch/bin/$program"
	done
	expect_status 2 env PATH="$scratch/bin" LIBCLANG="$scratch/nowhere" \
		make --no-print-directory -C "$(dirname "$install")/../.." BUILD="$scratch/build"
	expect_match "what it says" '*libclang-19-dev*libjson-c-dev*apt-get install*binutils gcc*dnf install*pacman -S*' \
		"$output"
	expect_equal "what it built" "" "$(find "$scratch/build" -name '*.o' 2>/dev/null)"
}

test_shows_what_apt_get_said_when_it_fails()
{
	machine 0
	program apt-get 'echo no space left' 'exit 100'
	expect_status 1 install demo
	expect_match "what it says" '*no space left*apt-get failed*' "$output"
}

test_fails_when_the_package_did_not_bring_what_it_is_for()
{
	machine 0
	program apt-get :
	expect_status 1 install demo
	expect_match "what it says" '*still not found*wanted-package*' "$output"
}

run_tests "$@"
