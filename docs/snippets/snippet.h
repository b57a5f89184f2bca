/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * snippet.h - the driver that the snippets are taken from.
 *
 * The snippets are compiled, but not linked: what is declared here does not exist.
 */
#ifndef DOCS_SNIPPET_H
#define DOCS_SNIPPET_H

#include <linux/highmem.h>
#include <linux/memremap.h>
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/pagemap.h>
#include <linux/sched.h>
#include <linux/slab.h>

struct drv {
	struct dev_pagemap pagemap;
	unsigned long first_pfn;
	unsigned long nr_pages;
};

extern struct drv drv;

/* A device page, locked and with one reference, or NULL. */
struct page *drv_alloc_page(struct drv *drv);

/* Has the device copy a page, or clear @to without @from, and waits. 0 or a negative error. */
int drv_copy(struct drv *drv, struct page *to, struct page *from);

/* The device's own page tables. */
void drv_map(struct drv *drv, unsigned long addr, struct page *page);
void drv_unmap(unsigned long start, unsigned long end);

/* The page that a program has at an address. */
struct page *drv_find_page(unsigned long addr);

#endif
