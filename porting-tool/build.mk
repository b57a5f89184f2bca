# SPDX-License-Identifier: GPL-2.0-only
#
#	build/bin/migrate-vma		the program
#	build/asan/bin/migrate-vma	the same under ASan and UBSan, for tests
#
# Every .c file here and up to two folders below belongs to the program.

include porting-tool/libclang.mk

tool_sources := $(sort $(wildcard $(foreach depth,* */* */*/*,porting-tool/$(depth).c)))
tool_objects := $(tool_sources:%.c=$(BUILD)/%.o)
tool_asan_objects := $(tool_sources:%.c=$(BUILD)/asan/%.o)

# All but main(), for tests as well.
TOOL_LIBRARY := $(BUILD)/porting-tool/migrate-vma.a
TOOL_ASAN_LIBRARY := $(BUILD)/asan/porting-tool/migrate-vma.a

JSON_C_CFLAGS ?= $(json_c_cflags)
JSON_C_LIBS ?= $(or $(json_c_libs),-ljson-c)
json_c_cflags := $(shell pkg-config --cflags json-c 2>/dev/null)
json_c_libs := $(shell pkg-config --libs json-c 2>/dev/null)

TOOL_CFLAGS = -std=gnu11 -D_GNU_SOURCE -Iporting-tool -pthread $(LIBCLANG_CFLAGS) $(JSON_C_CFLAGS) \
	$(if $(RULES_URI),-DMIGRATE_VMA_RULES_URI='"$(RULES_URI)"')
TOOL_LIBS = $(JSON_C_LIBS) -ldl -pthread
TOOL_SANITIZE := -O1 -g1 -fno-omit-frame-pointer -fsanitize=address,undefined \
	-fno-sanitize-recover=undefined

all: $(BUILD)/bin/migrate-vma

.PHONY: asan
asan: $(BUILD)/asan/bin/migrate-vma

$(BUILD)/bin/migrate-vma: $(BUILD)/porting-tool/main.o $(TOOL_LIBRARY)
	@mkdir -p $(@D)
	$(quiet_ld)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(TOOL_LIBS)

$(BUILD)/asan/bin/migrate-vma: $(BUILD)/asan/porting-tool/main.o $(TOOL_ASAN_LIBRARY)
	@mkdir -p $(@D)
	$(quiet_ld)$(CC) $(CFLAGS) $(TOOL_SANITIZE) $(LDFLAGS) -o $@ $^ $(TOOL_LIBS)

$(TOOL_LIBRARY): $(filter-out %/porting-tool/main.o,$(tool_objects))
$(TOOL_ASAN_LIBRARY): $(filter-out %/porting-tool/main.o,$(tool_asan_objects))
$(TOOL_LIBRARY) $(TOOL_ASAN_LIBRARY):
	@rm -f $@
	@$(AR) rcs $@ $^

# What is missing is named before anything is compiled.
$(BUILD)/tool-can-be-built:
	@CC='$(CC)' JSON_C_CFLAGS='$(JSON_C_CFLAGS)' LIBCLANG='$(LIBCLANG)' \
		tests/setup/install --tell make tool
	@mkdir -p $(@D) && touch $@
$(tool_objects) $(tool_asan_objects): | $(BUILD)/tool-can-be-built

$(tool_objects): $(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	$(quiet_cc)$(CC) $(CFLAGS) $(TOOL_CFLAGS) -MMD -MP -c -o $@ $<

$(tool_asan_objects): $(BUILD)/asan/%.o: %.c
	@mkdir -p $(@D)
	$(quiet_cc)$(CC) $(CFLAGS) $(TOOL_CFLAGS) $(TOOL_SANITIZE) -MMD -MP -c -o $@ $<

# The table is part of the object file.
$(BUILD)/porting-tool/kernel/kernel_names.o $(BUILD)/asan/porting-tool/kernel/kernel_names.o: \
	porting-tool/kernel/names.tab

# So are the forms of APIs, a file each.
$(BUILD)/porting-tool/kernel/forms.tab: $(sort $(wildcard porting-tool/kernel/forms/*.form))
	@mkdir -p $(@D)
	@cat $^ >$@
$(BUILD)/porting-tool/kernel/forms.o $(BUILD)/asan/porting-tool/kernel/forms.o: \
	TOOL_CFLAGS += -DFORMS_TABLE='"$(BUILD)/porting-tool/kernel/forms.tab"'
$(BUILD)/porting-tool/kernel/forms.o $(BUILD)/asan/porting-tool/kernel/forms.o: \
	$(BUILD)/porting-tool/kernel/forms.tab

-include $(tool_objects:.o=.d) $(tool_asan_objects:.o=.d)

.PHONY: install-tool
install: install-tool
install-tool: $(BUILD)/bin/migrate-vma
	install -d '$(installed)/bin' '$(installed)/share/man/man1' \
		'$(installed)/share/bash-completion/completions' \
		'$(installed)/share/zsh/site-functions'
	install -m 755 $(BUILD)/bin/migrate-vma '$(installed)/bin/'
	install -m 644 docs/man/migrate-vma.1 '$(installed)/share/man/man1/'
	install -m 644 porting-tool/completion/migrate-vma.bash \
		'$(installed)/share/bash-completion/completions/migrate-vma'
	install -m 644 porting-tool/completion/_migrate-vma \
		'$(installed)/share/zsh/site-functions/'

.PHONY: uninstall-tool
uninstall: uninstall-tool
uninstall-tool:
	rm -f '$(installed)/bin/migrate-vma' '$(installed)/share/man/man1/migrate-vma.1' \
		'$(installed)/share/bash-completion/completions/migrate-vma' \
		'$(installed)/share/zsh/site-functions/_migrate-vma'
