# SPDX-License-Identifier: GPL-2.0-only
#
# Tests of `migrate-vma check` and `explain`.  Those in C run under ASan and UBSan.
#
#	make check-rules	small drivers, right and wrong, and the table of rules
#	make check-real-users	the drivers of the kernel that use the API, of the
#				releases Debian has sources of; downloads 140 MB
#				for each, so it is no part of `make check`

RULES_TESTS := $(BUILD)/asan/tests/rules

rules_test_sources := $(sort $(wildcard tests/rules/*-test.c))
rules_test_programs := $(rules_test_sources:%.c=$(BUILD)/asan/%)
rules_test_library := $(filter-out %/porting-tool/main.o,$(tool_asan_objects))

$(rules_test_programs): $(BUILD)/asan/%: %.c $(rules_test_library)
	@mkdir -p $(@D)
	$(quiet_ld)$(CC) $(CFLAGS) $(TOOL_CFLAGS) $(TOOL_SANITIZE) -MMD -MP -MT $@ -MF $@.d -o $@ $< \
		$(rules_test_library) -lcmocka $(TOOL_LIBS)

-include $(rules_test_programs:%=%.d)

CHECKS += check-rules
check-rules: export MIGRATE_VMA := $(BUILD)/bin/migrate-vma
check-rules: export DRIVER_COMPILER = $(CC) $(call API_DRIVER_FLAGS,@MAJOR@.@MINOR@)
check-rules: $(rules_test_programs) $(BUILD)/bin/migrate-vma
	@tests/run rules "$(RULES_TESTS)/drivers-test tests/rules/drivers" \
		$(filter-out %/drivers-test,$(rules_test_programs)) \
		tests/rules/explain-test.sh tests/rules/compile-test.sh \
		tests/rules/build-files-test.sh tests/rules/left-test.sh \
		tests/rules/substitutions-test.sh tests/rules/upgrade-test.sh \
		tests/rules/upgrade-old-test.sh tests/rules/hmm-range-test.sh tests/rules/general-test.sh \
		tests/rules/clean-test.sh tests/rules/fix-test.sh tests/rules/mutants.sh

.PHONY: check-real-users
check-real-users: export MIGRATE_VMA := $(CURDIR)/$(BUILD)/bin/migrate-vma
check-real-users: export REAL_USERS := $(CURDIR)/$(BUILD)/real-users
check-real-users: $(BUILD)/bin/migrate-vma
	@TEST_TIMEOUT=3600 tests/run real-users tests/rules/real-users.sh

# The example drivers made wrong.  Which changes are wrong is a list, which takes minutes to make anew:
#
#	make check-mutants
$(BUILD)/tests/rules/mutate: tests/rules/mutate.c $(TOOL_LIBRARY)
	@mkdir -p $(@D)
	$(quiet_ld)$(CC) $(CFLAGS) $(TOOL_CFLAGS) -o $@ $< $(TOOL_LIBRARY) $(TOOL_LIBS)

check-rules: export MUTATE := $(BUILD)/tests/rules/mutate
check-rules: export RELEASE := $(NEWEST)
check-rules: $(BUILD)/tests/rules/mutate

mutants_trace := $(BUILD)/validate/scenario.o $(BUILD)/proof/trace.o $(BUILD)/api/$(NEWEST)/libmigrate.a

.PHONY: check-mutants
check-mutants: export MUTATE := $(BUILD)/tests/rules/mutate
check-mutants: export EXAMPLES := $(EXAMPLES)
check-mutants: export COMPILE = $(CC) $(call API_DRIVER_FLAGS,$(NEWEST)) -iquote examples
check-mutants: export LINK = $(CC) $(CFLAGS)
check-mutants: export SCENARIOS := $(BUILD)/validate
check-mutants: export TRACE = $(mutants_trace)
check-mutants: export SHOWN = $(BUILD)/tests/rules/mutants.tab
check-mutants: $(BUILD)/tests/rules/mutate $(EXAMPLES:%=$(BUILD)/validate/moves-%.o) $(mutants_trace)
	@TEST_TIMEOUT=3600 tests/run rules tests/rules/mutants-shown.sh
