/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Looking into a file without keeping it.
 */
#ifndef MIGRATE_VMA_FIND_SEARCH_H
#define MIGRATE_VMA_FIND_SEARCH_H

/**
 * struct search - what one thread needs to look into files
 * @buffer: where a file is read to, piece by piece
 */
struct search {
	char *buffer;
};

/**
 * enum search_result - what a look into a file showed
 * @SEARCH_NOTHING: the file does not mention the API
 * @SEARCH_FOUND: it does
 * @SEARCH_FAILED: it could not be read; errno says why
 */
enum search_result { SEARCH_NOTHING, SEARCH_FOUND, SEARCH_FAILED };

/** search_begin() - get ready; to be given to search_end(). */
void search_begin(struct search *search);

/**
 * search_mentions() - look whether a file mentions the API
 * @search: this thread's buffer
 * @file: descriptor, read from where it stands
 */
enum search_result search_mentions(struct search *search, int file);

/** search_end() - give the buffer back. */
void search_end(struct search *search);

#endif
