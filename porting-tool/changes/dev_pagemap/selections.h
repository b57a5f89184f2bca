/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the migrations of a driver in three steps select, when they come from 5.4 to 5.6.
 */
#ifndef MIGRATE_VMA_SELECTIONS_H
#define MIGRATE_VMA_SELECTIONS_H

#include "changes/vm_fault/three_steps.h"

/**
 * struct selection - a first step that is to say what it collects
 * @step: the call
 * @direction: where it moves pages
 * @owner: text of the owner, or NULL where none is needed
 * @next: the next of the driver
 */
struct selection {
	struct fault_step step;
	enum direction direction;
	const char *owner;
	struct selection *next;
};

/**
 * understand_selections() - find the first steps that say nothing of it, in a driver where none does
 * @driver: the driver; @selections and @owners are set
 *
 * Until 5.6 migrate_vma_setup() collected all pages, as migrate_vma() did.
 */
void understand_selections(struct driver *driver);

#endif
