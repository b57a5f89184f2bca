# SPDX-License-Identifier: GPL-2.0-only
#
# Random drivers, ported and compared with themselves: see check-generated.c.
#
#	make check-generated		a few, the same in each run
#	make check-generated-all [SEEDS=250] [FIRST=1]
#					so many that each option is taken; and wrong ports
#					of them, which have to be noticed
#	make soak SEEDS=5000		many, without a demand on the shapes they cover, and with
#					those that known-wrong lists
#	make generated-driver SEED=7	one of them on standard output
#	tests/generated/try SEED ...	one of them ported, with all its files in a folder

SEEDS ?= 250
FIRST ?= 1
SEED ?= 1

generated := $(BUILD)/generated
generated_writer := choices driver text callbacks objects statement place arguments range \
	read_back site either refused parts pagemap two_apis write
generated_writer_objects := $(generated_writer:%=$(generated)/%.o)
generated_flags = -std=gnu11 -D_GNU_SOURCE -Wno-format-nonliteral -MMD -MP

$(generated)/%.o: tests/generated/%.c
	@mkdir -p $(@D)
	$(quiet_cc)$(CC) $(CFLAGS) $(generated_flags) $(API_PROGRAM_INCLUDE) -c -o $@ $<

$(generated)/scenario.o: tests/generated/scenario.c
	@mkdir -p $(@D)
	$(quiet_cc)$(CC) $(API_PROGRAM_FLAGS) -MMD -MP -c -o $@ $<

$(generated)/generate: $(generated)/generate.o $(generated_writer_objects)
	$(quiet_ld)$(CC) $(CFLAGS) -o $@ $^

$(generated)/check-generated: $(generated)/check-generated.o $(generated)/trial.o \
		$(generated_writer_objects) $(RIG_OBJECTS)
	$(quiet_ld)$(CC) $(CFLAGS) -o $@ $^ $(RIG_LIBS)

-include $(wildcard $(generated)/*.d)

# Without optimisation: most drivers run for milliseconds.  The kernel switches that warning off, too.
generated_environment = $(call RIG,generated,-O0 -Werror -Wno-int-in-bool-context -iquote tests/generated -iquote examples)
generated_needs = $(generated)/check-generated $(call RIG_NEEDS,generated)

# Options that the tests leave out.
generated_known := $(shell sed -n 's/^\([A-Z_][A-Z_]*\)	.*/-x \1/p' tests/generated/known-wrong)

.PHONY: soak generated-driver generated-environment generated-needs
generated-needs: $(generated_needs)
generated-environment:
	@printf '%s\n' "$$GENERATED_ENVIRONMENT"
generated-environment: export GENERATED_ENVIRONMENT = $(generated_environment)

generated-driver: $(generated)/generate
	@$< $(SEED)

soak: $(generated_needs)
	@$(generated_environment) $(generated)/check-generated -n $(SEEDS) -f $(FIRST)

CHECKS += check-generated
check-generated: $(generated_needs)
	@$(generated_environment) \
		tests/run generated '$(generated)/check-generated -n 30 -f 1 $(generated_known)'

# Not part of make check: it takes minutes.
.PHONY: check-generated-all
check-generated-all: $(generated_needs)
	@CHECK_GENERATED='$(CURDIR)/$(generated)/check-generated $(generated_known)' $(generated_environment) \
		tests/run generated-all tests/generated/wrong-test.sh \
		'$(generated)/check-generated -n $(SEEDS) -f $(FIRST) -c 1 $(generated_known)'
