# SPDX-License-Identifier: GPL-2.0-only

# SUITES="bookworm trixie" are Debian 12 and 13.
.PHONY: check-fresh
check-fresh:
	@tests/fresh/check-fresh $(SUITES)
