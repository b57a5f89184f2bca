# SPDX-License-Identifier: GPL-2.0-only
#
# api/compat/migrate_vma_compat.h: every example runs as the callback driver that
# it is on each release that has no migrate_vma() any more, and shows what it
# shows on the last that had it.  `make check-kernel` does the same on a kernel.

compat := $(BUILD)/compat
compat_proof := $(BUILD)/proof
compat_examples := $(EXAMPLES)
compat_releases := $(filter-out 5.3,$(API_RELEASES))

# What a driver says about itself to the header.
compat_flags_contiguous := -DMIGRATE_VMA_COMPAT_NO_DEVICE_MEMORY

# $(call compat_program,EXAMPLE,RELEASE)
define compat_program
$(compat)/$(1)/$(2).o: examples/$(1)/callback.c api/compat/migrate_vma_compat.h
	@mkdir -p $$(@D)
	$$(quiet_cc)$$(CC) $$(call API_DRIVER_FLAGS,$(2)) -Werror $$(compat_flags_$(1)) \
		-include api/compat/migrate_vma_compat.h -MMD -MP -c -o $$@ $$<

$(compat)/$(1)/$(2): $(compat)/$(1)/$(2).o $(compat_proof)/$(1).o $(compat_proof)/trace.o \
		$(BUILD)/api/$(2)/libmigrate.a
	$$(quiet_ld)$$(CC) $$(CFLAGS) -o $$@ $$^
endef
$(foreach example,$(compat_examples),$(foreach release,$(compat_releases),\
	$(eval $(call compat_program,$(example),$(release)))))

# A driver that breaks the rules of the header, on a release where they matter.
$(compat)/misuse.o: tests/compat/misuse.c api/compat/migrate_vma_compat.h
	@mkdir -p $(@D)
	$(quiet_cc)$(CC) $(call API_DRIVER_FLAGS,6.1) -Werror -MMD -MP -c -o $@ $<

$(compat)/misuse-test.o: tests/compat/misuse-test.c
	@mkdir -p $(@D)
	$(quiet_cc)$(CC) $(API_PROGRAM_FLAGS) -Werror -MMD -MP -c -o $@ $<

$(compat)/misuse-test: $(compat)/misuse-test.o $(compat)/misuse.o $(BUILD)/api/6.1/libmigrate.a
	$(quiet_ld)$(CC) $(CFLAGS) -o $@ $^ -lcmocka

-include $(wildcard $(compat)/*.d $(compat)/*/*.d)

CHECKS += check-compat
check-compat: export COMPAT_RELEASES := $(compat_releases)
check-compat: export COMPAT_EXAMPLES := $(compat_examples)
check-compat: $(compat_proof)/compare $(compat)/misuse-test \
		$(foreach example,$(compat_examples),$(compat_proof)/$(example)/5.3/callback \
			$(compat_releases:%=$(compat)/$(example)/%))
	@tests/run compat tests/compat/callback-test.sh $(compat)/misuse-test
