# SPDX-License-Identifier: GPL-2.0-only

CHECKS += check-repository
check-repository: all
	@tests/run repository tests/repository/files-test.sh tests/repository/make-test.sh
