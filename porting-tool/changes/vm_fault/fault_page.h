/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef MIGRATE_VMA_FAULT_PAGE_H
#define MIGRATE_VMA_FAULT_PAGE_H

#include "changes/migrate_vma/driver.h"

/**
 * fault_page_of() - the page that faulted, in a fault handler of the device
 * @unit: the file
 * @function: any function
 *
 * Return: "vmf->page" or the like for a function that gets a struct vm_fault, or the page that the
 * hmm_devmem API passed; NULL for other functions.
 */
const char *fault_page_of(const struct unit *unit, const struct node *function);

/**
 * only_for_faults() - whether nothing but fault handlers of the device gets to a function
 * @unit: the file
 * @function: the function
 *
 * Return: true for one that is static and called, directly or not, from fault handlers alone.
 */
bool only_for_faults(const struct unit *unit, const struct node *function);

/**
 * understand_fault_page() - bring the page that faulted to a call in a function below the handler
 * @driver: the driver
 * @site: a call that takes device memory back
 *
 * Since 6.1 a migration that a fault handler makes has to name the page.  Where the handler calls
 * another function for it, that function gets a parameter, and so do those between the two; other
 * callers pass NULL.  Sets @site->fault_page, and plans the changes.
 */
void understand_fault_page(struct driver *driver, struct site *site);

#endif
