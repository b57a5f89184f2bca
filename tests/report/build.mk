# SPDX-License-Identifier: GPL-2.0-only
#
#	make report DRIVER=path/to/driver.c KEEP='text in the output that is wrong' [COMMAND=check]

COMMAND ?= port
CHECKS += check-report
.PHONY: report check-report
report: $(BUILD)/bin/migrate-vma
	@[ -n '$(DRIVER)' ] && [ -n "$$KEEP" ] || { \
		echo "usage: make report DRIVER=driver.c KEEP='text in the output that is wrong'" >&2; exit 2; }
	@tests/report/report $(BUILD) '$(COMMAND)' '$(DRIVER)' "$$KEEP"
report: export KEEP := $(value KEEP)

check-report: $(BUILD)/bin/migrate-vma
	@tests/run report tests/report/report-test.sh
