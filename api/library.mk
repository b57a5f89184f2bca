# SPDX-License-Identifier: GPL-2.0-only
#
# The library of one release and nothing else, for migrate-vma-validate:
#
#	make -C KIT -f api/library.mk BUILD=/some/where RELEASE=6.1 library|flags
#
# Works in an installed copy, where the rest of the project is not.

MAKEFLAGS += --no-builtin-rules --no-print-directory
.DELETE_ON_ERROR:
.SUFFIXES:
.DEFAULT_GOAL := library

ifeq ($(origin CC),default)
CC := gcc
endif
CFLAGS ?= -O2 -g -Wall -Wextra
quiet_cc = @
quiet_ar = @
NEWEST := $(RELEASE)
API_RELEASES := $(RELEASE)

include api/build.mk

.PHONY: library flags program-flags
library: $(BUILD)/api/$(RELEASE)/libmigrate.a
flags:
	@echo '$(call API_DRIVER_FLAGS,$(RELEASE))'
program-flags:
	@echo '$(API_PROGRAM_FLAGS)'
