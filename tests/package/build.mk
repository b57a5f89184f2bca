# SPDX-License-Identifier: GPL-2.0-only
#
#	make package		.deb packages of the tool, the development kit and, after
#				make docs, the pages: in $(BUILD)/package
#	make check-package	installs them on a bare Debian 12 and 13 (as root), and runs there
#				what debian/tests has, from an empty folder
#
# SUITES="bookworm trixie" are Debian 12 and 13; packages are for the one they are made on, and later.

.PHONY: package check-package
package:
	@tests/setup/install "make package" tool package
	@tests/package/make-packages $(BUILD)

check-package: package
	@tests/package/check-package $(SUITES)
