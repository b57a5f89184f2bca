# SPDX-License-Identifier: GPL-2.0-only
#
# Tests of the semantic patches:
#
#	make check-cocci	all of them: each shape and example is ported and run
#	make cocci-compare	some drivers: see tests/cocci/compare (TARGET=6.1,
#				DRIVERS="shapes/call-in-if examples/evict", KEEP=FOLDER)
#	make cocci-table	writes docs/reference/spatch-shapes.rst and the counts of the
#				checks anew

COCCI_TARGET ?= $(lastword $(API_RELEASES))

cocci_parts = $(BUILD)/bin/migrate-vma $(BUILD)/shapes/scenario.o $(BUILD)/shapes/trace.o \
	$(BUILD)/proof/trace.o \
	$(patsubst examples/%/callback.c,$(BUILD)/proof/%.o,$(wildcard examples/*/callback.c))
cocci_library = $(BUILD)/api/$(1)/libmigrate.a

check-cocci cocci-compare: export COCCI_FLAGS = $(filter-out -O%,$(call API_DRIVER_FLAGS,MAJOR.MINOR)) -O0

CHECKS += check-cocci
check-cocci: $(cocci_parts) $(call cocci_library,$(firstword $(API_RELEASES))) \
		$(call cocci_library,$(COCCI_TARGET))
	@tests/run cocci tests/cocci/patch-test.sh tests/cocci/checks-test.sh \
		tests/cocci/series-test.sh "tests/cocci/compare $(COCCI_TARGET)"

.PHONY: cocci-compare cocci-table
cocci-compare: $(cocci_parts) $(foreach release,$(API_RELEASES),$(call cocci_library,$(release)))
	@COCCI_KEEP='$(KEEP)' tests/cocci/compare $(or $(TARGET),$(COCCI_TARGET)) $(DRIVERS)

cocci-table:
	tests/cocci/checks-table >tests/cocci/checks
	tests/cocci/shapes-page >docs/reference/spatch-shapes.rst

# Not part of make check: it needs a kernel's source.
.PHONY: check-coccicheck
check-coccicheck:
	@tests/setup/install "make check-coccicheck" cocci bench
	@tree=$$(tests/bench/source-tree) && tests/run coccicheck "tests/cocci/coccicheck $$tree"
