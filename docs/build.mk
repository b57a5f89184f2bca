# SPDX-License-Identifier: GPL-2.0-only
#
# The documentation:
#
#	make docs	the pages, in $(BUILD)/docs/html, and the manual pages, in
#			$(BUILD)/docs/man; installs what it needs first
#
# Every C file that a page shows is compiled here first, for the release that
# its folder or this file says; the extensions in docs/extensions see to it that
# no other is shown.

docs := $(BUILD)/docs
docs_html := $(docs)/html
docs_man := $(docs)/man
docs_doctrees := $(docs)/doctrees
docs_newest := $(lastword $(API_RELEASES))

# Snippets: docs/snippets/RELEASE/NAME.c; those of scenarios in docs/snippets/scenario.
docs_snippets := $(wildcard docs/snippets/[1-9]*/*.c)
docs_flags = -Werror -Wno-unused-function -iquote . -iquote examples -Idocs/snippets -MMD -MP

# $(call docs_compiled,SOURCES,RELEASE)
define docs_compiled
docs_objects += $(patsubst %.c,$(docs)/compiled/%.o,$(1))
$(patsubst %.c,$(docs)/compiled/%.o,$(1)): $(docs)/compiled/%.o: %.c
	@mkdir -p $$(@D)
	$$(quiet_cc)$$(CC) $$(call API_DRIVER_FLAGS,$(2)) $(docs_flags) -c -o $$@ $$<
endef

docs_objects :=
$(foreach release,$(sort $(patsubst docs/snippets/%/,%,$(dir $(docs_snippets)))),\
	$(eval $(call docs_compiled,$(filter docs/snippets/$(release)/%,$(docs_snippets)),$(release))))
$(eval $(call docs_compiled,$(wildcard examples/*/callback.c docs/tutorial/driver.c),$(firstword $(API_RELEASES))))
$(eval $(call docs_compiled,$(wildcard examples/*/three-step.c examples/*/device-range.c),$(docs_newest)))

# Shapes of drivers that the guides show.
docs_shapes := call-in-if call-value-ignored ops-chosen-by-if ops-parameter-of-exported-wrapper \
	callback-called-directly private-null-selects-direction words-error-in-loop \
	words-error-seen-by-finalize flag-device range-not-aligned
docs_flags += -iquote tests/shapes
$(eval $(call docs_compiled,$(docs_shapes:%=tests/shapes/%/before.c),$(firstword $(API_RELEASES))))
$(eval $(call docs_compiled,$(docs_shapes:%=tests/shapes/%/after.c),$(docs_newest)))

docs_scenarios := $(patsubst %.c,$(docs)/compiled/%.o,$(wildcard docs/tutorial/scenario.c docs/tutorial/plain-pointers.c \
	docs/snippets/scenario/*.c))
docs_objects += $(docs_scenarios)
$(docs_scenarios): $(docs)/compiled/%.o: %.c
	@mkdir -p $(@D)
	$(quiet_cc)$(CC) $(API_PROGRAM_FLAGS) -Werror -Idocs/tutorial -Iexamples/cpu-fault -MMD -MP -c -o $@ $<

docs_moves := $(addprefix $(docs)/compiled/,tests/validate/moves-cpu-fault.o docs/tutorial/moves.o \
	examples/pci-copy-engine/moves.o)
docs_objects += $(docs_moves)
$(docs_moves): $(docs)/compiled/%.o: %.c
	@mkdir -p $(@D)
	$(quiet_cc)$(CC) $(API_PROGRAM_FLAGS) -Werror -iquote tests/validate -MMD -MP -c -o $@ $<
-include $(docs_objects:.o=.d)

# The snippets of scenarios are run, too, by tests/docs.
docs_scenario_program := $(docs)/scenario-snippets
$(docs_scenario_program): $(patsubst %.c,$(docs)/compiled/%.o,$(wildcard docs/snippets/scenario/*.c)) \
		$(docs)/compiled/examples/cpu-fault/three-step.o $(BUILD)/api/$(docs_newest)/libmigrate.a
	$(quiet_ld)$(CC) -o $@ $^

# Sphinx reads everything again each time: the pages are made of other files' contents.
docs_sphinx = DOCS_BUILD=$(abspath $(BUILD)) CC='$(CC)' \
	DOCS_DRIVER_FLAGS='$(call API_DRIVER_FLAGS,$(docs_newest))' \
	DOCS_VERSION=$$($(BUILD)/bin/migrate-vma --version | sed 's/.* //') \
	PYTHONDONTWRITEBYTECODE=1 sphinx-build -q -n -W --keep-going -d $(docs_doctrees)

.PHONY: docs docs-pages docs-man docs-ready
# The sub-make looks again for what the set-up may just have installed.
docs:
	@tests/setup/install "make docs" demo docs
	@echo 'Compiling what the pages show ...'
	@$(MAKE) --silent $(check_jobs) docs-ready
	@echo 'Making the pages ...'
	@$(MAKE) --silent docs-pages docs-man
	@echo 'The pages are in $(docs_html)/index.html, the manual pages in $(docs_man).'

# In a clone of its own, as the test does it.
.PHONY: docs-tutorial
docs-tutorial: $(BUILD)/bin/migrate-vma
	@rm -rf $(docs)/tutorial && mkdir -p $(docs)/tutorial && git init -q $(docs)/tutorial
	@ln -s $(addprefix $(CURDIR)/,Makefile api docs examples porting-tool tests) $(docs)/tutorial/
	@ln -s $(abspath $(BUILD)) $(docs)/tutorial/build
	@cd $(docs)/tutorial && docs/transcript docs/tutorial.rst >now.rst
	@cp $(docs)/tutorial/now.rst docs/tutorial.rst

docs-ready: $(BUILD)/bin/migrate-vma $(docs_objects) \
		$(API_RELEASES:%=$(BUILD)/api/%/libmigrate.a)

docs-pages: docs-ready
	@$(docs_sphinx) -E -a -b html docs $(docs_html)

# Written from what was read for the pages.
docs-man: docs-pages
	@$(docs_sphinx) -b man docs $(docs_man)

# The pages need Sphinx; without it only the commands' manual pages are installed.
docs_installed = $(installed)/share/doc/migrate-vma
.PHONY: install-docs
install: install-docs
install-docs:
	@if ls $(docs_man)/*.9 >/dev/null 2>&1; then \
		for section in 3 9; do \
			install -d '$(installed)/share/man/man'$$section && \
			install -m 644 $(docs_man)/*.$$section '$(installed)/share/man/man'$$section/ || exit; \
		done; \
		install -d '$(docs_installed)' && cp -r $(docs_html) '$(docs_installed)/'; \
	else \
		echo 'The pages and the manual pages of the functions are installed after make docs only.'; \
	fi

# The names are those of docs/reference/functions, so that this works in a clone
# without pages, too.
# Those of scenarios are in section 3, see conf.py.
docs_functions := $(filter-out index,$(patsubst docs/reference/functions/%.rst,%,\
	$(wildcard docs/reference/functions/*.rst)))
.PHONY: uninstall-docs
uninstall: uninstall-docs
uninstall-docs:
	@cd '$(installed)/share/man' 2>/dev/null && \
		rm -f $(docs_functions:%=man3/%.3) $(docs_functions:%=man9/%.9) || :
	@rm -rf '$(docs_installed)/html'
	@rmdir '$(docs_installed)' 2>/dev/null || :
