/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Where a driver's dev_pagemaps become device private memory.
 */
#ifndef MIGRATE_VMA_SETUP_H
#define MIGRATE_VMA_SETUP_H

#include "changes/migrate_vma/driver.h"

/**
 * enum setup_form - how the type of a dev_pagemap is set
 * @SETUP_STATEMENT: "p->type = MEMORY_DEVICE_PRIVATE;", or from a variable that holds that
 * @SETUP_DESIGNATED: ".type = MEMORY_DEVICE_PRIVATE" in braces
 * @SETUP_DEVMEM: by hmm_devmem_add(), in whose place a function of the driver comes
 * @SETUP_UNKNOWN: some other way, so that nothing can be added beside it
 */
enum setup_form { SETUP_STATEMENT, SETUP_DESIGNATED, SETUP_DEVMEM, SETUP_UNKNOWN };

/**
 * struct setup - one place that sets the type of a dev_pagemap
 * @form: how
 * @unit: the file
 * @statement: the statement, but for SETUP_UNKNOWN
 * @type: the token "type"; for SETUP_UNKNOWN the token that is to be shown
 * @base: the first token of what stands in front of ".type"
 * @last: the last token of the value
 * @part: the part of the driver it is in: see setup_part()
 * @owner: text of the owner that is set beside it, once it is chosen; or NULL
 * @macro: for SETUP_UNKNOWN the macro whose text sets it, or NULL
 */
struct setup {
	enum setup_form form;
	struct unit *unit;
	struct node *statement;
	uint32_t type;
	uint32_t base;
	uint32_t last;
	size_t part;
	const char *owner;
	const char *macro;
};

/**
 * struct setups - all of them
 * @list: the places, in no order
 * @count: how many
 * @capacity: room in @list
 * @parts: for each file the part of the driver it is in
 */
struct setups {
	struct setup *list;
	size_t count;
	size_t capacity;
	size_t *parts;
};

/** setups_find() - find them; MEMORY_DEVICE_PRIVATE is followed through variables and parameters. */
struct setups *setups_find(struct driver *driver);

/** setup_part() - the part of a driver that a file is in: files that use each other's names. */
size_t setup_part(const struct driver *driver, const struct setups *setups,
		  const struct unit *unit);

#endif
