# SPDX-License-Identifier: GPL-2.0-only
#
#	make check-mutations [MUTATIONS="verify-brackets ..."]
#
# Does a test notice when a decision of the program is wrong?  See tests/mutation/run.  It is no
# part of make check: it builds and tests once for each.

.PHONY: check-mutations
check-mutations:
	@tests/setup/install "make check-mutations" demo check
	@TEST_TIMEOUT=14400 tests/run mutations 'tests/mutation/run $(MUTATIONS)'

$(BUILD)/plain/%: %.c $(TOOL_LIBRARY)
	@mkdir -p $(@D)
	$(quiet_ld)$(CC) $(CFLAGS) $(TOOL_CFLAGS) -o $@ $< $(TOOL_LIBRARY) -lcmocka $(TOOL_LIBS)

# For kill-test: what the sanitized one is, without sanitizers.
$(BUILD)/plain/migrate-vma: tests/tool/stand-in.c $(BUILD)/porting-tool/main.o $(TOOL_LIBRARY)
	@mkdir -p $(@D)
	$(quiet_ld)$(CC) $(CFLAGS) $(TOOL_CFLAGS) -o $@ $(filter %.c %.o %.a,$^) \
		-Wl,--wrap=port_files -Wl,--wrap=list_uses $(TOOL_LIBS)
