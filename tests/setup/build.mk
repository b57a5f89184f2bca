# SPDX-License-Identifier: GPL-2.0-only

CHECKS += check-setup
check-setup:
	@tests/run setup tests/setup/install-test.sh
