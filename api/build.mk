# SPDX-License-Identifier: GPL-2.0-only
#
# The reference implementation, built once for each release it can behave as:
#
#	build/api/5.3/libmigrate.a	link a driver and a scenario against it
#	build/api/asan/5.3/libmigrate.a	the same with the address and undefined
#					behaviour sanitizers
#	build/api/tsan/5.3/libmigrate.a	for a driver and a scenario that are compiled
#					with -fsanitize=thread
#
# A driver is compiled for a release with
#
#	$(CC) $(call API_DRIVER_FLAGS,5.3) -c driver.c
#
# and a scenario, which includes "program.h" and the C library's headers, with
#
#	$(CC) $(API_PROGRAM_FLAGS) -c scenario.c

# Every release at which something changed for a driver.  Any other from 4.14 on
# can be built as well, for instance with `make build/api/6.12/libmigrate.a`.
API_RELEASES ?= 5.3 5.4 5.7 5.9 5.16 5.18 6.1 6.15 6.19 $(NEWEST)

# A release with the hmm_devmem API, which ended with 5.2: for drivers before their port.
API_DEVMEM_RELEASE := 5.0

# Built for the table of page states as well, which says at which release a state changes.
API_STATES_RELEASES := 6.0 6.6

# Built for the driver and the test of Linux itself, of releases whose source Debian has.
API_SOURCE_RELEASES := 5.10 6.12 7.2

api_release_words = $(subst ., ,$(1))
api_compiler_headers := $(shell $(CC) -print-file-name=include 2>/dev/null)
api_sanitize := -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer

API_DRIVER_FLAGS = $(CFLAGS) -std=gnu11 -nostdinc -isystem $(api_compiler_headers) \
	-fno-strict-aliasing -Wno-unused-parameter -Wno-sign-compare -D__KERNEL__ -DMODULE \
	-DLINUX_RELEASE_MAJOR=$(word 1,$(api_release_words)) \
	-DLINUX_RELEASE_MINOR=$(word 2,$(api_release_words)) \
	-Iapi/include -Iapi/stubs -include linux/kconfig.h
API_PROGRAM_FLAGS = $(CFLAGS) -std=gnu11 -iquote api/include

api_kernel_sources := $(sort $(wildcard api/core/*.c api/kernel/*.c api/program/*.c))
api_host_sources := $(sort $(wildcard api/host/*.c))
api_names := $(patsubst api/%.c,%,$(api_kernel_sources) $(api_host_sources))

# $(1) folder below $(BUILD)/api/, with the release last; $(2) flags to add
define api_library
$(BUILD)/api/$(1)/libmigrate.a: $(api_names:%=$(BUILD)/api/$(1)/%.o)
	@rm -f $$@
	$$(quiet_ar)$(AR) rcs $$@ $$^

$(api_kernel_sources:api/%.c=$(BUILD)/api/$(1)/%.o): $(BUILD)/api/$(1)/%.o: api/%.c
	@mkdir -p $$(@D)
	$$(quiet_cc)$(CC) $$(call API_DRIVER_FLAGS,$(notdir $(1))) $(2) -Iapi -MMD -MP -c -o $$@ $$<

$(api_host_sources:api/%.c=$(BUILD)/api/$(1)/%.o): $(BUILD)/api/$(1)/%.o: api/%.c
	@mkdir -p $$(@D)
	$$(quiet_cc)$(CC) $(CFLAGS) -std=gnu11 $(2) -Iapi -MMD -MP -c -o $$@ $$<
-include $(api_names:%=$(BUILD)/api/$(1)/%.d)
endef

# A release that was not foreseen: the goal names it.
api_wanted := $(foreach goal,$(MAKECMDGOALS),$(patsubst $(BUILD)/api/%/libmigrate.a,%,\
	$(filter $(BUILD)/api/%/libmigrate.a,$(goal))))
$(foreach release,$(sort $(API_RELEASES) $(API_STATES_RELEASES) $(API_SOURCE_RELEASES) \
	$(API_DEVMEM_RELEASE) \
	$(filter-out asan/% tsan/%,$(api_wanted))),\
	$(eval $(call api_library,$(release),)))
$(foreach release,$(sort $(API_RELEASES) $(patsubst asan/%,%,$(filter asan/%,$(api_wanted)))),\
	$(eval $(call api_library,asan/$(release),$(api_sanitize))))
# Not compiled with ThreadSanitizer itself: it is for drivers, see kernel/wait.h.
api_thread_sanitizer := -DAPI_THREAD_SANITIZER \
	$(foreach function,memcpy memmove memset memcmp,-D$(function)=unseen_$(function))
$(foreach release,$(sort $(API_RELEASES) $(patsubst tsan/%,%,$(filter tsan/%,$(api_wanted)))),\
	$(eval $(call api_library,tsan/$(release),$(api_thread_sanitizer))))

.PHONY: api
api: $(API_RELEASES:%=$(BUILD)/api/%/libmigrate.a)
