# SPDX-License-Identifier: GPL-2.0-only
#
# Drivers that are ported to one source for all releases.
#
#	make check-range			all tests
#
# $(range)/EXAMPLE/FORM/ has the driver; below it, a folder a release.

range := $(BUILD)/range
range_forms := callback three-step
# Each release at which something changed for a driver, from the first of the range on.
range_releases := $(filter-out 5.3,$(API_RELEASES))

# contiguous moves pages of system memory only, so device-memory.h is none of its files.
# $(call range_source,EXAMPLE,FORM)
define range_source
$(range)/$(1)/$(2)/Kbuild: examples/$(1)/$(2).c examples/device-memory.h $(BUILD)/bin/migrate-vma
	@rm -rf $$(@D) && mkdir -p $$(@D)
	@sed 's,"../device-memory.h","device-memory.h",' $$< >$$(@D)/driver.c
	@cp examples/device-memory.h examples/$(1)/*.h $$(@D)
	@echo 'obj-m := driver.o' >$$@.new && mv $$@.new $$@
	@$(BUILD)/bin/migrate-vma port --quiet --for=5.4..7.3 -i $$(@D)/driver.c \
		$(if $(filter contiguous,$(1)),,$$(@D)/device-memory.h) $$@ || { rm -f $$@; exit 1; }
endef

# $(call range_program,EXAMPLE,FORM,RELEASE)
define range_program
$(range)/$(1)/$(2)/$(3)/driver: $(range)/$(1)/$(2)/Kbuild $(BUILD)/proof/$(1).o $(BUILD)/proof/trace.o \
		$(BUILD)/api/$(3)/libmigrate.a tests/range/kernel.mk
	@mkdir -p $$(@D)
	@$$(MAKE) --no-print-directory -f tests/range/kernel.mk SRC=$(range)/$(1)/$(2) OBJ=$$(@D) \
		FLAGS='$$(call API_DRIVER_FLAGS,$(3))' CC='$(CC)'
	$$(quiet_ld)$(CC) $(CFLAGS) -o $$@ $$(@D)/driver.o $$(filter %.o %.a,$$^)
endef

$(foreach example,$(EXAMPLES),$(foreach form,$(range_forms),\
	$(eval $(call range_source,$(example),$(form)))\
	$(foreach release,$(PROOF_RELEASES),$(eval $(call range_program,$(example),$(form),$(release))))))

range_programs := $(foreach example,$(EXAMPLES),$(foreach form,$(range_forms),\
	$(range_releases:%=$(range)/$(example)/$(form)/%/driver)))

CHECKS += check-range
check-range: export RANGE_BUILD := $(range)
check-range: export RANGE_EXAMPLES := $(EXAMPLES)
check-range: export RANGE_RELEASES := $(range_releases)
check-range: export PROOF_BUILD := $(BUILD)/proof
check-range: export MIGRATE_VMA := $(CURDIR)/$(BUILD)/bin/migrate-vma
check-range: $(BUILD)/proof/compare $(range_programs) \
		$(EXAMPLES:%=$(BUILD)/proof/%/$(PROOF_CALLBACK_RELEASE)/callback)
	@tests/run range tests/range/one-source-test.sh tests/range/command-test.sh \
		tests/range/vendor-test.sh
