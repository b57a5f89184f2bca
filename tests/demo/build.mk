# SPDX-License-Identifier: GPL-2.0-only
#
#	make demo [EXAMPLE=chunked-to-device]

EXAMPLE ?= cpu-fault
demo_release := $(lastword $(API_RELEASES))
demo_traces := $(BUILD)/proof/$(EXAMPLE)

.PHONY: demo
# The sub-make looks again for what the set-up may just have installed.
demo:
	@case " $(EXAMPLES) " in *" $(EXAMPLE) "*) ;; *) \
		echo 'there is no example "$(EXAMPLE)"; there are: $(EXAMPLES)' >&2; exit 2 ;; esac
	@tests/setup/install "make demo" demo
	@echo 'Building the tool, the reference implementation and the example ...'
	@$(MAKE) --silent $(check_jobs) $(BUILD)/bin/migrate-vma $(BUILD)/proof/compare \
		$(demo_traces)/$(firstword $(API_RELEASES))/callback \
		$(demo_traces)/$(demo_release)/ported $(if $(wildcard tests/proof/by-hand/$(EXAMPLE).c),\
			$(demo_traces)/$(demo_release)/by-hand)
	@tests/demo/demo $(BUILD) $(EXAMPLE) $(demo_release)
