# SPDX-License-Identifier: GPL-2.0-only
#
# As much of Kbuild as builds one driver for the reference implementation: what
# it hands to the folder's Kbuild file, and what it does with the answer.
#
#	make -f tests/range/kernel.mk SRC=DIR OBJ=DIR FLAGS='...'

src := $(SRC)
obj := $(OBJ)
objtree := $(OBJ)
srctree := $(OBJ)
KBUILD_CFLAGS := $(FLAGS)
if_changed = @$(if $(filter-out FORCE,$?),$(cmd_$(1)),:)

all:

include $(SRC)/Kbuild

all: $(addprefix $(obj)/,$(obj-m))

$(obj)/%.o: $(src)/%.c
	@$(CC) $(KBUILD_CFLAGS) $(ccflags-y) -Werror -c -o $@ $<

.PHONY: all FORCE
FORCE:
