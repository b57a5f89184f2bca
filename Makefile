# SPDX-License-Identifier: GPL-2.0-only
#
# One make for the whole project.  This file holds what the parts share; each
# folder says in its own build.mk what it builds, with paths from the root:
#
#	all: build/bin/thing		built by plain `make`
#	install: install-thing		installed by `make install`
#	CHECKS += check-thing		run by `make check`
#
# Everything that is built goes below $(BUILD).

MAKEFLAGS += --no-builtin-rules
.DELETE_ON_ERROR:
.SUFFIXES:

BUILD := build

ifeq ($(origin CC),default)
CC := gcc
endif
CFLAGS ?= -O2 -g -Wall -Wextra
PREFIX ?= /usr/local
DESTDIR ?=
# Where make install puts things; within quotes, as a folder's name may hold a space.
installed = $(DESTDIR)$(PREFIX)

# With CDPATH set, the cd of a script may go elsewhere, and prints where.
unexport CDPATH
# spatch and others want to be told.
export HOME ?= /

# As in the kernel: a short line for each file, make V=1 shows the whole commands, V=0 none.
ifeq ($(V),0)
quiet_cc = @
quiet_ld = @
quiet_ar = @
else ifneq ($(V),1)
quiet_cc = @printf '  CC      %s\n' $@;
quiet_ld = @printf '  LD      %s\n' $@;
quiet_ar = @printf '  AR      %s\n' $@;
endif

.PHONY: all help clean install uninstall check
all:

help:
	@echo 'make                 build everything below $(BUILD)/ (V=1 shows the commands)'
	@echo 'make demo            port an example driver, run it before and after, and compare'
	@echo '                     EXAMPLE=one of $(EXAMPLES)'
	@echo 'make check           run all tests; those of one folder:'
	@printf '                     make %s\n' $(sort $(CHECKS))
	@echo 'make validate BEFORE=old.c AFTER=new.c MOVES=my-moves.c'
	@echo '                     run a driver of your own before and after, and compare'
	@echo 'make cocci DRIVER=path/to/driver'
	@echo '                     port it with spatch and print the patch (APPLY=1 rewrites files)'
	@echo 'make check-fresh     the demonstration and the tests on a bare Debian system, as root'
	@echo 'make check-kernel    the example drivers on a real kernel (KERNEL=6.1), made here'
	@echo 'make check-threads-tsan   threads in the example drivers, watched by ThreadSanitizer'
	@echo 'make check-test-hmm  the test driver of Linux itself on the reference implementation'
	@echo 'make check-real-users   migrate-vma check on drivers of the kernel, downloaded'
	@echo 'make soak SEEDS=5000 port and compare that many random drivers'
	@echo 'make check-generated-all   random drivers with every shape, and wrong ports of them'
	@echo 'make check-random    random operations on the reference implementation, for an hour or so'
	@echo 'make check-failures  every single failure on every example driver'
	@echo 'make check-fuzz-all  mistakes of all kinds in all drivers of the tests'
	@echo 'make check-checkpatch   checkpatch.pl of the kernel on the port of every shape'
	@echo 'make cocci-compare   compare the ports of spatch and migrate-vma, shape by shape'
	@echo 'make bench           speed and memory, compared with clang, spatch and grep'
	@echo 'make docs            make the documentation, in $(BUILD)/docs/html'
	@echo 'make check-pages     test what make docs makes'
	@echo 'make install         install into $$(DESTDIR)$$(PREFIX), by default $(PREFIX)'
	@echo 'make uninstall       remove it from there'
	@echo 'make clean           remove $(BUILD)/'
	@echo
	@echo 'make demo, docs, bench, cocci and the checks install what they need with apt-get and say'
	@echo 'what that is; the others install no packages.'

clean:
	rm -rf $(BUILD)

install: all

-include api/build.mk examples/build.mk porting-tool/build.mk cocci/build.mk docs/build.mk tests/build.mk
