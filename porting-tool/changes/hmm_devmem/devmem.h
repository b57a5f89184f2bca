/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Device memory by the hmm_devmem API, which ended with Linux 5.2.
 *
 * What hmm_devmem_add() did is a function of the driver's own now, and what struct hmm_devmem
 * held a struct of its own, with the same names: so its uses keep their text.
 */
#ifndef MIGRATE_VMA_DEVMEM_H
#define MIGRATE_VMA_DEVMEM_H

#include "analyse/symbols.h"
#include "changes/migrate_vma/driver.h"

/** enum devmem_member - the members of struct hmm_devmem that the new struct may have */
enum devmem_member {
	DEVMEM_DEVICE,
	DEVMEM_RESOURCE,
	DEVMEM_PFN_FIRST,
	DEVMEM_PFN_LAST,
	DEVMEM_PAGEMAP,
	DEVMEM_MEMBERS,
};

/**
 * struct devmem_operation - a function that a struct hmm_devmem_ops names
 * @function: the function
 * @symbol: its name
 * @fault: it is fault(), otherwise free()
 * @vmf: name of the new parameter of fault()
 */
struct devmem_operation {
	struct function *function;
	const struct symbol *symbol;
	bool fault;
	const char *vmf;
};

/**
 * struct devmem_designator - ".free = f" or ".fault = f"
 * @unit: the file
 * @name: the token "free" or "fault"
 * @fault: which
 */
struct devmem_designator {
	struct unit *unit;
	uint32_t name;
	bool fault;
};

/**
 * struct devmem - what is known of a driver's use of the API
 * @whole: each use of its structs and of what makes them is understood, and follows
 * @unit: the file that makes them
 * @place: the function in front of which what makes the struct is put, and the struct itself
 * @header: the header that the struct is put into, where other files use its members; or NULL
 * @above: in the header, what the struct is put in front of
 * @elsewhere: another file that needs the struct, or NULL
 * @type: tag of the new struct
 * @stem: what the new functions begin with
 * @removes: something calls hmm_devmem_remove()
 * @members: which members are used
 * @operations: the functions that get other parameters
 * @operation_count: how many
 * @designators: where they are named
 * @designator_count: how many
 * @obstacle: what is in the way, when not @whole; its unit is NULL where the API is not used
 * @why: says it
 */
struct devmem {
	bool whole;
	struct unit *unit;
	const struct node *place;
	struct unit *header;
	const struct node *above;
	const struct reference *elsewhere;
	const char *type;
	const char *stem;
	bool removes;
	bool members[DEVMEM_MEMBERS];
	struct devmem_operation *operations;
	size_t operation_count;
	struct devmem_designator *designators;
	size_t designator_count;
	struct place obstacle;
	const char *why;
};

/** devmem_find() - find out how the driver uses the API; sets @driver->devmem. */
void devmem_find(struct driver *driver);

/** devmem_fault() - the operation that a function is, where it gets a struct vm_fault, or NULL. */
const struct devmem_operation *devmem_fault(const struct driver *driver,
					    const struct function *function);

/** devmem_rewrite_operations() - the functions, their tables and the types. */
void devmem_rewrite_operations(struct driver *driver);

/** devmem_rewrite_calls() - the new struct, and what makes and removes it. */
void devmem_rewrite_calls(struct driver *driver);

/** devmem_rewrite_pages() - a page's private data, and pages of system memory. */
void devmem_rewrite_pages(struct driver *driver);

#endif
