/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef MIGRATE_VMA_OWNER_H
#define MIGRATE_VMA_OWNER_H

#include "changes/migrate_vma/driver.h"

struct setups;

/**
 * struct owner_tag - a new object whose address is an owner
 * @name: its name
 * @unit: the file it is defined in
 * @before: the definition it stands in front of
 * @exported: other files name it as well
 * @header: the header that declares it, or NULL
 */
struct owner_tag {
	const char *name;
	struct unit *unit;
	const struct node *before;
	bool exported;
	struct unit *header;
};

/**
 * struct owners - what is known of a driver's owners
 * @setups: where its dev_pagemaps are set up, each with the owner it is to get: see setup.h
 * @tags: new objects
 * @tag_count: how many
 */
struct owners {
	struct setups *setups;
	struct owner_tag *tags;
	size_t tag_count;
};

/**
 * understand_owners() - find out who owns the device memory each call deals with
 * @driver: the driver
 *
 * Since 5.7 struct dev_pagemap names an owner, and a call collects device memory of one owner
 * only.  A driver of the callback API has none: one is chosen, and set where the pagemap is.
 */
void understand_owners(struct driver *driver);

/**
 * find_owners() - choose the owners, and name them in the calls
 * @driver: the driver; @owner of each of its sites is set, or stays NULL when it is not known
 */
void find_owners(struct driver *driver);

/** plan_owners() - set the owner of each dev_pagemap, and define the new objects. */
void plan_owners(struct driver *driver);

/** site_comment() - the comments in a call's statement and directly above it, or NULL. */
const char *site_comment(const struct site *site);

/** comment_word() - what a "migrate-vma:" comment at a call says behind a key as "owner=", or NULL. */
const char *comment_word(const struct site *site, const char *key);

/**
 * owner_nameable() - whether an object's name means the same at a call
 * @driver: the driver
 * @unit: a file that uses the name
 * @at: the use
 * @site: the call
 *
 * Return: whether the name is declared at file scope in front of the call, or by a header, which
 * may be out of sight.
 */
bool owner_nameable(const struct driver *driver, const struct unit *unit, uint32_t at,
		    const struct site *site);

/** has_owner() - whether the driver sets the owner of a dev_pagemap somewhere. */
bool has_owner(const struct driver *driver);

/** has_header() - whether a header of the driver is among the files. */
bool has_header(const struct driver *driver);

/** part_has_owner() - the same for one part of the driver: see setup_part(). */
bool part_has_owner(const struct driver *driver, const struct setups *setups, size_t part);

/** several_owners() - whether the driver sets more than one, for more than one dev_pagemap. */
bool several_owners(const struct driver *driver);

/**
 * owner_by_object() - let the functions that stand for ops objects name the owner
 * @driver: the driver
 * @site: a call through a pointer that goes both ways
 *
 * 5.7 and 5.8 collect device memory when an owner is named, and else system memory.  The function
 * for each object can say so, where each object goes one way.  Changes @site then, and the objects.
 *
 * Return: whether they can.
 */
bool owner_by_object(struct driver *driver, struct site *site);

/** objects_in_file() - whether the objects for which owner_by_object() names it are in the call's file. */
bool objects_in_file(const struct driver *driver, const struct site *site);

#define EVIDENCE_LEVELS 4

/**
 * call_names_object() - whether a call has to do with an object
 * @driver: the driver
 * @site: the call
 * @unit: a file that uses the object's name
 * @at: the use
 * @level: where to look, best evidence first: 0 for the function of the call, 1 for
 *	alloc_and_copy(), 2 for all that these and finalize_and_map() call, 3 for types that lead to
 *	the object
 *
 * Return: whether it is named there.
 */
bool call_names_object(const struct driver *driver, const struct site *site,
		       const struct unit *unit, uint32_t at, int level);

/** existing_owner() - the owner that is set somewhere, if its text means the same at a call. */
const char *existing_owner(const struct driver *driver, const struct site *site);

/**
 * owner_of_type() - the owner that is set somewhere, by the name it has at a call
 * @driver: the driver
 * @site: the call
 *
 * An owner that is a pointer of some function, "pagemap->owner = card;", goes by another name
 * elsewhere: by that of the only pointer there which points to the same type.
 *
 * Return: that name, with a note that says so, or NULL.
 */
const char *owner_of_type(struct driver *driver, const struct site *site);

#endif
