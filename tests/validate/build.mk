# SPDX-License-Identifier: GPL-2.0-only
#
# A driver before and after its port, run through the same scenario, by the command
# migrate-vma-validate:
#
#	make validate BEFORE=old.c AFTER=new.c MOVES=my-moves.c [TARGET=6.1] [FROM=5.3]
#
# MOVES says how a program asks the driver to move its memory: see
# tests/validate/moves-template.c. SCENARIO= replaces the scenario itself. A driver
# of several files is given as BEFORE='a.c b.c' or as its folder; BEFORE_FLAGS and
# AFTER_FLAGS are for the compiler, such as -DCONFIG_MY_DRIVER=1. Headers beside a
# driver are found; the driver after the change finds those of the one before as well.

FROM ?= 5.3
TARGET ?= $(lastword $(API_RELEASES))
SCENARIO ?= tests/validate/scenario.c

validate := $(BUILD)/validate

# The installed command is the same.
.PHONY: validate
validate:
	@[ -n "$(BEFORE)" ] && [ -n "$(AFTER)" ] && [ -n "$(MOVES)" ] || { echo \
	'make validate BEFORE=old.c AFTER=new.c MOVES=my-moves.c [TARGET=6.1] [FROM=5.3]' >&2; \
	echo 'MOVES says how to ask the driver: copy tests/validate/moves-template.c' >&2; exit 2; }
	@CC='$(CC)' CFLAGS='$(CFLAGS)' tests/validate/migrate-vma-validate --from='$(FROM)' --target='$(TARGET)' \
		--before='$(BEFORE)' --after='$(AFTER)' --moves='$(MOVES)' --scenario='$(SCENARIO)' \
		--before-flags='$(BEFORE_FLAGS)' --after-flags='$(AFTER_FLAGS)' --keep=$(validate)/user

# The examples as the tool ports them, which validate-test.sh runs; three-step.c is the same text.
VALIDATE_RELEASES := 5.4 6.1 $(NEWEST)
validate_examples := cpu-fault chunked-to-device

$(validate)/scenario.o: tests/validate/scenario.c
	@mkdir -p $(@D)
	$(quiet_cc)$(CC) $(API_PROGRAM_FLAGS) -MMD -MP -c -o $@ $<
$(validate)/moves-%.o: tests/validate/moves-%.c
	@mkdir -p $(@D)
	$(quiet_cc)$(CC) $(API_PROGRAM_FLAGS) -MMD -MP -c -o $@ $<

# $(1) example, $(2) release, $(3) form: the object is that of the proof
define validate_program
$(validate)/$(1)-$(2)-$(3): $(BUILD)/proof/$(1)/$(2)/$(3).o $(validate)/moves-$(1).o \
		$(validate)/scenario.o $(BUILD)/proof/trace.o $(BUILD)/api/$(2)/libmigrate.a
	$$(quiet_ld)$(CC) $(CFLAGS) -o $$@ $$^
validate_programs += $(validate)/$(1)-$(2)-$(3)
endef
$(foreach example,$(validate_examples),\
	$(eval $(call validate_program,$(example),5.3,callback))\
	$(foreach release,$(VALIDATE_RELEASES),\
		$(eval $(call validate_program,$(example),$(release),ported))))
# A driver that is wrong only when something fails.
$(validate)/wrong.c: examples/chunked-to-device/three-step.c \
		tests/validate/wrong/returns-without-memory.patch
	@mkdir -p $(@D)
	@cp $< $@
	patch --silent $@ $(word 2,$^)
$(validate)/wrong.o: $(validate)/wrong.c
	$(quiet_cc)$(CC) $(call API_DRIVER_FLAGS,6.1) -iquote examples/chunked-to-device -c -o $@ $<
$(validate)/wrong: $(validate)/wrong.o $(validate)/moves-chunked-to-device.o \
		$(validate)/scenario.o $(BUILD)/proof/trace.o $(BUILD)/api/6.1/libmigrate.a
	$(quiet_ld)$(CC) $(CFLAGS) -o $@ $^
-include $(wildcard $(validate)/*.d)

CHECKS += check-validate
check-validate: $(validate_programs) $(validate)/wrong $(BUILD)/proof/compare
	@tests/run validate tests/validate/validate-test.sh

# Every single failure on every example, and failures at random, are a long run:
#
#	make check-failures [FAILURE_RELEASES=6.1] [EVERY=10] [SEEDS=50]
FAILURE_RELEASES ?= $(VALIDATE_RELEASES)
failures := $(BUILD)/failures
failure_examples := $(patsubst tests/validate/moves-%.c,%,$(wildcard $(EXAMPLES:%=tests/validate/moves-%.c)))

# $(1) example, $(2) release, $(3) form
define failure_program
$(failures)/$(1)-$(2)-$(3): $(BUILD)/proof/$(1)/$(2)/$(3).o $(validate)/moves-$(1).o \
		$(validate)/scenario.o $(BUILD)/proof/trace.o $(BUILD)/api/$(2)/libmigrate.a
	@mkdir -p $$(@D)
	$$(quiet_ld)$(CC) $(CFLAGS) -o $$@ $$^
failure_programs += $(failures)/$(1)-$(2)-$(3)
endef
$(foreach example,$(failure_examples),\
	$(eval $(call failure_program,$(example),5.3,callback))\
	$(foreach release,$(FAILURE_RELEASES),\
		$(eval $(call failure_program,$(example),$(release),three-step))))

.PHONY: check-failures
check-failures: $(failure_programs)
	@tests/validate/survive $(failure_programs)
