# SPDX-License-Identifier: GPL-2.0-only
#
# Ported drivers on real kernels.  check-kernel is a script that sets everything
# up itself and speaks TAP; it comes back here for what is made from this tree:
#
#	make check-kernel [KERNEL=6.1]		a kernel from Debian's source
#	make check-kernel KERNEL_SRC=DIR	any unpacked source, from 5.3 on
#
# It is not one of CHECKS, as it downloads and builds a kernel; what reads its
# results is tested there.

KERNEL ?= 6.1
KERNEL_SRC ?=

.PHONY: check-kernel kernel-programs
check-kernel:
	@tests/kernel/check-kernel $(if $(KERNEL_SRC),--source='$(KERNEL_SRC)',$(KERNEL))

CHECKS += check-kernel-scripts
check-kernel-scripts:
	@tests/run kernel-scripts tests/kernel/scripts-test.sh

# The rest is for that script, which says which release the kernel is.
KERNEL_RELEASE ?=
ifneq ($(KERNEL_RELEASE),)

kernel := $(BUILD)/kernel/$(KERNEL_RELEASE)
kernel_proof := $(BUILD)/proof
kernel_examples := $(EXAMPLES)
# Which patch makes the hand-written driver fit an older kernel: the newest that
# is not newer than the kernel; from 6.1 on it needs none.
kernel_not_newer := $(shell printf '%s\n' 5.4 5.7 5.9 5.16 6.1 $(KERNEL_RELEASE) | sort -V | \
	sed '/^$(KERNEL_RELEASE)$$/q' | grep -vx '$(KERNEL_RELEASE)' | tail -n 1)
kernel_exactly := $(filter $(KERNEL_RELEASE),5.4 5.7 5.9 5.16 6.1)
kernel_older := $(filter-out 6.1,$(or $(kernel_exactly),$(kernel_not_newer)))
kernel_older_patch = $(if $(kernel_older),$(wildcard tests/proof/older/$(1)-$(kernel_older).patch))

# $(call kernel_forms,EXAMPLE): device-range has been written for 6.1 and later.
kernel_forms = callback $(if $(filter 5.3,$(KERNEL_RELEASE)),,ported three-step\
	$(if $(kernel_older),,$(patsubst examples/$(1)/%.c,%,$(wildcard examples/$(1)/device-range.c))))
kernel_drivers := $(foreach example,$(kernel_examples),\
	$(addprefix $(example)-,$(call kernel_forms,$(example))))

$(kernel)/sources/%-callback.c: examples/%/callback.c
	@mkdir -p $(@D)
	@cp $< $@

$(kernel)/sources/%-ported.c: examples/%/callback.c $(BUILD)/bin/migrate-vma
	@mkdir -p $(@D)
	$(BUILD)/bin/migrate-vma port --target=$(KERNEL_RELEASE) $< >$@.patch
	@cp $< $@
	patch --silent $@ $@.patch

$(kernel)/sources/%-three-step.c: examples/%/three-step.c
	@mkdir -p $(@D)
	@cp $< $@
	$(if $(call kernel_older_patch,$*),patch --silent $@ $(call kernel_older_patch,$*))

$(kernel)/sources/%-device-range.c: examples/%/device-range.c
	@mkdir -p $(@D)
	@cp $< $@

# Ports with a mistake.  A driver that a patch makes fit an older kernel need not have the
# place for it: then there is no source.
kernel_wrong := $(if $(filter 5.3,$(KERNEL_RELEASE)),,$(wildcard tests/proof/wrong/*/*.patch))
kernel_wrong_name = wrong-$(basename $(notdir $(1)))

# $(call kernel_wrong_source,PATCH,EXAMPLE)
define kernel_wrong_source
$(kernel)/sources/$(call kernel_wrong_name,$(1)).c: examples/$(2)/three-step.c $(1) \
		$(call kernel_older_patch,$(2))
	@mkdir -p $$(@D)
	@cp $$< $$@
	$(if $(call kernel_older_patch,$(2)),patch --silent $$@ $(call kernel_older_patch,$(2)))
	patch --silent --forward --reject-file=- $$@ $(1) $(if $(kernel_older),|| rm -f $$@)
endef
$(foreach patch,$(kernel_wrong),$(eval $(call kernel_wrong_source,$(patch),$(notdir $(patsubst \
	%/,%,$(dir $(patch)))))))

# The scenarios, once on the reference implementation of that release ...

define kernel_model
$(kernel)/model/$(1)-$(2).o: $(kernel)/sources/$(1)-$(2).c examples/device-memory.h
	@mkdir -p $$(@D)
	$$(quiet_cc)$$(CC) $$(call API_DRIVER_FLAGS,$(KERNEL_RELEASE)) -iquote examples/$(1) \
		$(if $(filter callback,$(2)),$(compat_flags_$(1)) -include api/compat/migrate_vma_compat.h) \
		-MMD -MP -c -o $$@ $$<

$(kernel)/model/$(1)-$(2): $(kernel)/model/$(1)-$(2).o $(kernel_proof)/$(1).o $(kernel_proof)/trace.o \
		$(BUILD)/api/$(KERNEL_RELEASE)/libmigrate.a
	$$(quiet_ld)$$(CC) $$(CFLAGS) -o $$@ $$^
endef
$(foreach example,$(kernel_examples),$(foreach form,$(call kernel_forms,$(example)),\
	$(eval $(call kernel_model,$(example),$(form)))))

kernel_conformance := $(patsubst tests/kernel/conformance/%.c,$(kernel)/conformance/%.o,\
	$(filter-out %/conformance.c,$(wildcard tests/kernel/conformance/*.c)))

$(kernel)/conformance/%.o: tests/kernel/conformance/%.c
	@mkdir -p $(@D)
	$(quiet_cc)$(CC) $(API_PROGRAM_FLAGS) -Werror -MMD -MP -c -o $@ $<

# The drivers find device-memory.h in the folder above them.
$(kernel)/model/conformance.o: tests/kernel/conformance/conformance.c
	@mkdir -p $(@D)
	$(quiet_cc)$(CC) $(call API_DRIVER_FLAGS,$(KERNEL_RELEASE)) -iquote examples/cpu-fault \
		-MMD -MP -c -o $@ $<

$(kernel)/model/conformance: $(kernel)/model/conformance.o $(kernel_conformance) \
		$(kernel_proof)/trace.o $(BUILD)/api/$(KERNEL_RELEASE)/libmigrate.a
	$(quiet_ld)$(CC) $(CFLAGS) -o $@ $^

# ... and once for the machine.
kernel_program_objects := $(patsubst tests/kernel/linux/%.c,$(kernel)/programs/%.o,\
	$(wildcard tests/kernel/linux/*.c))

$(kernel)/programs/%.o: tests/kernel/linux/%.c
	@mkdir -p $(@D)
	$(quiet_cc)$(CC) $(API_PROGRAM_FLAGS) -Werror -MMD -MP -c -o $@ $<

$(kernel)/programs/%: $(kernel_proof)/%.o $(kernel_proof)/trace.o $(kernel_program_objects)
	@mkdir -p $(@D)
	$(quiet_ld)$(CC) $(CFLAGS) -static -o $@ $^ -pthread

$(kernel)/programs/conformance: $(kernel_conformance) $(kernel_proof)/trace.o \
		$(kernel_program_objects)
	@mkdir -p $(@D)
	$(quiet_ld)$(CC) $(CFLAGS) -static -o $@ $^ -pthread

.SECONDARY: $(kernel_program_objects)
-include $(wildcard $(kernel)/programs/*.d $(kernel)/model/*.d $(kernel)/conformance/*.d)

kernel-programs: $(kernel_proof)/compare $(kernel_drivers:%=$(kernel)/sources/%.c) \
	$(foreach patch,$(kernel_wrong),$(kernel)/sources/$(call kernel_wrong_name,$(patch)).c) \
	$(kernel_drivers:%=$(kernel)/model/%) $(kernel_examples:%=$(kernel)/programs/%) \
	$(if $(filter 5.3,$(KERNEL_RELEASE)),,$(kernel)/model/conformance \
		$(kernel)/programs/conformance) \
	$(foreach example,$(kernel_examples),$(kernel_proof)/$(example)/5.3/callback)
endif
