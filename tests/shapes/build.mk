# SPDX-License-Identifier: GPL-2.0-only
#
# Every shape of a callback driver, ported and compared with what a maintainer
# would have written, and run before and after the port: see tests/shapes/run.
#
#	make check-shapes
#	tests/shapes/run call-in-for-loop	one of them

SHAPE_RELEASES := 5.3 5.4 5.7 5.9 5.16 6.1 6.15 7.2

$(BUILD)/shapes/%.o: tests/shapes/%.c
	@mkdir -p $(@D)
	$(quiet_cc)$(CC) $(API_PROGRAM_FLAGS) -Werror -MMD -MP -c -o $@ $<

$(BUILD)/shapes/trace.o: tests/proof/trace.c
	@mkdir -p $(@D)
	$(quiet_cc)$(CC) $(API_PROGRAM_FLAGS) -Werror -MMD -MP -c -o $@ $<

-include $(wildcard $(BUILD)/shapes/*.d)

# What tests/shapes/run needs beside migrate-vma; it says how to compile a driver.
shape_parts := $(BUILD)/shapes/scenario.o $(BUILD)/shapes/trace.o \
	$(SHAPE_RELEASES:%=$(BUILD)/api/%/libmigrate.a)

.PHONY: shapes-flags
shapes-flags: $(shape_parts)
	@echo 'SHAPES: $(call API_DRIVER_FLAGS,0.0)'

# The first words of the shapes' names; each is a program of its own.
shape_groups := $(sort $(foreach folder,$(wildcard tests/shapes/*/),\
	$(firstword $(subst -, ,$(notdir $(folder:/=))))))

CHECKS += check-shapes
check-shapes: $(BUILD)/bin/migrate-vma $(shape_parts)
	@tests/run shapes $(shape_groups:%='tests/shapes/run %-')
