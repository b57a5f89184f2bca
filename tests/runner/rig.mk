# SPDX-License-Identifier: GPL-2.0-only
#
# What tests that port, compile and run many drivers have in common: see rig.h.  Such a
# rig.h; such a program is linked with $(RIG_OBJECTS) and run with $(call RIG,NAME),
# where NAME is of a scenario: its objects are player_NAME.

rig := $(BUILD)/rig
rig_flags = -std=gnu11 -D_GNU_SOURCE -MMD -MP

player_shapes := $(BUILD)/shapes/scenario.o $(BUILD)/shapes/trace.o
player_generated := $(BUILD)/generated/scenario.o

RIG_OBJECTS := $(addprefix $(rig)/,rig.o process.o migrate-vma.o) $(TOOL_LIBRARY)
RIG_LIBS = $(TOOL_LIBS)
# What a program has to be built before it runs, with NAME.
# That of API_DEVMEM_RELEASE is for drivers that are only run before their port.
RIG_NEEDS = $(rig)/sections.o $(API_RELEASES:%=$(BUILD)/players/$(1)-%) \
	$(filter %/shapes-$(API_DEVMEM_RELEASE),$(BUILD)/players/$(1)-$(API_DEVMEM_RELEASE))
# Without debugging information, which nothing looks at.
RIG = RIG_COMPILER='$(CC) $(filter-out -g,$(call API_DRIVER_FLAGS,MAJOR.MINOR)) $(2)' \
	RIG_PLAYERS='$(CURDIR)/$(BUILD)/players/$(1)-' \
	RIG_SECTIONS='$(CURDIR)/$(rig)/sections.o' RIG_RELEASES='$(API_RELEASES)'

$(rig)/%.o: tests/runner/%.c
	@mkdir -p $(@D)
	$(quiet_cc)$(CC) $(CFLAGS) $(TOOL_CFLAGS) -MMD -MP -c -o $@ $<

$(rig)/sections.o: tests/runner/sections.c
	@mkdir -p $(@D)
	$(quiet_cc)$(CC) -O2 -fPIC -c -o $@ $<

$(rig)/migrate-vma.o: $(BUILD)/porting-tool/main.o
	@mkdir -p $(@D)
	@objcopy --redefine-sym main=migrate_vma_main $< $@

# The ends of a driver's sections come from the driver, when the player starts.
define player
$(BUILD)/players/$(1)-$(2): $(player_$(1)) $(BUILD)/api/$(2)/libmigrate.a
	@mkdir -p $$(@D)
	$$(quiet_ld)$$(CC) -rdynamic -Wl,--strip-debug -Wl,-z,dynamic-undefined-weak -o $$@ \
		-Wl,--whole-archive $$^ -Wl,--no-whole-archive
endef
$(foreach release,$(API_DEVMEM_RELEASE) $(API_RELEASES),$(foreach name,shapes generated,\
	$(eval $(call player,$(name),$(release)))))

-include $(wildcard $(rig)/*.d)
