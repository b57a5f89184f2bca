# SPDX-License-Identifier: GPL-2.0-only
#
# Tests of the semantic patches:
#
#	make check-cocci	the rules, the tables, and some drivers compared
#	make cocci-compare	each shape and each example, ported by spatch and by
#				migrate-vma, compared and run: see tests/cocci/compare
#				(TARGET=6.1, DRIVERS="shapes/call-in-if generated/7",
#				GENERATED="1 200" for those of the generator, KEEP=FOLDER)
#	make cocci-table	writes docs/reference/spatch-shapes.rst and the counts of the
#				checks anew
#	make cocci-real-users	the checks on the drivers of a kernel source (TREE=DIR)

COCCI_TARGET ?= $(lastword $(API_RELEASES))

cocci_parts = $(BUILD)/bin/migrate-vma $(BUILD)/shapes/scenario.o $(BUILD)/shapes/trace.o \
	$(BUILD)/proof/trace.o \
	$(patsubst examples/%/callback.c,$(BUILD)/proof/%.o,$(wildcard examples/*/callback.c))
cocci_library = $(BUILD)/api/$(1)/libmigrate.a
cocci_generated := $(BUILD)/generated/generate $(BUILD)/generated/scenario.o

check-cocci cocci-compare: export COCCI_FLAGS = $(filter-out -O%,$(call API_DRIVER_FLAGS,MAJOR.MINOR)) -O0
check-cocci cocci-compare: export COCCI_RELEASES = $(API_RELEASES)

CHECKS += check-cocci
check-cocci: $(cocci_parts) $(BUILD)/cocci/write-tables \
		$(call cocci_library,$(firstword $(API_RELEASES))) $(call cocci_library,$(COCCI_TARGET))
	@tests/run cocci tests/cocci/patch-test.sh tests/cocci/checks-test.sh \
		tests/cocci/run-test.sh tests/cocci/table-test.sh \
		"tests/cocci/compare-some $(COCCI_TARGET)"

.PHONY: cocci-compare cocci-table cocci-real-users
cocci-compare: $(cocci_parts) $(cocci_generated) $(foreach release,$(API_RELEASES),\
		$(call cocci_library,$(release)))
	@COCCI_KEEP='$(KEEP)' tests/cocci/compare $(or $(TARGET),$(COCCI_TARGET)) \
		$(or $(DRIVERS),$(if $(GENERATED),$(shell seq -f generated/%g $(GENERATED))))

cocci-table:
	tests/cocci/checks-table >tests/cocci/checks
	tests/cocci/shapes-page >docs/reference/spatch-shapes.rst

cocci-real-users:
	@tests/cocci/real-users "$$(tests/bench/source-tree)" $(or $(RELEASE),6.1)

BENCHES += bench-cocci
.PHONY: bench-cocci
bench-cocci: $(BUILD)/bin/migrate-vma
	@tests/cocci/bench $(BUILD)
