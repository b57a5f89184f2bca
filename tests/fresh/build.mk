# SPDX-License-Identifier: GPL-2.0-only

.PHONY: check-fresh
check-fresh:
	@tests/fresh/check-fresh
