# SPDX-License-Identifier: GPL-2.0-only
#
# The kernel's own drivers, brought to each later release and compared with what upstream made of
# them.  Their sources are downloaded from Debian, so this is no part of `make check`.
#
#	make check-upgrade

.PHONY: check-upgrade
check-upgrade: export MIGRATE_VMA := $(CURDIR)/$(BUILD)/bin/migrate-vma
check-upgrade: export REAL_USERS := $(CURDIR)/$(BUILD)/real-users
check-upgrade: $(BUILD)/bin/migrate-vma
	@TEST_TIMEOUT=3600 tests/run upgrade tests/upgrade/linux-test.sh
