/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * shape.h - the files of a shape; tests/shapes/run says which there are.
 */
#ifndef SHAPES_SHAPE_H
#define SHAPES_SHAPE_H

#include <stdbool.h>
#include <stdio.h>

#define SHAPES_FOLDER		"tests/shapes"
#define SHAPE_RELEASES_MAX	32

/**
 * struct shape - a folder of tests/shapes
 * @name: of the folder
 * @folder: path of it, from the root
 * @releases: those that it is tested with, the newest last
 * @count: how many
 */
struct shape {
	const char *name;
	char *folder;
	char *releases[SHAPE_RELEASES_MAX];
	int count;
};

/**
 * shape_find() - look at a shape
 * @shape: set to what there is; shape_release() frees it
 * @name: of its folder
 *
 * Return: whether there is one of that name.
 */
bool shape_find(struct shape *shape, const char *name);

/** shape_release() - free what shape_find() has made. */
void shape_release(struct shape *shape);

/**
 * shape_setting() - what the file expect says
 * @shape: the shape
 * @release: for this release
 * @word: the line that begins with this word
 *
 * Return: the rest of the line, for free(), or NULL.
 */
char *shape_setting(const struct shape *shape, const char *release, const char *word);

/**
 * shape_diagnostics() - the diagnostics that the file expect asks for, as file:line severity rule
 * @shape: the shape
 * @release: for this release
 *
 * Return: one a line, in order, for free().
 */
char *shape_diagnostics(const struct shape *shape, const char *release);

/** shape_diagnostics_order() - put lines of diagnostics into order; frees @text. */
char *shape_diagnostics_order(char *text);

/** shape_put_before() - write the driver as it is before the port into a folder. */
void shape_put_before(const struct shape *shape, const char *folder);

/**
 * shape_put_expected() - write what the driver is to become
 * @shape: the shape
 * @release: for this release
 * @folder: a folder that is made
 *
 * Return: whether the patch for the release fits.
 */
bool shape_put_expected(const struct shape *shape, const char *release, const char *folder);

/**
 * shape_keep() - expect something else from now on
 * @shape: the shape
 * @folder: a folder to work in; RELEASE in it has the files that are expected for that release.
 *	Those of other releases stay as they are.
 *
 * Return: whether all files are written.
 */
bool shape_keep(const struct shape *shape, const char *folder);

/**
 * shape_test() - port a shape to a release and look at everything
 * @shape: the shape
 * @release: the release
 * @folder: a folder to work in; absolute, and the same for all releases of the shape
 * @said: what there is to say about a failure goes here
 *
 * Return: whether all is as it should be.
 */
bool shape_test(const struct shape *shape, const char *release, const char *folder, FILE *said);

#endif /* SHAPES_SHAPE_H */
