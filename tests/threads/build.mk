# SPDX-License-Identifier: GPL-2.0-only
#
# Threads and plain pointers, with the example drivers.
#
#	make check-threads		plain
#	make check-threads-tsan		ThreadSanitizer watches the drivers
#
# ThreadSanitizer sees the drivers and the scenario, not the inside of the
# machine, which tells it of the locks it models.

THREADS_RELEASES := 5.3 5.9 6.1 $(NEWEST)
threads_examples := cpu-fault chunked-to-device async-copy

threads := $(BUILD)/tests/threads
threads_sanitize := -fsanitize=thread

# $(1) example, $(2) release
threads_source = $(if $(filter 5.3,$(2)),examples/$(1)/callback.c,$(BUILD)/proof/$(1)/$(2)/three-step.c)

# $(1) plain or tsan, $(2) flags to add
define threads_objects
$(threads)/$(1)/%.o: tests/threads/%.c
	@mkdir -p $$(@D)
	$$(quiet_cc)$$(CC) $$(API_PROGRAM_FLAGS) -iquote tests/validate $(2) -MMD -MP -c -o $$@ $$<
$(threads)/$(1)/moves-%.o: tests/validate/moves-%.c
	@mkdir -p $$(@D)
	$$(quiet_cc)$$(CC) $$(API_PROGRAM_FLAGS) $(2) -MMD -MP -c -o $$@ $$<
endef
$(eval $(call threads_objects,plain,))
$(eval $(call threads_objects,tsan,$(threads_sanitize)))

# $(1) plain or tsan, $(2) example, $(3) release, $(4) flags to add, $(5) library
define threads_program
$(threads)/$(1)/$(2)-$(3).o: $(call threads_source,$(2),$(3))
	@mkdir -p $$(@D)
	$$(quiet_cc)$$(CC) $$(call API_DRIVER_FLAGS,$(3)) -iquote examples/$(2) $(4) -MMD -MP -c -o $$@ $$<
$(threads)/$(1)/$(2)-$(3): $(threads)/$(1)/$(2)-$(3).o $(threads)/$(1)/moves-$(2).o \
		$(threads)/$(1)/threads.o $(5)
	$$(quiet_ld)$$(CC) $$(CFLAGS) $(4) -o $$@ $$^ -lcmocka -lpthread
threads_$(1) += $(threads)/$(1)/$(2)-$(3)
endef
$(foreach example,$(threads_examples),$(foreach release,$(THREADS_RELEASES),\
	$(eval $(call threads_program,plain,$(example),$(release),,$(BUILD)/api/$(release)/libmigrate.a))\
	$(eval $(call threads_program,tsan,$(example),$(release),$(threads_sanitize),\
		$(BUILD)/api/tsan/$(release)/libmigrate.a))))

# A driver that counts without a lock, which ThreadSanitizer must see.
# $(1) plain or tsan, $(2) flags to add, $(3) library
define threads_racing
$(threads)/$(1)/racing-driver.o: tests/threads/racing-driver.c
	@mkdir -p $$(@D)
	$$(quiet_cc)$$(CC) $$(call API_DRIVER_FLAGS,6.1) $(2) -c -o $$@ $$<
$(threads)/$(1)/racing: $(threads)/$(1)/racing.o $(threads)/$(1)/racing-driver.o $(3)
	$$(quiet_ld)$$(CC) $$(CFLAGS) $(2) -o $$@ $$^ -lpthread
endef
$(eval $(call threads_racing,plain,,$(BUILD)/api/6.1/libmigrate.a))
$(eval $(call threads_racing,tsan,$(threads_sanitize),$(BUILD)/api/tsan/6.1/libmigrate.a))
-include $(wildcard $(threads)/*/*.d)

CHECKS += check-threads
check-threads: $(threads_plain) $(threads)/plain-pointers $(threads)/plain/racing
	@tests/run threads $(threads_plain) tests/threads/guide-test.sh \
		tests/threads/deadlock-test.sh

.PHONY: check-threads-tsan
check-threads-tsan: $(threads_tsan) $(threads)/tsan/racing
	@ROUNDS=100 tests/run threads-tsan $(threads_tsan) tests/threads/racing-test.sh

# The program of the guide, which shows plain pointers.
$(threads)/plain-pointers.o: docs/tutorial/plain-pointers.c
	@mkdir -p $(@D)
	$(quiet_cc)$(CC) $(API_PROGRAM_FLAGS) -iquote examples/cpu-fault -MMD -MP -c -o $@ $<
$(threads)/plain-pointers: $(threads)/plain-pointers.o $(threads)/plain/cpu-fault-$(NEWEST).o \
		$(BUILD)/api/$(NEWEST)/libmigrate.a
	$(quiet_ld)$(CC) $(CFLAGS) -o $@ $^ -lpthread
