// SPDX-License-Identifier: GPL-2.0-only
#include "process.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static void die(const char *what)
{
	perror(what);
	exit(2);
}

static void redirect(const char *path, int flags, int to)
{
	int file = open(path ? path : "/dev/null", flags, 0666);

	if (file < 0 || dup2(file, to) < 0)
		die(path);
	close(file);
}

static void become(const struct process *process)
{
	const int made = O_WRONLY | O_CREAT | O_TRUNC;
	char *const *variable;
	int argc = 0;

	if (process->folder && chdir(process->folder))
		die(process->folder);
	redirect(process->input, O_RDONLY, 0);
	redirect(process->output, made, 1);
	if (process->errors && process->output && !strcmp(process->errors, process->output))
		dup2(1, 2);
	else
		redirect(process->errors, made, 2);
	for (variable = process->variables; variable && *variable; variable++)
		putenv(*variable);
	/* It outlives exec: nothing else has to watch the time. */
	alarm(process->seconds);
	while (process->argv[argc])
		argc++;
	if (process->call)
		exit(process->call(argc, (char **)process->argv));
	execvp(process->argv[0], process->argv);
	die(process->argv[0]);
}

int process_run(const struct process *process)
{
	int status;
	pid_t child;

	fflush(NULL);
	child = fork();
	if (child < 0)
		die("fork");
	if (!child)
		become(process);
	while (waitpid(child, &status, 0) < 0)
		if (errno != EINTR)
			die("waitpid");
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

char *process_format(const char *format, ...)
{
	va_list values;
	char *text;

	va_start(values, format);
	if (vasprintf(&text, format, values) < 0)
		die("memory");
	va_end(values);
	return text;
}

char *file_read(const char *path, size_t *length)
{
	FILE *file = fopen(path, "rb");
	char *bytes = NULL;
	size_t size = 0, got, room = 0;

	do {
		if (size + 16384 > room) {
			room = 2 * room + 32768;
			bytes = realloc(bytes, room);
			if (!bytes)
				die("memory");
		}
		got = file ? fread(bytes + size, 1, room - size - 1, file) : 0;
		size += got;
	} while (got);
	bytes[size] = '\0';
	if (file)
		fclose(file);
	if (length)
		*length = size;
	return bytes;
}

void file_write(const char *path, const char *bytes, size_t length)
{
	FILE *file = fopen(path, "wb");

	if (!file || fwrite(bytes, 1, length, file) != length || fclose(file))
		die(path);
}

bool file_exists(const char *path)
{
	return !access(path, F_OK);
}

void folder_make(const char *path)
{
	if (mkdir(path, 0777) && errno != EEXIST)
		die(path);
}

static int remove_entry(const char *path, const struct stat *status, int type, struct FTW *walk)
{
	(void)status;
	(void)type;
	(void)walk;
	return remove(path);
}

void folder_remove(const char *path)
{
	nftw(path, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
}

int folder_list(const char *path, char ***names)
{
	DIR *folder = opendir(path);
	struct dirent *entry;
	int count = 0, i;

	*names = NULL;
	while (folder && (entry = readdir(folder))) {
		if (entry->d_name[0] == '.')
			continue;
		*names = realloc(*names, (size_t)(count + 1) * sizeof(**names));
		/* Few enough, and nearly in order, for insertion. */
		for (i = count++; i > 0 && strcmp((*names)[i - 1], entry->d_name) > 0; i--)
			(*names)[i] = (*names)[i - 1];
		(*names)[i] = strdup(entry->d_name);
	}
	if (folder)
		closedir(folder);
	return count;
}

void folder_release(char **names, int count)
{
	while (count-- > 0)
		free(names[count]);
	free(names);
}

void folder_copy(const char *from, const char *to)
{
	char **names;
	int count = folder_list(from, &names), i;

	folder_make(to);
	for (i = 0; i < count; i++) {
		char *source = process_format("%s/%s", from, names[i]);
		char *target = process_format("%s/%s", to, names[i]);
		size_t length;
		char *bytes = file_read(source, &length);

		file_write(target, bytes, length);
		free(bytes);
		free(source);
		free(target);
	}
	folder_release(names, count);
}

static bool file_same(const char *one, const char *other)
{
	size_t one_length, other_length;
	char *one_bytes = file_read(one, &one_length);
	char *other_bytes = file_read(other, &other_length);
	bool same = file_exists(one) && file_exists(other) && one_length == other_length &&
		    !memcmp(one_bytes, other_bytes, one_length);

	free(one_bytes);
	free(other_bytes);
	return same;
}

bool folder_same(const char *one, const char *other)
{
	char **names, **others;
	int count = folder_list(one, &names), other_count = folder_list(other, &others), i;
	bool same = count == other_count;

	for (i = 0; same && i < count; i++) {
		char *left = process_format("%s/%s", one, names[i]);
		char *right = process_format("%s/%s", other, names[i]);

		same = file_same(left, right);
		free(left);
		free(right);
	}
	folder_release(names, count);
	folder_release(others, other_count);
	return same;
}
