# SPDX-License-Identifier: GPL-2.0-only
#
# Which libclang the tool is built with: the newest that find-libclang finds, or
# the one below a folder of your choice: make LIBCLANG=/usr/lib/llvm-16
#
#	LIBCLANG_RELEASE	19, for instance
#	LIBCLANG_CFLAGS		for the files that include clang-c/Index.h; LIBCLANG_FILE and
#				LIBCLANG_NAME are what the program loads when it needs it
#
# Without any libclang the last one stops the recipe that uses it, and only that
# one: use it in recipes or with =, never with := or in a prerequisite.

libclang_found := $(shell porting-tool/find-libclang $(LIBCLANG))

ifneq ($(libclang_found),)

LIBCLANG_RELEASE := $(word 1,$(libclang_found))
libclang_lib := $(word 3,$(libclang_found))

# The name that the library has for the loader: libclang.so itself comes with the headers only.
libclang_name := $(shell objdump -p $(libclang_lib)/libclang.so 2>/dev/null | \
	sed -n 's/^ *SONAME *//p')
libclang_name := $(or $(libclang_name),$(if $(filter Darwin,$(shell uname -s)),libclang.dylib,libclang.so))
LIBCLANG_CFLAGS := -isystem $(word 2,$(libclang_found)) \
	-DLIBCLANG_FILE='"$(libclang_lib)/$(libclang_name)"' -DLIBCLANG_NAME='"$(libclang_name)"'

else

LIBCLANG_RELEASE :=
# The rest is said by tests/setup/install, before anything is built.
libclang_missing = $(error there is no libclang $(if $(LIBCLANG),below $(LIBCLANG),here))
LIBCLANG_CFLAGS = $(libclang_missing)

endif
