# SPDX-License-Identifier: GPL-2.0-only
#
# Texts that nobody wrote, through everything the tool does.
#
#	make check-fuzz			the same mistakes in the same drivers each time
#	make check-fuzz-all [FUZZ_MUTATIONS=1]	in all drivers
#	make fuzz [SECONDS=60]		libFuzzer looks for new ones
#
# What libFuzzer finds is left in $(fuzz)/found/ and is run again with
# $(fuzz)/fuzz FILE.

SECONDS ?= 60
FUZZ_CLANG ?= clang-19

fuzz := $(BUILD)/fuzz
fuzz_sources := $(filter-out porting-tool/main.c,$(tool_sources)) \
	tests/fuzz/attempt.c tests/fuzz/fuzz.c
fuzz_objects := $(fuzz_sources:%.c=$(fuzz)/%.o)
fuzz_test := $(BUILD)/asan/tests/fuzz/mutate-test
fuzz_test_objects := $(patsubst %,$(BUILD)/asan/tests/fuzz/%.o,mutate-test attempt pieces)

$(fuzz_objects): $(fuzz)/%.o: %.c
	@mkdir -p $(@D)
	$(quiet_cc)$(FUZZ_CLANG) -O1 -g $(TOOL_CFLAGS) -fno-omit-frame-pointer \
		-fsanitize=address,undefined,fuzzer-no-link \
		-fno-sanitize-recover=undefined -MMD -MP -c -o $@ $<

$(fuzz)/fuzz: $(fuzz_objects)
	$(quiet_ld)$(FUZZ_CLANG) -fsanitize=address,undefined,fuzzer -o $@ $^ $(TOOL_LIBS)

$(fuzz_test_objects): $(BUILD)/asan/%.o: %.c
	@mkdir -p $(@D)
	$(quiet_cc)$(CC) $(CFLAGS) $(TOOL_CFLAGS) $(TOOL_SANITIZE) -MMD -MP -c -o $@ $<

$(fuzz_test): $(fuzz_test_objects) $(filter-out %/porting-tool/main.o,$(tool_asan_objects))
	$(quiet_ld)$(CC) $(CFLAGS) $(TOOL_SANITIZE) -o $@ $^ $(TOOL_LIBS)

-include $(fuzz_objects:.o=.d) $(fuzz_test_objects:.o=.d)

.PHONY: fuzz run-fuzz
fuzz:
	@tests/setup/install "make fuzz" demo fuzz
	@$(MAKE) --silent run-fuzz

run-fuzz: $(fuzz)/fuzz $(BUILD)/generated/generate
	@rm -rf $(fuzz)/seeds && tests/fuzz/corpus $(fuzz)/seeds $(BUILD)/generated/generate
	@mkdir -p $(fuzz)/corpus $(fuzz)/found
	$(fuzz)/fuzz -max_total_time=$(SECONDS) -timeout=20 -rss_limit_mb=2048 -max_len=40000 \
		-dict=tests/fuzz/words -artifact_prefix=$(fuzz)/found/ -print_final_stats=1 \
		$(fuzz)/corpus $(fuzz)/seeds

# Mistakes of each kind in each file.
FUZZ_MUTATIONS ?= 1

check_fuzz_environment := ASAN_OPTIONS=hard_rss_limit_mb=1024:detect_leaks=1 \
	MUTATE_TEST='$(CURDIR)/$(fuzz_test)'

CHECKS += check-fuzz
check-fuzz: $(fuzz_test)
	@$(check_fuzz_environment) tests/run fuzz 'tests/fuzz/mutate 1 12'

# Not part of make check: it takes minutes.
.PHONY: check-fuzz-all
check-fuzz-all: $(fuzz_test)
	@$(check_fuzz_environment) tests/run fuzz-all 'tests/fuzz/mutate $(FUZZ_MUTATIONS)'
