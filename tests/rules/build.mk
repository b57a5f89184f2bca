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
		tests/rules/upgrade-old-test.sh \
		tests/rules/clean-test.sh tests/rules/fix-test.sh

.PHONY: check-real-users
check-real-users: export MIGRATE_VMA := $(CURDIR)/$(BUILD)/bin/migrate-vma
check-real-users: export REAL_USERS := $(CURDIR)/$(BUILD)/real-users
check-real-users: $(BUILD)/bin/migrate-vma
	@TEST_TIMEOUT=3600 tests/run real-users tests/rules/real-users.sh

# The example drivers made wrong, which takes minutes.  It is no part of make check: check finds fewer
# than nine in ten so far.
#
#	make check-mutants [EVERY=1]
MUTANTS_RELEASE := $(NEWEST)
$(BUILD)/tests/rules/mutate: tests/rules/mutate.c $(TOOL_LIBRARY)
	@mkdir -p $(@D)
	$(quiet_ld)$(CC) $(CFLAGS) $(TOOL_CFLAGS) -o $@ $< $(TOOL_LIBRARY) $(TOOL_LIBS)

.PHONY: check-mutants
check-mutants: export MIGRATE_VMA := $(BUILD)/bin/migrate-vma
check-mutants: export MUTATE := $(BUILD)/tests/rules/mutate
check-mutants: export RELEASE := $(MUTANTS_RELEASE)
check-mutants: export EXAMPLES := $(EXAMPLES)
check-mutants: export COMPILE = $(CC) $(call API_DRIVER_FLAGS,$(MUTANTS_RELEASE)) -iquote examples
check-mutants: export LINK = $(CC) $(CFLAGS)
check-mutants: export SCENARIOS := $(BUILD)/validate
check-mutants: export TRACE = $(BUILD)/validate/scenario.o $(BUILD)/proof/trace.o $(BUILD)/api/$(MUTANTS_RELEASE)/libmigrate.a
check-mutants: export EVERY := $(or $(EVERY),1)
check-mutants: $(BUILD)/bin/migrate-vma $(BUILD)/tests/rules/mutate $(EXAMPLES:%=$(BUILD)/validate/moves-%.o) \
		$(BUILD)/validate/scenario.o $(BUILD)/proof/trace.o $(BUILD)/api/$(MUTANTS_RELEASE)/libmigrate.a
	@TEST_TIMEOUT=3600 tests/run rules tests/rules/mutants.sh
