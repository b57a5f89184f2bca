# SPDX-License-Identifier: GPL-2.0-only
#
# What a migration costs on the reference implementation: bench.c and count.

bench_model := $(BUILD)/bench/model
bench_model_release := $(lastword $(API_RELEASES))

$(bench_model)/bench.o: tests/bench/model/bench.c
	@mkdir -p $(@D)
	$(quiet_cc)$(CC) $(API_PROGRAM_FLAGS) -MMD -MP -c -o $@ $<
$(bench_model)/mover.o: tests/bench/model/mover.c
	@mkdir -p $(@D)
	$(quiet_cc)$(CC) $(call API_DRIVER_FLAGS,$(bench_model_release)) -MMD -MP -c -o $@ $<
$(bench_model)/bench: $(bench_model)/bench.o $(bench_model)/mover.o \
		$(BUILD)/api/$(bench_model_release)/libmigrate.a
	$(quiet_ld)$(CC) $(CFLAGS) -o $@ $^
-include $(bench_model)/bench.d $(bench_model)/mover.d

.PHONY: bench-model
bench-model: $(bench_model)/bench
	@tests/bench/model/report $<
