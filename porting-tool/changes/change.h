/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What `port` knows of one API that the kernel changed.
 *
 * Each folder here is one such API.  To add one, write its struct change and name it in changes.c.
 */
#ifndef MIGRATE_VMA_CHANGE_H
#define MIGRATE_VMA_CHANGE_H

#include "changes/migrate_vma/driver.h"

/**
 * struct change - one API
 * @find: note the uses of the API in the driver, or block the port and say why
 * @decide: find out what each use becomes; makes no edits
 * @rewrite: make the edits
 * @left: name what stays for a person; called also where the files stay as they are
 *
 * Each may be NULL.  Each is called for all APIs, in the order of changes.c, before the next one is.
 */
struct change {
	void (*find)(struct driver *driver);
	void (*decide)(struct driver *driver);
	void (*rewrite)(struct driver *driver);
	void (*left)(struct driver *driver);
};

/** changes_find() - find the uses of all APIs, and decide; @driver->blocked says how that went. */
void changes_find(struct driver *driver);

/** changes_rewrite() - make the edits of all of them. */
void changes_rewrite(struct driver *driver);

/** changes_left() - name what is left of all of them. */
void changes_left(struct driver *driver);

#endif
