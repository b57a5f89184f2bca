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
AR ?= ar
CFLAGS ?= -O2 -g -Wall -Wextra
PREFIX ?= /usr/local
DESTDIR ?=

.PHONY: all help clean install check
all:

help:
	@echo 'make                 build everything below $(BUILD)/'
	@echo 'make check           install what the tests need, then run them all'
	@echo 'make clean           remove $(BUILD)/'
	@echo 'make install         install into $$(DESTDIR)$$(PREFIX), by default $(PREFIX)'

clean:
	rm -rf $(BUILD)

install: all

-include api/build.mk examples/build.mk porting-tool/build.mk tests/build.mk
