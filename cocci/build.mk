# SPDX-License-Identifier: GPL-2.0-only
#
# The semantic patches:
#
#	make cocci DRIVER=FOLDER-OR-FILES [TARGET=6.1]
#				ports with spatch, and writes the patch to standard output
#	make cocci DRIVER=... APPLY=1	rewrites the files
#	make cocci DRIVER=... CHECK=1	looks for mistakes in a driver in three steps
#	make cocci-tables	writes cocci/migrate_vma/tables.py anew, from the tables
#				of migrate-vma; make check compares the two

cocci_tables := $(BUILD)/cocci/write-tables
cocci_tables_objects := $(patsubst %.c,$(BUILD)/%.o,$(wildcard cocci/tables/*.c))

$(cocci_tables_objects): $(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	$(quiet_cc)$(CC) $(CFLAGS) $(TOOL_CFLAGS) -MMD -MP -c -o $@ $<

$(cocci_tables): $(cocci_tables_objects) $(BUILD)/porting-tool/migrate-vma.a
	$(quiet_ld)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(TOOL_LIBS)

-include $(cocci_tables_objects:.o=.d)

.PHONY: cocci
cocci:
	@[ -n "$(DRIVER)" ] || { echo 'make cocci: DRIVER= says which files or folder' >&2; exit 2; }
	@tests/setup/install "make cocci" cocci >&2
	@cocci/run $(if $(TARGET),-t $(TARGET)) $(if $(APPLY),-i) $(if $(CHECK),-c) $(DRIVER)

.PHONY: cocci-tables
cocci-tables: $(cocci_tables)
	$(cocci_tables) >cocci/migrate_vma/tables.py

# The scripts and the semantic patches find each other by the folder that they are in.
cocci_share = $(installed)/share/migrate-vma/cocci
.PHONY: install-cocci uninstall-cocci
install: install-cocci
install-cocci:
	install -d '$(cocci_share)/migrate_vma'
	install -m 755 cocci/run cocci/series '$(cocci_share)/'
	install -m 644 cocci/*.cocci '$(cocci_share)/'
	install -m 644 cocci/migrate_vma/*.py '$(cocci_share)/migrate_vma/'
uninstall: uninstall-cocci
uninstall-cocci:
	rm -rf '$(cocci_share)'
	@rmdir '$(installed)/share/migrate-vma' 2>/dev/null || :
