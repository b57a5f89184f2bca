# SPDX-License-Identifier: GPL-2.0-only
#
# The proof: each example runs one scenario as the callback driver on Linux 5.3,
# and as the tool ports it on later releases, and both must show the same.  So must what
# is not the tool's: a driver that somebody wrote in three steps without looking at the
# port (tests/proof/by-hand), and one that somebody carried on (device-range.c).
#
#	make check-proof			all tests
#	make proof-cpu-fault [RELEASE=6.1]	one example on one release, as a table
#
# $(proof)/EXAMPLE/RELEASE/ has the sources, programs and traces of a release;
# FORM is callback, ported, whole, three-step, device-range or by-hand.  three-step.c has to be
# what the tool makes of callback.c, byte by byte, so nothing here compiles or runs it.
#
# callback.c and device-memory.h build for later releases as well, so that the port shows
# migration alone.  What the tool makes of a driver that knows Linux 5.3 only, device memory
# and all, is the form whole: port-whole makes one of each example, and ports it.

PROOF_CALLBACK_RELEASE := 5.3
PROOF_RELEASES := $(filter-out $(PROOF_CALLBACK_RELEASE),$(API_RELEASES))
RELEASE ?= $(lastword $(PROOF_RELEASES))

# Which patch three-step.c, which is for the newest release, needs, if
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
	$$(quiet_cc)$$(CC) $$(call API_DRIVER_FLAGS,$(2)) -Werror -iquote examples/$(1) -iquote examples -MMD -MP -c -o $$@ $$<

$(proof)/$(1)/$(2)/$(3): $(proof)/$(1)/$(2)/$(3).o $(proof)/$(1).o $(proof_objects) \
		$(BUILD)/api/$(2)/libmigrate.a
	$$(quiet_ld)$$(CC) $$(CFLAGS) -o $$@ $$^

$(proof)/$(1)/$(2)/$(3).trace: $(proof)/$(1)/$(2)/$(3)
	@tests/proof/run-scenario $$< $$@
endef

# $(call proof_older,EXAMPLE,RELEASE)
proof_older = $(and $(proof_older_$(2)),\
	$(wildcard tests/proof/older/$(1)-$(proof_older_$(2)).patch))

# $(call proof_sources,EXAMPLE,RELEASE): the port by the tool, and what it has to be
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

# The whole drivers, on 5.3 too.
define proof_whole_rules
$(proof)/whole/$(1)/$(2)/driver/callback.c: examples/$(1)/callback.c examples/device-memory.h \
		tests/proof/as-in-5.3 tests/proof/port-whole $(BUILD)/bin/migrate-vma
	@MIGRATE_VMA=$(BUILD)/bin/migrate-vma tests/proof/port-whole $(1) $(2) $(proof)/whole/$(1)/$(2)
endef

$(foreach example,$(EXAMPLES),$(foreach release,$(PROOF_CALLBACK_RELEASE) $(PROOF_RELEASES),\
	$(eval $(call proof_whole_rules,$(example),$(release)))\
	$(eval $(call proof_program,$(example),$(release),whole,\
		$(proof)/whole/$(example)/$(release)/driver/callback.c))))

# What is not made by the tool, for the releases that have all of today's members and
# migrate_device_range().
proof_own_releases := $(filter 6.% 7.%,$(PROOF_RELEASES))
proof_range_examples := $(patsubst examples/%/device-range.c,%,$(wildcard examples/*/device-range.c))
proof_hand_examples := $(patsubst tests/proof/by-hand/%.c,%,$(wildcard tests/proof/by-hand/*.c))
$(foreach release,$(proof_own_releases),\
	$(foreach example,$(proof_range_examples),\
		$(eval $(call proof_program,$(example),$(release),device-range,\
			examples/$(example)/device-range.c)))\
	$(foreach example,$(proof_hand_examples),\
		$(eval $(call proof_program,$(example),$(release),by-hand,\
			tests/proof/by-hand/$(example).c))))

proof_programs := $(foreach example,$(proof_range_examples),\
	$(proof_own_releases:%=$(proof)/$(example)/%/device-range)) \
	$(foreach example,$(proof_hand_examples),\
		$(proof_own_releases:%=$(proof)/$(example)/%/by-hand)) \
	$(foreach example,$(EXAMPLES),\
		$(addprefix $(proof)/$(example)/$(PROOF_CALLBACK_RELEASE)/,callback whole)\
		$(foreach release,$(PROOF_RELEASES),$(addprefix $(proof)/$(example)/$(release)/,\
			ported whole three-step.c)))

# Ports that are wrong, each a patch to three-step.c: see wrong-test.sh.
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

# The driver by hand, where there is one for that release.
proof_hand = $(and $(filter $(proof_own_releases),$(RELEASE)),$(filter $(proof_hand_examples),$(1)),\
	$(proof)/$(1)/$(RELEASE)/by-hand.trace)

proof_hand_title = by hand, $(RELEASE)

.PHONY: $(addprefix proof-,$(EXAMPLES))
define proof_table
proof-$(1): $(proof)/compare $(proof)/$(1)/$(PROOF_CALLBACK_RELEASE)/callback.trace \
		$(proof)/$(1)/$(RELEASE)/ported.trace $(call proof_hand,$(1))
	@$(proof)/compare --table 'callback, $(PROOF_CALLBACK_RELEASE)'=$$(word 2,$$^) \
		'ported, $(RELEASE)'=$$(word 3,$$^) \
		$(if $(call proof_hand,$(1)),'$(proof_hand_title)'=$(call proof_hand,$(1)))
endef
$(foreach example,$(EXAMPLES),$(eval $(call proof_table,$(example))))

CHECKS += check-proof
check-proof: export PROOF_BUILD := $(proof)
check-proof: export PROOF_EXAMPLES := $(EXAMPLES)
check-proof: export PROOF_OWN_RELEASES := $(proof_own_releases)
check-proof: export PROOF_RELEASES := $(PROOF_RELEASES)
check-proof: export PROOF_CALLBACK_RELEASE := $(PROOF_CALLBACK_RELEASE)
check-proof: $(proof)/compare $(proof_programs) $(proof_wrong_programs)
	@tests/run proof tests/proof/compare-test.sh tests/proof/port-test.sh \
		tests/proof/wrong-test.sh
