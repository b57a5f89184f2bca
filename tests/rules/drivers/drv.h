/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The rest of the imagined driver that the small drivers in this folder belong to.
 */
#ifndef TESTS_RULES_DRV_H
#define TESTS_RULES_DRV_H

#include <linux/errno.h>
#include <linux/gfp.h>
#include <linux/highmem.h>
#include <linux/memremap.h>
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/pagemap.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include <linux/version.h>

#define DRV_CHUNK (16 * PAGE_SIZE)
#define DRV_CHUNK_PAGES 16

enum drv_status { DRV_OK, DRV_BUSY, DRV_BROKEN };

struct drv {
	struct dev_pagemap pgmap;
	struct page *kept;
	struct page *free_pages;
	unsigned long start;
	unsigned long end;
	unsigned long moved;
	unsigned long *src;
	unsigned long *dst;
};

struct drv *drv_of_page(struct page *page);
int drv_start_copy(struct drv *drv);
int drv_copy(struct drv *drv, struct page *page, unsigned long src);
void drv_copy_in(struct drv *drv, struct migrate_vma *args);
unsigned long drv_copy_one(struct drv *drv, unsigned long src);
struct page *drv_get_locked_page(struct drv *drv);
struct page *drv_get_page(struct drv *drv);
void drv_free_page(struct drv *drv, struct page *page);
enum drv_status drv_try_copy(struct drv *drv, struct page *page, unsigned long src);
struct page *drv_find_page(struct drv *drv);
bool drv_wants(struct drv *drv, unsigned long src);
void drv_forget(struct drv *drv, unsigned long dst);
void drv_wait(struct drv *drv);
void drv_log(struct drv *drv, int error);
bool drv_next_range(struct drv *drv, unsigned long *start, unsigned long *end);

extern const struct dev_pagemap_ops drv_pgmap_ops;

#endif
