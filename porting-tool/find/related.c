// SPDX-License-Identifier: GPL-2.0-only
#include "related.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "memory.h"
#include "source/conditional.h"
#include "changes/config_option/build_files.h"

/* The file with the callbacks, or with the three steps, is the one that others are tied to. */
static bool has_ties(const struct source *source)
{
	return strstr(source->text, "struct migrate_vma_ops") ||
	       strstr(source->text, "migrate_vma_setup");
}

/* Whether @path, cleared of links, lies below a folder the user gave. */
static bool is_below(const char *path, const struct walk_root *roots, size_t count)
{
	bool below = false;
	char *real = realpath(path, NULL);

	for (size_t i = 0; real && !below && i < count; i++) {
		char *root = realpath(roots[i].path, NULL);
		size_t length = root ? strlen(root) : 0;

		below = root && !strncmp(real, root, length) &&
			(real[length] == '/' || length == 1);
		free(root);
	}
	free(real);
	return below;
}

/* Takes over @path. */
static void add_file(char *path, struct candidates *related)
{
	struct candidate candidate = { .path = path };
	struct stat status, link;

	if (stat(path, &status) || !S_ISREG(status.st_mode)) {
		free(path);
		return;
	}
	candidate.device = status.st_dev;
	candidate.inode = status.st_ino;
	candidate.link = !lstat(path, &link) && S_ISLNK(link.st_mode);
	candidates_add(related, candidate);
}

static void add_folder(const char *folder, struct candidates *related)
{
	DIR *stream = opendir(folder);
	const struct dirent *entry;

	while (stream && (entry = readdir(stream)))
		if (entry->d_name[0] != '.' && !is_build_file(entry->d_name) &&
		    is_source_name(entry->d_name))
			add_file(path_join(folder, entry->d_name), related);
	if (stream)
		closedir(stream);
}

/* The folder a file is in, from malloc(). */
static char *folder_of(const char *path)
{
	const char *slash = strrchr(path, '/');
	char *folder = strdup(slash ? path : ".");

	if (folder && slash)
		folder[slash == path ? 1 : slash - path] = '\0';
	return folder;
}

/* The file that a quoted name means: beside the one that includes it, or above, up to a root. */
static void add_included(const char *folder, const char *name, bool above,
			 const struct walk_root *roots, size_t root_count,
			 struct candidates *related)
{
	char *from = strdup(folder);

	while (from) {
		char *path = name[0] != '/' ? path_join(from, name) : NULL;
		bool below = path && is_below(path, roots, root_count);
		char *slash = strrchr(from, '/');

		if (below) {
			add_file(path, related);
			break;
		}
		free(path);
		if (!above || !slash || slash == from || !is_below(from, roots, root_count))
			break;
		*slash = '\0';
	}
	free(from);
}

static void add_headers(const struct source *source, const char *folder, bool above,
			const struct walk_root *roots, size_t root_count,
			struct candidates *related)
{
	struct include include;

	for (size_t line = 0; include_next(source, &line, &include);) {
		char *name = include.quoted ? strndup(include.name, include.length) : NULL;

		if (name)
			add_included(folder, name, above, roots, root_count, related);
		free(name);
	}
}

void related_find(const struct source *source, const struct walk_root *roots, size_t root_count,
		  struct candidates *related)
{
	char *folder;

	if (!has_ties(source) || !is_below(source->path, roots, root_count))
		return;
	folder = folder_of(source->path);
	if (!folder)
		return;
	add_folder(folder, related);
	add_headers(source, folder, false, roots, root_count, related);
	free(folder);
}

void related_headers(const struct source *source, const struct walk_root *roots,
		     size_t root_count, struct candidates *related)
{
	char *folder = folder_of(source->path);

	if (folder && is_below(source->path, roots, root_count))
		add_headers(source, folder, true, roots, root_count, related);
	free(folder);
}
