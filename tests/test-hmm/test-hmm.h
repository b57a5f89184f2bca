/* SPDX-License-Identifier: GPL-2.0-only */
/* test-hmm.h - what the tests of upstream's driver share */
#ifndef TEST_HMM_H
#define TEST_HMM_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "program.h"
#include "test_hmm_uapi.h"

#pragma GCC diagnostic ignored "-Wunused-parameter"	/* every test takes a state */

#define PAGE		PROGRAM_PAGE_SIZE
#define READ_WRITE	(PROGRAM_READ | PROGRAM_WRITE)

extern struct program *program;
extern int device[2];

/* A request to one of the two devices, for @pages pages from @addr on. */
int request(int which, unsigned int request, unsigned long addr, unsigned long pages);

/* Numbers in the middle of each page, which depend on @salt. */
void store_pages_of(struct program *p, unsigned long addr, unsigned long pages, unsigned int salt);
void store_pages(unsigned long addr, unsigned long pages, unsigned int salt);
void expect_pages_of(struct program *p, unsigned long addr, unsigned long pages, unsigned int salt);
void expect_pages(unsigned long addr, unsigned long pages, unsigned int salt);

/* The same numbers in what the device gave back at the last request. */
void expect_mirror(unsigned long pages, unsigned int salt);
void expect_where(unsigned long addr, enum program_page where);

/* The tests of huge.c */
#ifdef HMM_DMIRROR_FLAGS
void a_huge_page_moves_as_one_and_comes_back_as_one(void **state);
void an_untouched_huge_range_is_filled_as_one(void **state);
void a_huge_page_moves_in_pieces_when_the_device_has_no_large_room(void **state);
void an_untouched_huge_range_is_filled_in_pieces(void **state);
void a_huge_page_comes_back_in_pieces_when_memory_is_short(void **state);
void a_huge_page_on_the_device_is_unmapped_in_part(void **state);
void a_huge_page_on_the_device_is_shared_with_a_child(void **state);
void closing_the_device_evicts_huge_pages(void **state);
#endif

#endif
