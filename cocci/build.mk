# SPDX-License-Identifier: GPL-2.0-only
#
# The semantic patches:
#
#	make cocci DRIVER=FOLDER-OR-FILES [TARGET=6.1]
#				applies them oldest first, and writes a patch to standard output
#	make cocci DRIVER=... APPLY=1	rewrites the files
#	make cocci DRIVER=... CHECK=1	looks for mistakes in a driver in three steps

.PHONY: cocci
cocci:
	@[ -n "$(DRIVER)" ] || { echo 'make cocci: DRIVER= says which files or folder' >&2; exit 2; }
	@tests/setup/install "make cocci" cocci >&2
	@cocci/series $(if $(TARGET),-t $(TARGET)) $(if $(APPLY),-i) $(if $(CHECK),-c) $(DRIVER)

cocci_share = $(installed)/share/migrate-vma/cocci
.PHONY: install-cocci uninstall-cocci
install: install-cocci
install-cocci:
	install -d '$(cocci_share)/check'
	install -m 755 cocci/series '$(cocci_share)/'
	install -m 644 cocci/*.cocci '$(cocci_share)/'
	install -m 644 cocci/check/*.cocci '$(cocci_share)/check/'
uninstall: uninstall-cocci
uninstall-cocci:
	rm -rf '$(cocci_share)'
	@rmdir '$(installed)/share/migrate-vma' 2>/dev/null || :
