/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * process.h - other programs and files, for tests written in C.
 */
#ifndef RUNNER_PROCESS_H
#define RUNNER_PROCESS_H

#include <stdbool.h>
#include <stddef.h>

/**
 * struct process - a program to run
 * @argv: its arguments, NULL at the end; the first is looked for in PATH
 * @call: a function to call in the new process instead
 * @folder: where it runs, or NULL: here
 * @input: file to read, or NULL for nothing; these three are relative to @folder
 * @output: file for its standard output, or NULL
 * @errors: file for its errors, or NULL; the name in @output: there as well
 * @variables: of the environment, NAME=VALUE, to add; or NULL
 * @seconds: it is killed after so many, 0: never
 */
struct process {
	char *const *argv;
	int (*call)(int argc, char **argv);
	const char *folder;
	const char *input;
	const char *output;
	const char *errors;
	char *const *variables;
	unsigned int seconds;
};

/**
 * process_run() - run it to its end
 * @process: the program
 *
 * Return: its exit status, or 128 and the signal that killed it.
 */
int process_run(const struct process *process);

/**
 * process_format() - text as printf() makes it
 * @format: as for printf()
 *
 * Return: memory for free().
 */
char *process_format(const char *format, ...) __attribute__((format(printf, 1, 2)));

/**
 * file_read() - all of a file
 * @path: its name
 * @length: set to its length, or NULL
 *
 * Return: its bytes with a 0 at the end, for free(); nothing but that if there is no such file.
 */
char *file_read(const char *path, size_t *length);

/** file_write() - make a file of so many bytes; ends the program if that fails. */
void file_write(const char *path, const char *bytes, size_t length);

/** file_exists() - whether there is a file or a folder of that name. */
bool file_exists(const char *path);

/** folder_make() - make a folder if it is not there; ends the program if that fails. */
void folder_make(const char *path);

/** folder_remove() - remove a folder with all that is in it, if it is there. */
void folder_remove(const char *path);

/**
 * folder_list() - the names in a folder, in order
 * @path: the folder
 * @names: set to an array of strings; folder_release() frees it
 *
 * Return: how many there are.
 */
int folder_list(const char *path, char ***names);

/** folder_release() - free the names from folder_list(). */
void folder_release(char **names, int count);

/** folder_copy() - copy the files of a folder into another, which is made if need be. */
void folder_copy(const char *from, const char *to);

/** folder_same() - whether two folders have the same files. */
bool folder_same(const char *one, const char *other);

#endif /* RUNNER_PROCESS_H */
