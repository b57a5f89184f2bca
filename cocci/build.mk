# SPDX-License-Identifier: GPL-2.0-only
#
# The semantic patches:
#
#	make cocci DRIVER=path/to/driver/ [TARGET=6.1]	see cocci/run
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

.PHONY: cocci-tables
cocci-tables: $(cocci_tables)
	$(cocci_tables) >cocci/migrate_vma/tables.py
