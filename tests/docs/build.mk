# SPDX-License-Identifier: GPL-2.0-only
#
# What the documentation shows can be done, and its manual pages have no
# mistakes.  The pages themselves are made and checked by `make docs`; here they
# are only if Sphinx is on this machine.

# Not part of make check: it takes minutes, or needs more packages than the others.
.PHONY: check-docs
check-docs: export DOCS_BUILD_FOLDER := $(BUILD)
check-docs: docs-ready-to-check
	@tests/run docs tests/docs/tutorial-test.sh tests/docs/pages-test.sh

.PHONY: docs-ready-to-check
docs-ready-to-check: $(BUILD)/bin/migrate-vma $(docs_objects) \
		$(firstword $(API_RELEASES:%=$(BUILD)/api/%/libmigrate.a)) \
		$(lastword $(API_RELEASES:%=$(BUILD)/api/%/libmigrate.a))
