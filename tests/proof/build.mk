# SPDX-License-Identifier: GPL-2.0-only
#
# The proof: each example runs one scenario as the callback driver on Linux 5.3,
# as the tool ports it, and as it is ported by hand, on later releases, and all
# of them must show the same.
#
#	make check-proof			all tests
#	make proof-cpu-fault [RELEASE=6.1]	one example on one release, as a table
#
# $(proof)/EXAMPLE/RELEASE/ has the sources, programs and traces of a release;
# FORM is callback, ported or three-step.

PROOF_CALLBACK_RELEASE := 5.3
PROOF_RELEASES := $(filter-out $(PROOF_CALLBACK_RELEASE),$(API_RELEASES))
RELEASE ?= $(lastword $(PROOF_RELEASES))

# Which patch the hand-written driver, which is for the newest release, needs, if
# it needs one there.
proof_older_5.4 := 5.4
proof_older_5.7 := 5.7
proof_older_5.9 := 5.9
proof_older_5.16 := 5.16
proof_older_5.18 := 5.16

proof := $(BUILD)/proof
proof_objects := $(proof)/trace.o
proof_flags = $(API_PROGRAM_FLAGS) -Werror -MMD -MP

$(proof)/compare: tests/proof/compare.c
	@mkdir -p $(@D)
	$(quiet_ld)$(CC) $(CFLAGS) -Werror -o $@ $<

$(proof)/%.o: tests/proof/%.c
	@mkdir -p $(@D)
	$(quiet_cc)$(CC) $(proof_flags) -c -o $@ $<

# $(call proof_program,EXAMPLE,RELEASE,FORM,SOURCE)
define proof_program
$(proof)/$(1)/$(2)/$(3).o: $(4)
	@mkdir -p $$(@D)
	$$(quiet_cc)$$(CC) $$(call API_DRIVER_FLAGS,$(2)) -Werror -iquote examples/$(1) -MMD -MP -c -o $$@ $$<

$(proof)/$(1)/$(2)/$(3): $(proof)/$(1)/$(2)/$(3).o $(proof)/$(1).o $(proof_objects) \
		$(BUILD)/api/$(2)/libmigrate.a
	$$(quiet_ld)$$(CC) $$(CFLAGS) -o $$@ $$^

$(proof)/$(1)/$(2)/$(3).trace: $(proof)/$(1)/$(2)/$(3)
	@tests/proof/run-scenario $$< $$@
endef

# $(call proof_older,EXAMPLE,RELEASE)
proof_older = $(and $(proof_older_$(2)),\
	$(wildcard tests/proof/older/$(1)-$(proof_older_$(2)).patch))

# $(call proof_sources,EXAMPLE,RELEASE): the port by the tool, and the one by hand
define proof_sources
$(proof)/$(1)/$(2)/ported.c: examples/$(1)/callback.c $(BUILD)/bin/migrate-vma
	@mkdir -p $$(@D)
	@$(BUILD)/bin/migrate-vma port --quiet --target=$(2) $$< >$$@.patch 2>$$@.log || \
		{ cat $$@.log >&2; exit 1; }
	@cp $$< $$@
	patch --silent $$@ $$@.patch

$(proof)/$(1)/$(2)/three-step.c: examples/$(1)/three-step.c \
		$(call proof_older,$(1),$(2))
	@mkdir -p $$(@D)
	@cp $$< $$@
	$(if $(call proof_older,$(1),$(2)),patch --silent $$@ $$(word 2,$$^))
endef

$(foreach example,$(EXAMPLES),\
	$(eval $(call proof_program,$(example),$(PROOF_CALLBACK_RELEASE),callback,\
		examples/$(example)/callback.c))\
	$(foreach release,$(PROOF_RELEASES),\
		$(eval $(call proof_sources,$(example),$(release)))\
		$(foreach form,ported three-step,\
			$(eval $(call proof_program,$(example),$(release),$(form),\
				$(proof)/$(example)/$(release)/$(form).c)))))

# What was written by hand, from there on, for the releases that have migrate_device_range().
proof_range_examples := $(patsubst examples/%/device-range.c,%,$(wildcard examples/*/device-range.c))
proof_range_releases := $(filter 6.% 7.%,$(PROOF_RELEASES))
$(foreach example,$(proof_range_examples),$(foreach release,$(proof_range_releases),\
	$(eval $(call proof_program,$(example),$(release),device-range,\
		examples/$(example)/device-range.c))))

proof_programs := $(foreach example,$(proof_range_examples),\
	$(proof_range_releases:%=$(proof)/$(example)/%/device-range)) $(foreach example,$(EXAMPLES),\
	$(proof)/$(example)/$(PROOF_CALLBACK_RELEASE)/callback\
	$(foreach release,$(PROOF_RELEASES),\
		$(addprefix $(proof)/$(example)/$(release)/,ported three-step)))

# Ports that are wrong, each a patch to the hand-written driver: see wrong-test.sh.
proof_wrong := $(wildcard tests/proof/wrong/*/*.patch)
proof_wrong_programs := $(proof_wrong:tests/proof/wrong/%.patch=$(proof)/wrong/%)
proof_wrong_release := $(lastword $(PROOF_RELEASES))

# $(call proof_wrong_rules,EXAMPLE/NAME,EXAMPLE)
define proof_wrong_rules
$(proof)/wrong/$(1).c: examples/$(2)/three-step.c tests/proof/wrong/$(1).patch
	@mkdir -p $$(@D)
	@cp $$< $$@
	patch --silent $$@ $$(word 2,$$^)

$(proof)/wrong/$(1).o: $(proof)/wrong/$(1).c
	$$(quiet_ld)$$(CC) $$(call API_DRIVER_FLAGS,$(proof_wrong_release)) -iquote examples/$(2) -MMD -MP \
		-c -o $$@ $$<

$(proof)/wrong/$(1): $(proof)/wrong/$(1).o $(proof)/$(2).o $(proof_objects) \
		$(BUILD)/api/$(proof_wrong_release)/libmigrate.a
	$$(quiet_ld)$$(CC) $$(CFLAGS) -o $$@ $$^
endef

$(foreach wrong,$(proof_wrong:tests/proof/wrong/%.patch=%),\
	$(eval $(call proof_wrong_rules,$(wrong),$(patsubst %/,%,$(dir $(wrong))))))

-include $(wildcard $(proof)/*.d $(proof)/*/*/*.d)

.PHONY: $(addprefix proof-,$(EXAMPLES))
$(addprefix proof-,$(EXAMPLES)): proof-%: $(proof)/compare \
		$(proof)/%/$(PROOF_CALLBACK_RELEASE)/callback.trace \
		$(proof)/%/$(RELEASE)/ported.trace $(proof)/%/$(RELEASE)/three-step.trace
	@$(proof)/compare --table 'callback, $(PROOF_CALLBACK_RELEASE)'=$(word 2,$^) \
		'ported, $(RELEASE)'=$(word 3,$^) 'by hand, $(RELEASE)'=$(word 4,$^)

CHECKS += check-proof
check-proof: export PROOF_BUILD := $(proof)
check-proof: export PROOF_EXAMPLES := $(EXAMPLES)
check-proof: export PROOF_RANGE_RELEASES := $(proof_range_releases)
check-proof: export PROOF_RELEASES := $(PROOF_RELEASES)
check-proof: export PROOF_CALLBACK_RELEASE := $(PROOF_CALLBACK_RELEASE)
check-proof: $(proof)/compare $(proof_programs) $(proof_wrong_programs)
	@tests/run proof tests/proof/compare-test.sh tests/proof/port-test.sh \
		tests/proof/wrong-test.sh
