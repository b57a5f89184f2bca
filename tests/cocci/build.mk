# SPDX-License-Identifier: GPL-2.0-only
#
# The semantic patches, held against migrate-vma and run: see tests/cocci/compare.
#
#	make check-cocci
#	make cocci-compare TARGET=6.1 [DRIVERS="shapes/call-in-if generated/7"] [KEEP=FOLDER]

cocci_parts := $(BUILD)/bin/migrate-vma $(API_RELEASES:%=$(BUILD)/api/%/libmigrate.a) \
	$(BUILD)/shapes/scenario.o $(BUILD)/shapes/trace.o \
	$(EXAMPLES:%=$(BUILD)/proof/%.o) $(BUILD)/proof/trace.o \
	$(BUILD)/generated/generate $(BUILD)/generated/scenario.o

COCCI_TARGET ?= $(lastword $(API_RELEASES))

check-cocci cocci-compare: export COCCI_FLAGS = $(filter-out -O%,$(call API_DRIVER_FLAGS,MAJOR.MINOR)) -O0
check-cocci cocci-compare: export COCCI_RELEASES = $(API_RELEASES)

.PHONY: cocci-compare
cocci-compare: $(cocci_parts)
	@COCCI_KEEP='$(KEEP)' tests/cocci/compare $(or $(TARGET),$(COCCI_TARGET)) $(DRIVERS)
