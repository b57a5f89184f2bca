# SPDX-License-Identifier: GPL-2.0-only
#
# What the reference implementation promises, checked for every release it can
# be, once more with sanitizers for those at which most changed.
#
#	build/tests/api/api-6.1			all tests as 6.1
#	build/tests/api/api-6.1 'a_hole_*'	some of them
#	build/tests/api/asan-6.1		with sanitizers
#
# The probe driver is compiled for each release; the tests, which see the
# machine from outside, only once.

API_TEST_SANITIZED ?= 5.3 5.4 6.1 $(NEWEST)

api_test := $(BUILD)/tests/api
api_test_drivers := $(notdir $(basename $(wildcard tests/api/probe*.c)))
api_test_names := $(filter-out $(api_test_drivers),$(notdir $(basename $(wildcard tests/api/*.c))))

# $(1) folder below $(api_test): nothing, or asan/; $(2) flags to add
define api_test_objects
$(api_test)/$(1)%.o: tests/api/%.c
	@mkdir -p $$(@D)
	$$(quiet_cc)$(CC) $$(API_PROGRAM_FLAGS) $(2) -MMD -MP -c -o $$@ $$<
endef
$(eval $(call api_test_objects,,))
$(eval $(call api_test_objects,asan/,$(api_sanitize)))

# $(1) folder below $(api_test) with the release last; $(2) of the tests' objects; $(3) flags to add;
# $(4) the program
define api_test_program
$(api_test_drivers:%=$(api_test)/$(1)/%.o): $(api_test)/$(1)/%.o: tests/api/%.c
	@mkdir -p $$(@D)
	$$(quiet_cc)$(CC) $$(call API_DRIVER_FLAGS,$(notdir $(1))) $(3) -MMD -MP -c -o $$@ $$<

$(api_test)/$(4): $(api_test_names:%=$(api_test)/$(2)%.o) \
		$(api_test_drivers:%=$(api_test)/$(1)/%.o) $(BUILD)/api/$(1)/libmigrate.a
	$$(quiet_ld)$(CC) $(CFLAGS) $(3) -o $$@ $$^ -lcmocka
-include $(api_test_drivers:%=$(api_test)/$(1)/%.d)
endef

$(foreach release,$(API_RELEASES) $(API_STATES_RELEASES),\
	$(eval $(call api_test_program,$(release),,,api-$(release)))\
	$(eval $(call api_test_program,asan/$(release),asan/,$(api_sanitize),asan-$(release))))

-include $(api_test_names:%=$(api_test)/%.d) $(api_test_names:%=$(api_test)/asan/%.d)

api_test_programs := $(API_RELEASES:%=$(api_test)/api-%) \
	$(API_TEST_SANITIZED:%=$(api_test)/asan-%)

# Random operations against plain bytes; see random/random.c. The long run is
#
#	make check-random [SEEDS=200] [RANDOM_STEPS=20000]
RANDOM_SANITIZED := 5.4 6.1 $(NEWEST)
RANDOM_STEPS ?= 20000
api_random := $(api_test)/random
api_random_names := $(notdir $(basename $(wildcard tests/api/random/*.c)))

# $(1) release, $(2) nothing or asan/, $(3) flags to add
define api_random_program
$(api_random)/$(2)%.o: tests/api/random/%.c
	@mkdir -p $$(@D)
	$$(quiet_cc)$$(CC) $$(API_PROGRAM_FLAGS) $(3) -MMD -MP -c -o $$@ $$<
$(api_random)/$(2)random-$(1): $(api_random_names:%=$(api_random)/$(2)%.o) \
		$(api_test_drivers:%=$(api_test)/$(2)$(1)/%.o) $(BUILD)/api/$(2)$(1)/libmigrate.a
	$$(quiet_ld)$(CC) $(CFLAGS) $(3) -o $$@ $$^
endef
$(foreach release,$(API_RELEASES),$(eval $(call api_random_program,$(release),,)))
$(foreach release,$(RANDOM_SANITIZED),\
	$(eval $(call api_random_program,$(release),asan/,$(api_sanitize))))
-include $(api_random_names:%=$(api_random)/%.d) $(api_random_names:%=$(api_random)/asan/%.d)

api_random_programs := $(API_RELEASES:%=$(api_random)/random-%)
api_random_sanitized := $(RANDOM_SANITIZED:%=$(api_random)/asan/random-%)

.PHONY: check-random
check-random: $(api_random_programs) $(api_random_sanitized)
	@tests/run random $(foreach program,$^,"$(program) 1 $(or $(SEEDS),200) $(RANDOM_STEPS)")

# Drivers with one mistake each, for the releases that their first lines admit.
WRONG_RELEASES := 5.4 6.1 $(NEWEST)
api_wrong := $(api_test)/wrong
api_wrong_drivers := $(filter-out scenario,$(notdir $(basename $(wildcard tests/api/wrong/*.c))))

$(api_wrong)/scenario.o: tests/api/wrong/scenario.c
	@mkdir -p $(@D)
	$(quiet_cc)$(CC) $(API_PROGRAM_FLAGS) -MMD -MP -c -o $@ $<

# $(1) release
define api_wrong_programs
api_wrong_drivers_$(1) := $(shell tests/api/wrong-since $(1) $(api_wrong_drivers:%=tests/api/wrong/%.c))

$(api_wrong)/$(1)/%.o: tests/api/wrong/%.c
	@mkdir -p $$(@D)
	$$(quiet_cc)$(CC) $$(call API_DRIVER_FLAGS,$(1)) -MMD -MP -c -o $$@ $$<

$$(api_wrong_drivers_$(1):%=$(api_wrong)/$(1)/%): %: %.o $(api_wrong)/scenario.o \
		$(BUILD)/api/$(1)/libmigrate.a
	@$(CC) $(CFLAGS) -o $$@ $$^
-include $$(api_wrong_drivers_$(1):%=$(api_wrong)/$(1)/%.d)
api_wrong_programs_all += $$(api_wrong_drivers_$(1):%=$(api_wrong)/$(1)/%)
endef
$(foreach release,$(WRONG_RELEASES),$(eval $(call api_wrong_programs,$(release))))
-include $(api_wrong)/scenario.d

# What becomes of a page in each state, on each release: a table for the documentation.
api_states := $(BUILD)/api-states

$(api_states)/states.o: tests/api/states/states.c
	@mkdir -p $(@D)
	$(quiet_cc)$(CC) $(API_PROGRAM_FLAGS) -MMD -MP -c -o $@ $<

# Releases at which a state changes, and nothing else that tests need a library for.
api_states_releases := $(shell printf '%s\n' $(API_RELEASES) $(API_STATES_RELEASES) | sort -uV)

# $(1) release
define api_states_program
$(api_states)/states-$(1): $(api_states)/states.o $(api_test)/support.o \
		$(api_test_drivers:%=$(api_test)/$(1)/%.o) $(BUILD)/api/$(1)/libmigrate.a
	$$(quiet_ld)$(CC) $(CFLAGS) -o $$@ $$^ -lcmocka
$(api_states)/$(1): $(api_states)/states-$(1)
	@$$< >$$@
endef
$(foreach release,$(api_states_releases),$(eval $(call api_states_program,$(release))))
-include $(api_states)/states.d

$(api_states)/states.rst: $(api_states_releases:%=$(api_states)/%) tests/api/states/states-table
	@tests/api/states/states-table $(api_states) $(api_states_releases) >$@

# The documentation has a copy, so that it can be read without building anything.
.PHONY: api-states
api-states: $(api_states)/states.rst
	cp $< docs/reference/states-table.inc

CHECKS += check-api
check-api: $(api_test_programs) $(api_wrong_programs_all) $(api_random_programs) \
		$(api_random_sanitized) $(api_states)/states.rst
	@tests/run api $(api_test_programs) tests/api/wrong-test.sh \
		tests/api/states-test.sh \
		$(foreach program,$(api_random_programs),"$(program) 1 4 3000") \
		$(foreach program,$(api_random_sanitized),"$(program) 5 2 2000")
