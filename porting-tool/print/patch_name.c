// SPDX-License-Identifier: GPL-2.0-only
#include "patch_name.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "memory.h"

static char *copy_string(const char *text)
{
	return strcpy(xmalloc(strlen(text) + 1), text);
}

/* A file that is standard input, or gone by now, keeps the name it was given. */
static char *real_path(const char *path)
{
	char *real = strcmp(path, "-") ? realpath(path, NULL) : NULL;

	return real ? real : copy_string(strcmp(path, "-") ? path : "stdin");
}

static char *current_folder(void)
{
	char *here = realpath(".", NULL);

	return here ? here : copy_string("/");
}

char *patch_base_repository(const char *path)
{
	char *folder = real_path(path), *slash;

	while ((slash = strrchr(folder, '/'))) {
		char *marker = xmalloc((size_t)(slash - folder) + sizeof("/.git"));

		*slash = '\0';
		strcpy(stpcpy(marker, folder), "/.git");
		if (!access(marker, F_OK)) {
			free(marker);
			if (!*folder)
				strcpy(folder, "/");
			return folder;
		}
		free(marker);
	}
	free(folder);
	return NULL;
}

char *patch_base(const char *path)
{
	char *repository = patch_base_repository(path);

	return repository ? repository : current_folder();
}

bool patch_base_is_here(const char *base)
{
	char *here = current_folder();
	bool same = !strcmp(here, base);

	free(here);
	return same;
}

/* Return: what follows @base and a slash in @path, or NULL. */
static const char *behind_base(const char *path, const char *base)
{
	size_t length = strlen(base);

	if (length == 1)
		length = 0;
	if (!strncmp(path, base, length) && path[length] == '/')
		return path + length + 1;
	return NULL;
}

char *patch_name(const char *path, const char *base)
{
	char *real = real_path(path);
	const char *name = behind_base(real, base);

	if (!name)
		name = real + strspn(real, "/");
	name = copy_string(name);
	free(real);
	return (char *)name;
}

bool patch_name_is_below(const char *path, const char *base)
{
	char *real = real_path(path);
	bool below = *real != '/' || behind_base(real, base);

	free(real);
	return below;
}

static bool needs_quotes(const char *name)
{
	for (; *name; name++) {
		unsigned char byte = (unsigned char)*name;

		if (byte < 0x20 || byte == 0x7f || byte == '"' || byte == '\\')
			return true;
	}
	return false;
}

void patch_name_print(FILE *out, const char *prefix, const char *name)
{
	if (!needs_quotes(name)) {
		fputs(prefix, out);
		fputs(name, out);
		return;
	}
	fprintf(out, "\"%s", prefix);
	for (; *name; name++) {
		unsigned char byte = (unsigned char)*name;

		if (byte == '"' || byte == '\\')
			fprintf(out, "\\%c", byte);
		else if (byte < 0x20 || byte == 0x7f)
			fprintf(out, "\\%03o", byte);
		else
			putc(byte, out);
	}
	putc('"', out);
}
