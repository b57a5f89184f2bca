// SPDX-License-Identifier: GPL-2.0-only
#include "find.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "memory.h"
#include "related.h"
#include "walk.h"

/* Files that are only related to a driver are not worth more memory than this. */
#define RELATED_SIZE_MAX (16u << 20)

static int compare_identity(const void *left, const void *right)
{
	const struct candidate *a = left, *b = right;

	if (a->device != b->device)
		return a->device < b->device ? -1 : 1;
	if (a->inode != b->inode)
		return a->inode < b->inode ? -1 : 1;
	if (a->named != b->named)
		return a->named ? -1 : 1;
	if (a->link != b->link)
		return a->link ? 1 : -1;
	return strcmp(a->path, b->path);
}

static bool is_same_file(const struct candidate *a, const struct candidate *b)
{
	return a->device == b->device && a->inode == b->inode;
}

/* Of several ways to a file one stays. */
static void drop_duplicates(struct candidates *candidates)
{
	size_t kept = 0;

	if (candidates->count)
		qsort(candidates->list, candidates->count, sizeof(*candidates->list),
		      compare_identity);
	for (size_t i = 0; i < candidates->count; i++) {
		if (kept && is_same_file(&candidates->list[kept - 1], &candidates->list[i]))
			free(candidates->list[i].path);
		else
			candidates->list[kept++] = candidates->list[i];
	}
	candidates->count = kept;
}

static int compare_sources(const void *left, const void *right)
{
	const struct source *a = left, *b = right;

	return strcmp(a->path, b->path);
}

static void add_source(struct found_files *found, struct source source, size_t *capacity)
{
	found->list = grow(found->list, found->count, capacity, sizeof(*found->list));
	found->list[found->count++] = source;
}

static void report_unusable(struct diagnostics *diagnostics, const struct candidate *candidate,
			    enum source_status status)
{
	int error = errno;
	enum severity severity = candidate->named ? SEVERITY_ERROR : SEVERITY_WARNING;

	switch (status) {
	case SOURCE_UNREADABLE:
		diagnose_file(diagnostics, candidate->path, severity, "unreadable",
			      "it cannot be read: %s", strerror(error));
		break;
	case SOURCE_NOT_TEXT:
		diagnose_file(diagnostics, candidate->path, severity, "not-text",
			      "it is not text, for it has a NUL byte; C source in UTF-16 has to "
			      "be converted first: iconv -f UTF-16 -t UTF-8");
		break;
	case SOURCE_TOO_LARGE:
		diagnose_file(diagnostics, candidate->path, severity, "too-large",
			      "it is larger than %u MiB, which no C source is",
			      SOURCE_SIZE_MAX >> 20);
		break;
	case SOURCE_OK:
		break;
	}
}

static void read_candidates(struct found_files *found, size_t *capacity,
			    const struct candidates *candidates, struct diagnostics *diagnostics)
{
	for (size_t i = 0; i < candidates->count; i++) {
		const struct candidate *candidate = &candidates->list[i];
		struct source source;
		enum source_status status = source_read(&source, candidate->path);

		if (status == SOURCE_OK) {
			add_source(found, source, capacity);
			continue;
		}
		report_unusable(diagnostics, candidate, status);
		if (candidate->named)
			found->wrong_path = true;
		else
			found->incomplete = true;
	}
}

static bool is_among(const struct candidate *candidate, const struct candidates *sorted)
{
	size_t first = 0, behind = sorted->count;

	while (first < behind) {
		size_t middle = first + (behind - first) / 2;
		const struct candidate *other = &sorted->list[middle];

		if (is_same_file(candidate, other))
			return true;
		if (other->device < candidate->device ||
		    (other->device == candidate->device && other->inode < candidate->inode))
			first = middle + 1;
		else
			behind = middle;
	}
	return false;
}

/* What a related file holds is only of use to the port: trouble with it is not worth a word. */
static void read_related(struct found_files *found, size_t *capacity,
			 const struct candidates *wanted, const struct walk_root *roots,
			 size_t root_count)
{
	struct candidates related = { 0 };
	size_t size = 0, mentioning = found->count;

	for (size_t i = 0; i < mentioning; i++)
		related_find(&found->list[i], roots, root_count, &related);
	drop_duplicates(&related);
	for (size_t i = 0; i < related.count && size < RELATED_SIZE_MAX; i++) {
		struct source source;

		if (is_among(&related.list[i], wanted) ||
		    source_read(&source, related.list[i].path) != SOURCE_OK)
			continue;
		size += source.size;
		add_source(found, source, capacity);
	}
	candidates_release(&related);
}

/* Those of @more that are in @known already are dropped. */
static void drop_known(struct candidates *more, const struct candidates *known)
{
	size_t kept = 0;

	for (size_t i = 0; i < more->count; i++) {
		if (is_among(&more->list[i], known))
			free(more->list[i].path);
		else
			more->list[kept++] = more->list[i];
	}
	more->count = kept;
}

/* What headers include is read as well, until there is nothing new. */
static void read_headers(struct found_files *found, size_t *capacity, struct candidates *known,
			 const struct walk_root *roots, size_t root_count)
{
	size_t first = 0, size = 0;

	while (first < found->count && size < RELATED_SIZE_MAX) {
		struct candidates headers = { 0 };
		size_t end = found->count;

		for (; first < end; first++)
			related_headers(&found->list[first], roots, root_count, &headers);
		drop_duplicates(&headers);
		drop_known(&headers, known);
		for (size_t i = 0; i < headers.count && size < RELATED_SIZE_MAX; i++) {
			struct candidate header = headers.list[i];
			struct source source;

			if (source_read(&source, header.path) == SOURCE_OK) {
				size += source.size;
				add_source(found, source, capacity);
			}
			header.path = strcpy(xmalloc(strlen(header.path) + 1), header.path);
			candidates_add(known, header);
		}
		drop_duplicates(known);
		candidates_release(&headers);
	}
}

/* Return: whether @path is a folder; a file is added to @wanted. */
static bool take_path(const char *path, struct candidates *wanted, struct found_files *found,
		      struct diagnostics *diagnostics)
{
	struct candidate candidate = { .named = true };
	bool standard_input = !strcmp(path, "-");
	struct stat status, link;

	if (standard_input ? fstat(STDIN_FILENO, &status) : stat(path, &status)) {
		diagnose_file(diagnostics, path, SEVERITY_ERROR, "unreadable", "%s",
			      errno == ENOENT ? "there is no such file or folder" :
						strerror(errno));
		found->wrong_path = true;
		return false;
	}
	if (S_ISDIR(status.st_mode) && !standard_input)
		return true;
	if (!S_ISREG(status.st_mode) && !standard_input) {
		diagnose_file(diagnostics, path, SEVERITY_ERROR, "unreadable",
			      "it is neither a file nor a folder; what comes through a pipe is "
			      "read from standard input, which is -");
		found->wrong_path = true;
		return false;
	}
	candidate.device = status.st_dev;
	candidate.inode = status.st_ino;
	candidate.link = !lstat(path, &link) && S_ISLNK(link.st_mode);
	candidate.path = strcpy(xmalloc(strlen(path) + 1), path);
	candidates_add(wanted, candidate);
	found->searched++;
	return false;
}

static void walk_folders(struct found_files *found, struct walk_root *roots, size_t count,
			 unsigned int jobs, bool show_progress, struct candidates *wanted,
			 struct diagnostics *diagnostics)
{
	if (!walk(roots, count, jobs, show_progress, wanted, diagnostics))
		found->incomplete = true;
	for (size_t i = 0; i < count; i++) {
		found->searched += roots[i].searched;
		if (roots[i].searched || found->incomplete)
			continue;
		diagnose_file(diagnostics, roots[i].path, SEVERITY_ERROR, "no-c-files",
			      "no .c or .h file is below this folder; name the folder of the "
			      "driver's source");
		found->wrong_path = true;
	}
}

void find_files(struct found_files *found, const char *const *paths, size_t count,
		enum find_goal goal, unsigned int jobs, bool show_progress,
		struct diagnostics *diagnostics)
{
	struct walk_root *roots = xmalloc(count * sizeof(*roots));
	struct candidates wanted = { 0 };
	size_t root_count = 0, capacity = 0;

	memset(found, 0, sizeof(*found));
	for (size_t i = 0; i < count; i++) {
		if (!take_path(paths[i], &wanted, found, diagnostics))
			continue;
		roots[root_count].path = paths[i];
		atomic_init(&roots[root_count].searched, 0);
		root_count++;
	}
	if (root_count)
		walk_folders(found, roots, root_count, jobs, show_progress, &wanted, diagnostics);
	drop_duplicates(&wanted);
	read_candidates(found, &capacity, &wanted, diagnostics);
	if (goal == FIND_DRIVERS)
		read_related(found, &capacity, &wanted, roots, root_count);
	else if (goal == FIND_HEADERS && root_count)
		read_headers(found, &capacity, &wanted, roots, root_count);
	if (found->count)
		qsort(found->list, found->count, sizeof(*found->list), compare_sources);
	candidates_release(&wanted);
	free(roots);
}

void found_files_release(struct found_files *found)
{
	for (size_t i = 0; i < found->count; i++)
		source_release(&found->list[i]);
	free(found->list);
	memset(found, 0, sizeof(*found));
}

const struct source *found_source(const struct found_files *found, const char *path)
{
	const struct source wanted = { .path = (char *)path };

	if (!found->count)
		return NULL;
	return bsearch(&wanted, found->list, found->count, sizeof(*found->list), compare_sources);
}
