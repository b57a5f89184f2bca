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

# The newest release there is: the last row of the table that migrate-vma has.
export NEWEST := $(shell sed -n 's/^\t{ \([0-9]*\), [0-9]*, \([0-9]*\) },$$/\1.\2/p' \
	porting-tool/kernel/release.c | tail -n 1)

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
	@sed '1d; s|BUILD/|$(BUILD)/|; s|PREFIX/|$(PREFIX)/|; s|EXAMPLES|$(EXAMPLES)|' tests/help.txt
	@printf '    make %s\n' $(sort $(CHECKS))

clean:
	rm -rf $(BUILD)

install: all

-include api/build.mk api/install.mk examples/build.mk porting-tool/build.mk cocci/build.mk docs/build.mk tests/build.mk
