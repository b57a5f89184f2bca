# SPDX-License-Identifier: GPL-2.0-only

CHECKS += check-runner
check-runner:
	@tests/run runner tests/runner/runner-test.sh
