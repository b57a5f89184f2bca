# SPDX-License-Identifier: GPL-2.0-only
#
# What the documentation shows can be done, and its manual pages have no
# mistakes.
#
#	make check-docs		what needs neither Sphinx nor much time
#	make check-pages	makes all pages in two locales, looks at the manual
#				pages, and installs them; and opens every page in a
#				browser
#
# check-pages is not part of make check: it takes minutes and more packages.

CHECKS += check-docs
.PHONY: check-pages
check-docs check-pages: export DOCS_BUILD_FOLDER := $(BUILD)
check-docs check-pages: export DOCS_EXAMPLES := $(EXAMPLES)
check-docs: docs-ready-to-check
	@tests/run docs tests/docs/tutorial-test.sh tests/docs/text-test.sh

check-pages:
	@tests/setup/install "make check-pages" demo check docs pages
	@$(MAKE) --silent docs-pages docs-ready-to-check
	@TEST_TIMEOUT=3600 tests/run pages tests/docs/browser-test.sh tests/docs/pages-test.sh

.PHONY: docs-ready-to-check
docs-ready-to-check: $(BUILD)/bin/migrate-vma $(docs_objects) $(docs_scenario_program) \
		$(firstword $(API_RELEASES:%=$(BUILD)/api/%/libmigrate.a)) \
		$(lastword $(API_RELEASES:%=$(BUILD)/api/%/libmigrate.a))
