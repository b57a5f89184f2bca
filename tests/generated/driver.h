/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * driver.h - a generated driver: what it is made of, and how it is written.
 *
 * A driver has groups, each an ops object with its callbacks and the sites that use it, and each
 * site is a function with one call of migrate_vma().  The last group belongs to the fault handler.
 */
#ifndef GENERATED_DRIVER_H
#define GENERATED_DRIVER_H

#include <stdbool.h>

#include "choices.h"
#include "text.h"

#define GROUPS_MAX	4
#define SITES_MAX	3
#define NAME_SIZE	48

struct group;

/**
 * struct site - a function with a call
 * @group: whose ops object it uses
 * @name: of the function
 * @number: counts the sites of the driver
 * @fault: it is the fault handler of the device memory
 * @one_page: its arrays have room for one page
 * @max_pages: how many pages one call moves at most; the site itself takes any number if it loops
 * @result: the expression the call's value goes to
 * @frame: and what follows: options of the dimensions of these names
 */
struct site {
	struct group *group;
	char name[NAME_SIZE];
	unsigned int number;
	bool fault;
	bool one_page;
	unsigned long max_pages;
	const char *result;
	int frame, context, nest, line, test, answer, leave, result_kind, arrays, range, limit, vma;
	int between, locals;
	int read_back, error_test, passed, driver_guard;
};

/**
 * struct group - an ops object, its callbacks and its sites
 * @number: counts the groups of the driver
 * @fault: its only site is the fault handler
 * @object_name: of the ops object
 * @other_name: of a second object with the same callback for the copies
 * @alloc_name: of the callback alloc_and_copy
 * @finalize_name: of the callback finalize_and_map
 * @wrapper_name: of the function around migrate_vma()
 * @site: the sites
 * @plain_error: MIGRATE_PFN_ERROR is used for one page at a time and tested where that shows
 * @direction: and what follows: options of the dimensions of these names
 */
struct group {
	unsigned int number;
	bool fault;
	char object_name[NAME_SIZE];
	char other_name[NAME_SIZE];
	char alloc_name[NAME_SIZE];
	char finalize_name[NAME_SIZE];
	char wrapper_name[NAME_SIZE];
	struct site site[SITES_MAX];
	unsigned int site_count;
	bool plain_error;
	int direction, object, comma, reach, private, access, linkage, names, walk, exit, work;
	int finalize, error, error_form, device_flag, locked_flag, doubt, elsewhere, evidence;
};

/**
 * struct driver - all of it
 * @choices: by which it was made
 * @name: prefix of its names
 * @group: the groups
 * @owner: and what follows: options of the dimensions of these names
 */
struct driver {
	struct choices *choices;
	const char *name;
	struct group group[GROUPS_MAX];
	unsigned int group_count;
	int owner, guard, dual, taken, decoy, fault, either, files, sizes, errors, refused;
};

#define FILES_MAX	4

/**
 * struct file - a file of a driver
 * @name: below the folder of the driver; "../away/" stands before that of a header out of sight
 * @text: what is in it
 */
struct file {
	char name[NAME_SIZE];
	struct text text;
};

/**
 * struct files - all files of a driver
 * @file: the files, the first is driver.c
 * @count: how many
 * @given: what is given to migrate-vma: "" for the folder, or one file
 */
struct files {
	struct file file[FILES_MAX];
	unsigned int count;
	const char *given;
};

/* Fills in a driver by its seed. */
void driver_choose(struct driver *driver, struct choices *choices);

/* Sets how @text is laid out, by the choices of the driver. */
void driver_layout(const struct driver *driver, struct text *text);

/* Writes the whole driver. */
void driver_write(const struct driver *driver, struct files *files);

/* Gives back the memory of the files. */
void files_release(struct files *files);

/* Writes the callbacks of a group and its ops object; @header is NULL or the driver's header. */
void group_write(const struct driver *driver, const struct group *group, struct text *text,
		 struct text *header);

/* Writes the types and variables that all of the driver uses. */
void types_write(const struct driver *driver, struct text *text);

/* Writes what stands between an ops object and the calls that use it. */
void reach_write(const struct group *group, struct text *text);

/* Writes a function that calls a callback by itself. */
void elsewhere_write(const struct group *group, struct text *text);

/* Writes the callback API and the three steps side by side; the header is NULL or has a part. */
void two_apis_write(const struct driver *driver, struct text *text, struct text *header);

/* Writes what fills in the dev_pagemap before anything uses it. */
void pagemap_helper_write(const struct driver *driver, struct text *text);

/* Writes the statements that fill in the dev_pagemap. */
void pagemap_write(const struct driver *driver, struct text *text);

/* Writes another driver, which has device memory of its own. */
void neighbour_write(struct text *text);

/* Writes names that a port could want for itself, and text that only looks like a use. */
void names_write(const struct driver *driver, struct text *text);

/* Writes a site: a function. */
void site_write(const struct driver *driver, const struct site *site, struct text *text);

/* Writes a function that goes either way, to the device or back. */
void either_write(const struct driver *driver, struct text *text);

/* Writes what migrate-vma refuses, and with it the whole driver; nothing at all for most. */
void refused_write(const struct driver *driver, struct text *text);

/* How many pages either_write()'s function takes, 0 if there is no such function. */
unsigned long either_pages(const struct driver *driver);

/* Writes the statement with the call, and what looks at its value. */
void statement_write(const struct site *site, struct text *text, const char *const arguments[7]);

/* The test of a site for @value, in @room, which is returned. */
const char *statement_test(const struct site *site, const char *value, char *room, size_t size);

/* Writes what the statement is the body of.  Return: how much deeper it is then. */
int place_write_nest(const struct site *site, struct text *text);

/* Writes what has to follow the statement then. */
void place_write_end(const struct site *site, struct text *text);

/* Sets what is on the line of the call; @tail has room for it. */
void place_write_line(const struct site *site, struct text *text, char *tail, size_t size);

/* Writes the ops object that stands at the beginning of a function. */
void object_write(const struct group *group, struct text *text, const char *name,
		  const char *finalize);

/* Writes the ops objects of a group. */
void objects_write(const struct group *group, struct text *text);

/* Whether the call has been made and has succeeded for sure behind the statement. */
bool statement_succeeded(const struct site *site);

/* Whether the statement is one to C, so that it can be the body of an "if" without braces. */
bool statement_is_one(const struct site *site);

/* Whether the line with the call ends the statement. */
bool statement_is_line(const struct site *site);

/* Whether there is a loop in the statement itself. */
bool statement_loops(const struct site *site);

/* Whether the function ends with the statement. */
bool statement_returns(const struct site *site);

/* Whether the statement needs @result. */
bool statement_uses_result(const struct site *site);

#endif /* GENERATED_DRIVER_H */
