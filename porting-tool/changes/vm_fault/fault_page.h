/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The page that faulted.
 *
 * Since 6.1 a migration that a fault handler makes has to name the page.  Where the handler calls
 * another function for it, that function gets a parameter, and so do those between the two; other
 * callers pass NULL.
 */
#ifndef MIGRATE_VMA_FAULT_PAGE_H
#define MIGRATE_VMA_FAULT_PAGE_H

#include "analyse/callers.h"
#include "changes/migrate_vma/driver.h"

/**
 * struct faults - what is known of a driver's fault handlers
 * @by_device: for each node of the call graph whether a fault of device memory may get there
 * @by_mapping: the same for faults of mappings of the driver's own, where there is no device page
 * @gets_page: for each function of the program whether it gets the page as a parameter
 * @steps: the first steps of a driver in three steps that are to set it
 * @unseen: where a migrate_to_ram() is set that is in none of the files, or NULL
 */
struct faults {
	bool *by_device;
	bool *by_mapping;
	bool *gets_page;
	struct fault_step *steps;
	const struct reference *unseen;
};

/** understand_faults() - find the fault handlers, and what they get to; sets @driver->faults. */
void understand_faults(struct driver *driver);

/**
 * fault_page_of() - the page that faulted, in a fault handler of the device
 * @driver: the driver
 * @function: any function
 *
 * Return: "vmf->page" or the like for a function that gets a struct vm_fault, or the page that the
 * hmm_devmem API passed; NULL for other functions.
 */
const char *fault_page_of(const struct driver *driver, const struct function *function);

/**
 * only_for_faults() - whether nothing but fault handlers of the device gets to a function
 * @driver: the driver
 * @function: the function
 *
 * Return: true for one that is static and called, directly or not, from fault handlers alone.
 */
bool only_for_faults(struct driver *driver, const struct function *function);

/**
 * understand_fault_page() - find out how the page that faulted comes to a call below the handler
 * @driver: the driver
 * @site: a call that takes device memory back
 *
 * Sets @site->fault_page, and marks the functions that get a parameter.
 */
void understand_fault_page(struct driver *driver, struct site *site);

/**
 * page_for_setup() - find out how the page that faulted comes to a driver's own first step
 * @driver: the driver
 * @function: the function that calls migrate_vma_setup()
 * @token: the name in that call
 *
 * Marks the functions that get a parameter; warns where one of them cannot.
 *
 * Return: what the page is called there, or NULL where no fault handler is seen to get there.
 */
const char *page_for_setup(struct driver *driver, struct function *function, uint32_t token);

/**
 * next_unread() - walk over the places where the arms of #if that are not read have a name
 * @unit: the file
 * @name: the name
 * @at: the token to begin at, among all; moved behind the place
 * @close: set to the ")" of the parameter list when it is the head of a function or a prototype
 *	there, else to 0
 *
 * Return: whether there is one.
 */
bool next_unread(const struct unit *unit, const char *name, size_t *at, size_t *close);

/** plan_fault_pages() - give the functions that are marked the parameter, and their callers. */
void plan_fault_pages(struct driver *driver);

/** understand_three_step_faults() - find the first steps that faults get to, and mark functions. */
void understand_three_step_faults(struct driver *driver);

/** rewrite_three_step_faults() - set fault_page in drivers that have the three steps already. */
void rewrite_three_step_faults(struct driver *driver);

/** rewrite_fault_locks() - take out a handler's lock of the page, which is locked since 6.15. */
void rewrite_fault_locks(struct driver *driver);

#endif
