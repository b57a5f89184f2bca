# SPDX-License-Identifier: GPL-2.0-only
#
# Each folder of tests has a build.mk of its own.  It says what its programs
# need, runs them with tests/run, and adds itself to CHECKS:
#
#	CHECKS += check-example
#	check-example: build/tests/example/test
#		@tests/run example build/tests/example/test tests/example/other.sh
#
# The first word after tests/run is the target's name without check-; each
# other word is a command that runs one test program (quote it if it has
# arguments).  A program speaks TAP: a cmocka program does so by itself here,
# a shell script with tests/runner/tap.sh.

CHECKS :=

include tests/runner/rig.mk
-include $(sort $(wildcard tests/*/build.mk))

.PHONY: check run-checks $(CHECKS)

# The sub-make looks again for what the set-up may just have installed.
check:
	@tests/setup/install "make check" demo check
	@$(MAKE) --silent run-checks

# As many at a time as there are processors, unless make was called with -j.
check_jobs = $(if $(filter -j%,$(MAKEFLAGS)),,--jobs=$(shell nproc 2>/dev/null || echo 1))
run-checks: export TEST_RESULTS := $(BUILD)/tests/results
run-checks:
	@rm -rf $(TEST_RESULTS) && mkdir -p $(TEST_RESULTS)
	@$(MAKE) --keep-going $(check_jobs) $(CHECKS) || :
	@tests/run --total $(CHECKS:check-%=%)
