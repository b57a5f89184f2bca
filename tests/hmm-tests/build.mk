# SPDX-License-Identifier: GPL-2.0-only
#
# Upstream's own test of device memory, hmm-tests.c of Linux, with its own driver,
# lib/test_hmm.c, both unmodified, on the reference implementation.  Their source is
# downloaded from Debian, so this is no part of `make check`.
#
#	make check-hmm-tests			of all releases
#	make check-hmm-tests HMM_TESTS=6.1	of one
#	build/tests/hmm-tests/6.1/hmm-tests -t migrate_fault	one test, of 6.12 and later
#	make check-hmm-upgrade			the driver of each older release, ported by
#						migrate-vma to each later one, under the tests
#						of its own release
#
# Their verdicts are compared case by case with those that make check-kernel gets of real
# kernels.

HMM_TESTS ?= 5.10 6.1 6.12 7.2

hmm_tests := $(BUILD)/tests/hmm-tests
hmm_tests_own := $(notdir $(basename $(wildcard tests/hmm-tests/*.c)))

# $(1) release
define hmm_tests_program
$(hmm_tests)/$(1)/linux/hmm-tests.c: tests/hmm-tests/get-tests
	@tests/hmm-tests/get-tests $(1) $$(@D)
	@touch $$@

$(hmm_tests)/$(1)/driver.o: $(hmm_tests)/$(1)/linux/hmm-tests.c
	$$(quiet_cc)$$(CC) $$(call API_DRIVER_FLAGS,$(1)) -MMD -MP -c -o $$@ \
		$(hmm_tests)/$(1)/linux/lib/test_hmm.c

$(hmm_tests)/$(1)/hmm-tests.o: $(hmm_tests)/$(1)/linux/hmm-tests.c tests/hmm-tests/renamed
	$$(quiet_cc)cd $(hmm_tests)/$(1)/linux/tools/testing/selftests/*/ && \
		$$(CC) -O2 -w -D_GNU_SOURCE -include stdbool.h -I.. -I../../../.. -I../../../../uapi \
		-I$(CURDIR)/tests/hmm-tests/include -c -o $(CURDIR)/$$@ hmm-tests.c
	@objcopy --redefine-syms=tests/hmm-tests/renamed $$@

$(hmm_tests_own:%=$(hmm_tests)/$(1)/%.o): $(hmm_tests)/$(1)/%.o: tests/hmm-tests/%.c \
		$(hmm_tests)/$(1)/linux/hmm-tests.c
	$$(quiet_cc)$$(CC) $$(API_PROGRAM_FLAGS) -MMD -MP -idirafter $(hmm_tests)/$(1)/linux -c -o $$@ $$<

$(hmm_tests)/$(1)/hmm-tests: $(hmm_tests_own:%=$(hmm_tests)/$(1)/%.o) $(hmm_tests)/$(1)/hmm-tests.o \
		$(hmm_tests)/$(1)/driver.o $(BUILD)/api/$(1)/libmigrate.a
	$$(quiet_ld)$$(CC) $(CFLAGS) -o $$@ $$^ -pthread
-include $(wildcard $(hmm_tests)/$(1)/*.d)
endef
$(foreach release,$(HMM_TESTS),$(eval $(call hmm_tests_program,$(release))))

# $(1) release, $(2) a later one: the driver of the first on the second
define hmm_upgrade_program
$(hmm_tests)/$(1)-to-$(2)/test_hmm.c: $(hmm_tests)/$(1)/linux/hmm-tests.c $(BUILD)/bin/migrate-vma
	@mkdir -p $$(@D)
	@cp $(hmm_tests)/$(1)/linux/lib/test_hmm*.[ch] $$(@D)
	@$(BUILD)/bin/migrate-vma port -q -i --target=$(2) $$@ 2>$$(@D)/left || true

$(hmm_tests)/$(1)-to-$(2)/driver.o: $(hmm_tests)/$(1)-to-$(2)/test_hmm.c
	$$(quiet_cc)$$(CC) $$(call API_DRIVER_FLAGS,$(2)) -MMD -MP -c -o $$@ $$<

$(hmm_tests)/$(1)-to-$(2)/hmm-tests: $(hmm_tests_own:%=$(hmm_tests)/$(1)/%.o) \
		$(hmm_tests)/$(1)/hmm-tests.o $(hmm_tests)/$(1)-to-$(2)/driver.o \
		$(BUILD)/api/$(2)/libmigrate.a
	$$(quiet_ld)$$(CC) $(CFLAGS) -o $$@ $$^ -pthread
endef
hmm_upgrades := 5.10-6.1 5.10-6.12 5.10-7.2 6.1-6.12 6.1-7.2 6.12-7.2
$(foreach pair,$(hmm_upgrades),$(eval $(call \
	hmm_upgrade_program,$(word 1,$(subst -, ,$(pair))),$(word 2,$(subst -, ,$(pair))))))

.PHONY: check-hmm-upgrade hmm-upgrade-programs
hmm-upgrade-programs: $(foreach pair,$(hmm_upgrades),$(hmm_tests)/$(subst -,-to-,$(pair))/hmm-tests)

check-hmm-upgrade:
	@tests/setup/install "make check-hmm-upgrade" demo hmm-tests
	@$(MAKE) --no-print-directory hmm-upgrade-programs HMM_TESTS='5.10 6.1 6.12 7.2'
	@tests/run hmm-upgrade \
		$(foreach pair,$(hmm_upgrades),'tests/hmm-tests/hmm-tests-test.sh $(subst -, ,$(pair))')

.PHONY: check-hmm-tests hmm-tests-programs
hmm-tests-programs: $(HMM_TESTS:%=$(hmm_tests)/%/hmm-tests)

check-hmm-tests:
	@tests/setup/install "make check-hmm-tests" demo hmm-tests
	@$(MAKE) --no-print-directory hmm-tests-programs HMM_TESTS='$(HMM_TESTS)'
	@tests/run hmm-tests $(HMM_TESTS:%='tests/hmm-tests/hmm-tests-test.sh %')
