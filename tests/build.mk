# SPDX-License-Identifier: GPL-2.0-only
#
# Each folder of tests has a build.mk of its own that defines check-<name> and
# adds it to CHECKS.

CHECKS :=

-include $(sort $(wildcard tests/*/build.mk))

.PHONY: $(CHECKS)
check: $(CHECKS)
