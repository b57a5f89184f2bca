# SPDX-License-Identifier: GPL-2.0-only
#
# Tests of what is around the port: files in, patches and messages out.  All of
# them run under ASan and UBSan.
#
# The scripts run a migrate-vma whose port is a stand-in that replaces a word
# (see stand-in.c): what is tested here has to work for any change of any text.
# Those that are about the port itself take $PORTING_MIGRATE_VMA, and where
# memory is measured $PLAIN_MIGRATE_VMA, which has no sanitizers.

TOOL_TESTS := $(BUILD)/asan/tests/tool

tool_test_sources := $(sort $(wildcard tests/tool/*-test.c))
tool_test_programs := $(tool_test_sources:%.c=$(BUILD)/asan/%)
tool_test_scripts := $(sort $(wildcard tests/tool/*-test.sh))

$(tool_test_programs): $(BUILD)/asan/%: %.c $(TOOL_ASAN_LIBRARY)
	@mkdir -p $(@D)
	$(quiet_ld)$(CC) $(CFLAGS) $(TOOL_CFLAGS) $(TOOL_SANITIZE) -MMD -MP -MT $@ -MF $@.d -o $@ $< \
		$(TOOL_ASAN_LIBRARY) -lcmocka $(TOOL_LIBS)

$(TOOL_TESTS)/migrate-vma: tests/tool/stand-in.c $(BUILD)/asan/porting-tool/main.o \
		$(TOOL_ASAN_LIBRARY)
	@mkdir -p $(@D)
	$(quiet_ld)$(CC) $(CFLAGS) $(TOOL_CFLAGS) $(TOOL_SANITIZE) -MMD -MP -MT $@ -MF $@.d -o $@ \
		$(filter %.c %.o %.a,$^) -Wl,--wrap=port_files -Wl,--wrap=list_uses $(TOOL_LIBS)

-include $(tool_test_programs:%=%.d) $(TOOL_TESTS)/migrate-vma.d

CHECKS += check-tool
check-tool: export MIGRATE_VMA := $(CURDIR)/$(TOOL_TESTS)/migrate-vma
check-tool: export PORTING_MIGRATE_VMA := $(CURDIR)/$(BUILD)/asan/bin/migrate-vma
check-tool: export PLAIN_MIGRATE_VMA := $(CURDIR)/$(BUILD)/bin/migrate-vma
check-tool: $(tool_test_programs) $(TOOL_TESTS)/migrate-vma $(BUILD)/asan/bin/migrate-vma \
		$(BUILD)/bin/migrate-vma
	@tests/run tool $(tool_test_programs) $(tool_test_scripts)

# Not part of make check: it needs a kernel's source.
.PHONY: check-checkpatch
check-checkpatch: export MIGRATE_VMA := $(CURDIR)/$(BUILD)/bin/migrate-vma
check-checkpatch: $(BUILD)/bin/migrate-vma
	@tests/setup/install "make check-checkpatch" demo bench
	@tree=$$(tests/bench/source-tree) && tests/run checkpatch "tests/tool/checkpatch $$tree $(NEWEST)" \
		"tests/tool/checkpatch $$tree 5.4" "tests/tool/checkpatch $$tree $(NEWEST) spatch"
