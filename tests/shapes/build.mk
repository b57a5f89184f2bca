# SPDX-License-Identifier: GPL-2.0-only
#
# Every shape of a callback driver, ported and compared with what a maintainer
# would have written: see tests/shapes/run.
#
#	make check-shapes
#	tests/shapes/run call-in-for-loop	one of them

.PHONY: shapes-flags
shapes-flags:
	@echo '$(call API_DRIVER_FLAGS,0.0)'

# The first words of the shapes' names; each is a program of its own.
shape_groups := $(sort $(foreach folder,$(wildcard tests/shapes/*/),\
	$(firstword $(subst -, ,$(notdir $(folder:/=))))))

CHECKS += check-shapes
check-shapes: $(BUILD)/bin/migrate-vma
	@tests/run shapes $(shape_groups:%='tests/shapes/run %-')
