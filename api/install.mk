# SPDX-License-Identifier: GPL-2.0-only
#
# Installs the reference implementation as a kit, in the layout that it has here: its
# sources, from which migrate-vma-validate builds the library of a release when it is
# wanted first; the scenario; compat header. For a scenario of one's own:
#
#	migrate-vma-library 6.1		builds lib/libmigrate.a, prints where
#	pkg-config --cflags --libs migrate-vma-6.1

api_kit = $(installed)/share/migrate-vma/kit
api_kit_folders := api/core api/host api/kernel api/program $(sort $(dir $(wildcard api/include/*/*.h \
	api/include/*/*/*.h api/stubs/*/*.h))) api/include/ api/compat
api_kit_validate := $(addprefix tests/validate/,moves.h moves-template.c scenario.c)
api_kit_examples := $(patsubst examples/%/,%,$(wildcard examples/*/))
api_kit_commands := $(addprefix tests/validate/,compile-driver link-driver validate side-by-side \
	migrate-vma-validate migrate-vma-library)
api_pc_folder = $(installed)/share/pkgconfig

.PHONY: install-kit uninstall-kit
install: install-kit
install-kit:
	for folder in $(api_kit_folders:%/=%); do \
		install -d '$(api_kit)'/$$folder || exit; \
		for file in $$folder/*.[ch]; do \
			[ ! -f $$file ] || install -m 644 $$file '$(api_kit)'/$$folder/ || exit; \
		done; \
	done
	install -d '$(api_kit)/tests/validate' '$(api_kit)/tests/proof' '$(api_pc_folder)' '$(installed)/bin' \
		$(api_kit_examples:%='$(api_kit)/examples/%') '$(installed)/share/man/man1' \
		'$(installed)/share/bash-completion/completions' '$(installed)/share/zsh/site-functions' \
		'$(installed)/share/fish/vendor_completions.d'
	install -m 644 api/build.mk api/library.mk '$(api_kit)/api/'
	install -m 644 $(api_kit_validate) '$(api_kit)/tests/validate/'
	install -m 755 $(api_kit_commands) '$(api_kit)/tests/validate/'
	install -m 644 tests/proof/trace.c tests/proof/trace.h tests/proof/compare.c '$(api_kit)/tests/proof/'
	install -m 644 examples/device-memory.h '$(api_kit)/examples/'
	for example in $(api_kit_examples); do \
		install -m 644 examples/$$example/* '$(api_kit)/examples/'$$example/ || exit; \
		moves=tests/validate/moves-$$example.c; \
		[ ! -f $$moves ] || sed 's|"../../examples/.*/|"|' $$moves \
			>'$(api_kit)/examples/'$$example/moves.c || exit; \
	done
	echo $(NEWEST) >'$(api_kit)/tests/validate/newest'
	for command in validate library; do \
		ln -sf ../share/migrate-vma/kit/tests/validate/migrate-vma-$$command \
			'$(installed)/bin/'migrate-vma-$$command || exit; \
	done
	for release in $(API_RELEASES); do \
		sed "s|@PREFIX@|$(PREFIX)|; s|@RELEASE@|$$release|" api/migrate-vma.pc.in \
			>'$(api_pc_folder)'/migrate-vma-$$release.pc || exit; \
	done
	install -m 644 docs/man/migrate-vma-validate.1 '$(installed)/share/man/man1/'
	install -m 644 tests/validate/completion/bash \
		'$(installed)/share/bash-completion/completions/migrate-vma-validate'
	install -m 644 tests/validate/completion/zsh '$(installed)/share/zsh/site-functions/_migrate-vma-validate'
	install -m 644 tests/validate/completion/fish \
		'$(installed)/share/fish/vendor_completions.d/migrate-vma-validate.fish'

uninstall: uninstall-kit
uninstall-kit:
	rm -rf '$(api_kit)'
	rm -f '$(installed)/bin/migrate-vma-validate' '$(installed)/bin/migrate-vma-library' \
		'$(api_pc_folder)'/migrate-vma-[5-9].*.pc '$(installed)/share/man/man1/migrate-vma-validate.1' \
		'$(installed)/share/bash-completion/completions/migrate-vma-validate' \
		'$(installed)/share/zsh/site-functions/_migrate-vma-validate' \
		'$(installed)/share/fish/vendor_completions.d/migrate-vma-validate.fish'
	@rmdir '$(installed)/share/migrate-vma' 2>/dev/null || :
