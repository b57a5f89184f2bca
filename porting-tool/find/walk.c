// SPDX-License-Identifier: GPL-2.0-only
/*
 * Each thread takes a folder from a common stack, puts the folders in it back on the stack, and
 * searches its files.  The files of a large folder are divided, so that no thread is left alone
 * with it.
 */
#include "walk.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "memory.h"
#include "changes/config_option/build_files.h"
#include "progress.h"
#include "search.h"

#define FILES_AT_ONCE 128

/* A folder to read, or some files of a folder that was read already. */
struct task {
	struct walk_root *root;
	char *folder;
	char **names;
	size_t name_count;
};

struct walk {
	pthread_mutex_t lock;
	pthread_cond_t changed;
	struct task *stack;
	size_t depth;
	size_t capacity;
	unsigned int working;
	struct progress *progress;
};

struct worker {
	struct walk *walk;
	struct search search;
	struct candidates wanted;
	struct diagnostics diagnostics;
	bool incomplete;
	pthread_t thread;
};

char *path_join(const char *folder, const char *name)
{
	size_t length = strlen(folder), name_length = strlen(name);
	char *path = xmalloc(length + name_length + 2);

	while (length > 1 && folder[length - 1] == '/')
		length--;
	if (length == 1 && folder[0] == '.')
		length = 0;
	memcpy(path, folder, length);
	if (length && folder[length - 1] != '/')
		path[length++] = '/';
	memcpy(path + length, name, name_length + 1);
	return path;
}

void candidates_add(struct candidates *to, struct candidate candidate)
{
	to->list = grow(to->list, to->count, &to->capacity, sizeof(*to->list));
	to->list[to->count++] = candidate;
}

void candidates_release(struct candidates *candidates)
{
	for (size_t i = 0; i < candidates->count; i++)
		free(candidates->list[i].path);
	free(candidates->list);
	memset(candidates, 0, sizeof(*candidates));
}

bool is_source_name(const char *name)
{
	size_t length = strlen(name);

	if (length > 2 && name[length - 2] == '.' &&
	    (name[length - 1] == 'c' || name[length - 1] == 'h'))
		return true;
	return is_build_file(name);
}

static void put_task(struct walk *walk, struct task task)
{
	pthread_mutex_lock(&walk->lock);
	walk->stack = grow(walk->stack, walk->depth, &walk->capacity, sizeof(*walk->stack));
	walk->stack[walk->depth++] = task;
	pthread_cond_signal(&walk->changed);
	pthread_mutex_unlock(&walk->lock);
}

/* Return: false when nothing is left and no thread will find more. */
static bool take_task(struct walk *walk, struct task *task, bool was_working)
{
	bool taken = false;

	pthread_mutex_lock(&walk->lock);
	if (was_working)
		walk->working--;
	while (!walk->depth && walk->working)
		pthread_cond_wait(&walk->changed, &walk->lock);
	if (walk->depth) {
		*task = walk->stack[--walk->depth];
		walk->working++;
		taken = true;
	} else {
		pthread_cond_broadcast(&walk->changed);
	}
	pthread_mutex_unlock(&walk->lock);
	return taken;
}

static void report(struct worker *worker, const char *folder, const char *name, const char *what)
{
	char *path = name ? path_join(folder, name) : NULL;
	int error = errno;

	/* What somebody removed in the meantime needs no port. */
	if (error != ENOENT)
		worker->incomplete = true;
	diagnose_file(&worker->diagnostics, path ? path : folder,
		      error == ENOENT ? SEVERITY_NOTE : SEVERITY_WARNING, "unreadable",
		      "%s, so it is left out: %s", what,
		      error == ENOENT ? "it is not there any more" : strerror(error));
	free(path);
}

/* A link that leads to a folder is skipped in silence, as by find and grep. */
static bool link_leads_to_file(struct worker *worker, int folder, const struct task *task,
			       const char *name)
{
	struct stat status;

	if (!fstatat(folder, name, &status, 0))
		return S_ISREG(status.st_mode);
	if (errno == ENOENT || errno == ELOOP) {
		char *path = path_join(task->folder, name);

		diagnose_file(&worker->diagnostics, path, SEVERITY_NOTE, "unreadable",
			      "this link leads to no file, so it is left out");
		free(path);
	} else {
		report(worker, task->folder, name, "it cannot be opened");
	}
	return false;
}

static void search_file(struct worker *worker, int folder, const struct task *task,
			const char *name)
{
	enum search_result result;
	struct candidate candidate = { 0 };
	struct stat status;
	int file = openat(folder, name, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);

	if (file < 0) {
		report(worker, task->folder, name, "it cannot be opened");
		return;
	}
	atomic_fetch_add_explicit(&task->root->searched, 1, memory_order_relaxed);
	progress_count(worker->walk->progress);
	result = search_mentions(&worker->search, file);
	if (result == SEARCH_FAILED) {
		report(worker, task->folder, name, "it cannot be read");
	} else if (result == SEARCH_FOUND && !fstat(file, &status)) {
		struct stat link;

		candidate.path = path_join(task->folder, name);
		candidate.device = status.st_dev;
		candidate.inode = status.st_ino;
		candidate.link = !fstatat(folder, name, &link, AT_SYMLINK_NOFOLLOW) &&
				 S_ISLNK(link.st_mode);
		candidates_add(&worker->wanted, candidate);
	}
	close(file);
}

static unsigned char entry_type(int folder, const struct dirent *entry)
{
	struct stat status;

	if (entry->d_type != DT_UNKNOWN)
		return entry->d_type;
	if (fstatat(folder, entry->d_name, &status, AT_SYMLINK_NOFOLLOW))
		return DT_UNKNOWN;
	return IFTODT(status.st_mode);
}

static char *copy_string(const char *text)
{
	return strcpy(xmalloc(strlen(text) + 1), text);
}

static void put_names(struct walk *walk, const struct task *task, char **names, size_t count)
{
	struct task part = {
		.root = task->root,
		.folder = copy_string(task->folder),
		.names = xmalloc(count * sizeof(*names)),
		.name_count = count,
	};

	memcpy(part.names, names, count * sizeof(*names));
	put_task(walk, part);
}

static void sort_entry(struct worker *worker, int folder, const struct task *task,
		       const struct dirent *entry, char ***names, size_t *count, size_t *capacity)
{
	unsigned char type = entry_type(folder, entry);

	if (type == DT_DIR) {
		struct task below = {
			.root = task->root,
			.folder = path_join(task->folder, entry->d_name),
		};

		put_task(worker->walk, below);
		return;
	}
	if (!is_source_name(entry->d_name))
		return;
	if (type != DT_REG &&
	    (type != DT_LNK || !link_leads_to_file(worker, folder, task, entry->d_name)))
		return;
	*names = grow(*names, *count, capacity, sizeof(**names));
	(*names)[(*count)++] = copy_string(entry->d_name);
}

/* Hidden files and folders are those of version control, quilt and editors. */
static void read_folder(struct worker *worker, DIR *stream, struct task *task)
{
	size_t count = 0, capacity = 0;
	const struct dirent *entry;
	char **names = NULL;

	while (errno = 0, (entry = readdir(stream))) {
		if (entry->d_name[0] == '.')
			continue;
		sort_entry(worker, dirfd(stream), task, entry, &names, &count, &capacity);
		if (count == 2 * FILES_AT_ONCE) {
			count -= FILES_AT_ONCE;
			put_names(worker->walk, task, names + count, FILES_AT_ONCE);
		}
	}
	if (errno)
		report(worker, task->folder, NULL, "not all of this folder can be read");
	task->names = names;
	task->name_count = count;
}

static void do_task(struct worker *worker, struct task *task)
{
	int folder = open(task->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *stream = folder < 0 ? NULL : fdopendir(folder);

	if (!stream) {
		report(worker, task->folder, NULL, "this folder cannot be read");
		if (folder >= 0)
			close(folder);
	} else if (!task->names) {
		read_folder(worker, stream, task);
	}
	for (size_t i = 0; i < task->name_count; i++) {
		if (stream)
			search_file(worker, folder, task, task->names[i]);
		free(task->names[i]);
	}
	if (stream)
		closedir(stream);
	free(task->names);
	free(task->folder);
}

static void *work(void *argument)
{
	struct worker *worker = argument;
	bool working = false;
	struct task task;

	while (take_task(worker->walk, &task, working)) {
		do_task(worker, &task);
		working = true;
	}
	return NULL;
}

bool walk(struct walk_root *roots, size_t count, unsigned int jobs, bool show_progress,
	  struct candidates *wanted, struct diagnostics *diagnostics)
{
	struct progress progress;
	struct walk walk = {
		.lock = PTHREAD_MUTEX_INITIALIZER,
		.changed = PTHREAD_COND_INITIALIZER,
		.progress = &progress,
	};
	struct worker *workers = xmalloc(jobs * sizeof(*workers));
	unsigned int started = 0;
	bool complete = true;

	for (size_t i = count; i-- > 0;) {
		struct task task = { .root = &roots[i], .folder = copy_string(roots[i].path) };

		put_task(&walk, task);
	}
	progress_begin(&progress, show_progress);
	memset(workers, 0, jobs * sizeof(*workers));
	for (unsigned int i = 0; i < jobs; i++) {
		workers[i].walk = &walk;
		search_begin(&workers[i].search);
	}
	/* This thread is the first worker; without the others it does all the work. */
	while (started + 1 < jobs &&
	       !pthread_create(&workers[started + 1].thread, NULL, work, &workers[started + 1]))
		started++;
	work(&workers[0]);

	for (unsigned int i = 0; i < jobs; i++) {
		struct worker *worker = &workers[i];

		if (i > 0 && i <= started)
			pthread_join(worker->thread, NULL);
		for (size_t j = 0; j < worker->wanted.count; j++)
			candidates_add(wanted, worker->wanted.list[j]);
		free(worker->wanted.list);
		diagnostics_append(diagnostics, &worker->diagnostics);
		complete = complete && !worker->incomplete;
		search_end(&worker->search);
	}
	progress_end(&progress);
	free(workers);
	free(walk.stack);
	return complete;
}
