# SPDX-License-Identifier: GPL-2.0-only
#
# Speed and memory, as ratios to other programs on the same machine:
#
#	make bench [TREE=DIR] [BENCH_ROUNDS=N]
#
# A bench is a target that prints a table.  It is no test: one that misses what
# it is to keep to says so and does not fail.  Other folders add theirs, which
# run one at a time:
#
#	BENCHES += bench-example

BENCHES := bench-driver bench-growth bench-tree bench-model $(BENCHES)

include tests/bench/model/build.mk

.PHONY: bench bench-driver bench-growth bench-tree

# The sub-makes look again for what the set-up may just have installed.
bench:
	@tests/setup/install "make bench" demo bench
	@$(MAKE) --silent $(check_jobs) $(BUILD)/bin/migrate-vma
	@tests/bench/machine
	@$(MAKE) --silent --jobs=1 $(BENCHES)

bench-driver: $(BUILD)/bin/migrate-vma
	@tests/bench/driver $(BUILD) '$(CC) $(call API_DRIVER_FLAGS,$(firstword $(API_RELEASES)))'

bench-growth: $(BUILD)/bin/migrate-vma
	@tests/bench/growth $(BUILD)

bench-tree: $(BUILD)/bin/migrate-vma
	@tests/bench/tree $(BUILD)
