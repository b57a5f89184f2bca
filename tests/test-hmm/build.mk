# SPDX-License-Identifier: GPL-2.0-only
#
# Upstream's own test driver, lib/test_hmm.c of Linux, unmodified, on the
# reference implementation.  The driver is taken from a kernel source that is on
# the machine; without one these tests are skipped, and say so.
#
#	make check-test-hmm			install Debian's linux-source-6.1 if need be
#	make check-test-hmm TEST_HMM=6.12	one release's driver

TEST_HMM ?= 6.1 6.12 7.2

test_hmm := $(BUILD)/tests/test-hmm

$(test_hmm)/%/test_hmm.c: tests/test-hmm/find-source
	@echo '  GET     $@'
	@tests/test-hmm/find-source $* $(@D) >/dev/null
	@touch $@

# $(1) release
define test_hmm_program
$(test_hmm)/$(1)/driver.o: $(test_hmm)/$(1)/test_hmm.c
	@echo '  CC      $$@'
	@$(CC) $$(call API_DRIVER_FLAGS,$(1)) -MMD -MP -c -o $$@ $$<
$(test_hmm)/$(1)/%.o: tests/test-hmm/%.c $(test_hmm)/$(1)/test_hmm.c
	@echo '  CC      $$@'
	@$(CC) $$(API_PROGRAM_FLAGS) -iquote $(test_hmm)/$(1) -MMD -MP -c -o $$@ $$<
$(test_hmm)/$(1)/test-hmm: $(patsubst tests/test-hmm/%.c,$(test_hmm)/$(1)/%.o,\
		$(wildcard tests/test-hmm/*.c)) $(test_hmm)/$(1)/driver.o $(BUILD)/api/$(1)/libmigrate.a
	@echo '  LD      $$@'
	@$(CC) $(CFLAGS) -o $$@ $$^ -lcmocka
-include $(wildcard $(test_hmm)/$(1)/*.d)
endef
$(foreach release,$(TEST_HMM),$(eval $(call test_hmm_program,$(release))))

.PHONY: check-test-hmm
check-test-hmm:
	@tests/setup/install "make check-test-hmm" demo check test-hmm
	@tests/run test-hmm $(TEST_HMM:%='tests/test-hmm/test-hmm-test.sh %')

CHECKS += check-upstream-driver
check-upstream-driver:
	@tests/run upstream-driver $(TEST_HMM:%='tests/test-hmm/test-hmm-test.sh %')
