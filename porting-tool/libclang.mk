# SPDX-License-Identifier: GPL-2.0-only
#
# Which libclang the tool is built with: the newest that find-libclang finds, or
# the one below a folder of your choice: make LIBCLANG=/usr/lib/llvm-16
#
#	LIBCLANG_RELEASE	19, for instance
#	LIBCLANG_CFLAGS		for the files that include clang-c/Index.h
#	LIBCLANG_LIBS		for the link
#
# Without any libclang the last two stop the recipe that uses them, and only
# that one: use them in recipes or with =, never with := or in a prerequisite.

libclang_found := $(shell porting-tool/find-libclang $(LIBCLANG))

ifneq ($(libclang_found),)

LIBCLANG_RELEASE := $(word 1,$(libclang_found))
LIBCLANG_CFLAGS := -isystem $(word 2,$(libclang_found))
libclang_lib := $(word 3,$(libclang_found))
LIBCLANG_LIBS := -L$(libclang_lib) -lclang

# Where the loader does not look by itself, the program has to say it.
ifeq ($(filter /lib% /usr/lib64 /usr/lib/%-linux-gnu,$(libclang_lib)),)
LIBCLANG_LIBS += -Wl,-rpath,$(libclang_lib)
endif

else

LIBCLANG_RELEASE :=
libclang_missing = $(error migrate-vma is built on libclang (clang-c/Index.h and libclang.so, \
	release 14 or newer), and there is none \
	$(if $(LIBCLANG),below $(LIBCLANG),on this machine). \
	On Debian 12: apt-get install libclang-19-dev. `make demo` and `make check` install it)
LIBCLANG_CFLAGS = $(libclang_missing)
LIBCLANG_LIBS = $(libclang_missing)

endif
