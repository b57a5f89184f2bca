# SPDX-License-Identifier: GPL-2.0-only
#
# Random drivers, ported and compared with themselves: see check-generated.c.
#
#	make check-generated		a few, the same in each run
#	make check-generated-all [SEEDS=250] [FIRST=1]
#					so many that each option is taken; and wrong ports
#					of them, which have to be noticed
#	make soak SEEDS=5000		many, without a demand on the shapes they cover
#	make generated-driver SEED=7	one of them on standard output
#	tests/generated/try SEED ...	one of them ported, with all its files in a folder

SEEDS ?= 250
FIRST ?= 1
SEED ?= 1

generated := $(BUILD)/generated
generated_writer := choices driver text callbacks statement place arguments \
	read_back site either refused parts write
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
		$(generated_writer_objects)
	$(quiet_ld)$(CC) $(CFLAGS) -o $@ $^

-include $(wildcard $(generated)/*.d)

# With paths from the root, and without optimisation: most drivers run for milliseconds.
generated_compiler = $(CC) $(subst -I,-I"$(CURDIR)"/,$(filter-out -O%,$(call API_DRIVER_FLAGS,MAJOR.MINOR))) -O0
generated_compiler += -iquote "$(CURDIR)/tests/generated" -iquote "$(CURDIR)/examples"

generated_environment = \
	MIGRATE_VMA='$(CURDIR)/$(BUILD)/bin/migrate-vma' \
	GENERATED_COMPILER='$(generated_compiler) $(1)' \
	GENERATED_LIBRARIES='$(CURDIR)/$(BUILD)/api' \
	GENERATED_SCENARIO='$(CURDIR)/$(generated)/scenario.o' \
	GENERATED_RELEASES='$(API_RELEASES)'

generated_needs := $(generated)/check-generated $(generated)/scenario.o \
	$(BUILD)/bin/migrate-vma $(API_RELEASES:%=$(BUILD)/api/%/libmigrate.a)

.PHONY: soak generated-driver generated-environment generated-needs
generated-needs: $(generated_needs)
generated-environment:
	@printf '%s\n' "$$GENERATED_ENVIRONMENT"
generated-environment: export GENERATED_ENVIRONMENT = $(call generated_environment,-g)

generated-driver: $(generated)/generate
	@$< $(SEED)

soak: $(generated_needs)
	@$(call generated_environment,-g0) $(generated)/check-generated -n $(SEEDS) -f $(FIRST)

CHECKS += check-generated
check-generated: $(generated_needs)
	@$(call generated_environment,-g0) \
		tests/run generated '$(generated)/check-generated -n 30 -f 1'

# Not part of make check: it takes minutes.
.PHONY: check-generated-all
check-generated-all: $(generated_needs)
	@CHECK_GENERATED='$(CURDIR)/$(generated)/check-generated' $(call generated_environment,-g0) \
		tests/run generated-all tests/generated/wrong-test.sh \
		'$(generated)/check-generated -n $(SEEDS) -f $(FIRST) -c 1'
