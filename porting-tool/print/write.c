// SPDX-License-Identifier: GPL-2.0-only
#include "write.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "memory.h"

/*
 * A new text that waits to take its file's place.  It has no name until then where the file system
 * can do that, so that not even SIGKILL leaves it behind.
 */
struct prepared {
	char *target;
	char *folder;
	char *temporary;
	int file;
	bool named;
};

static bool failed(struct diagnostics *diagnostics, const struct rewrite *rewrite,
		   const char *what)
{
	diagnose_file(diagnostics, rewrite->source->path, SEVERITY_ERROR, "not-written",
		      "%s: %s", what, strerror(errno));
	return false;
}

/* Sets the paths.  The name is the same in each run, so that one that was killed leaves no more. */
/* The folder that a new file is to be in, in the place of the file. */
static bool find_place(struct prepared *prepared, const struct rewrite *rewrite,
		       struct stat *status, struct diagnostics *diagnostics)
{
	const char *path = rewrite->source->path, *slash = strrchr(path, '/');
	char *folder = strndup(slash ? path : ".", slash ? (size_t)(slash + (slash == path) - path) : 1);
	mode_t mask = umask(0);

	umask(mask);
	if (!access(path, F_OK))
		errno = EEXIST;
	prepared->folder = folder && access(path, F_OK) ? realpath(folder, NULL) : NULL;
	free(folder);
	if (!prepared->folder || stat(prepared->folder, status) ||
	    asprintf(&prepared->target, "%s/%s", prepared->folder, slash ? slash + 1 : path) < 0 ||
	    asprintf(&prepared->temporary, "%s/.migrate-vma-%s", prepared->folder,
		     slash ? slash + 1 : path) < 0)
		return failed(diagnostics, rewrite, "it cannot be made");
	status->st_mode = 0666 & ~mask;
	return true;
}

static bool find_target(struct prepared *prepared, const struct rewrite *rewrite,
			struct stat *status, struct diagnostics *diagnostics)
{
	char *slash;

	if (rewrite->created)
		return find_place(prepared, rewrite, status, diagnostics);
	prepared->target = realpath(rewrite->source->path, NULL);
	if (!prepared->target || stat(prepared->target, status))
		return failed(diagnostics, rewrite, "it cannot be found any more");
	if (!S_ISREG(status->st_mode)) {
		errno = EINVAL;
		return failed(diagnostics, rewrite, "only a regular file can be rewritten");
	}
	if (faccessat(AT_FDCWD, prepared->target, W_OK, AT_EACCESS))
		return failed(diagnostics, rewrite, "it cannot be rewritten");

	prepared->folder = strdup(prepared->target);
	slash = prepared->folder ? strrchr(prepared->folder, '/') : NULL;
	if (!slash)
		return failed(diagnostics, rewrite, "it cannot be rewritten");
	slash[slash == prepared->folder] = '\0';
	if (asprintf(&prepared->temporary, "%s/.migrate-vma-%ju",
		     slash == prepared->folder ? "" : prepared->folder,
		     (uintmax_t)status->st_ino) < 0) {
		prepared->temporary = NULL;
		return failed(diagnostics, rewrite, "it cannot be rewritten");
	}
	return true;
}

static bool is_unchanged(const struct prepared *prepared, const struct rewrite *rewrite,
			 struct diagnostics *diagnostics)
{
	struct source now;
	bool same;

	if (rewrite->created)
		return true;
	if (source_read(&now, prepared->target) != SOURCE_OK)
		return failed(diagnostics, rewrite, "it cannot be read again");
	same = now.size == rewrite->source->size &&
	       !memcmp(now.text, rewrite->source->text, now.size);
	source_release(&now);
	if (!same)
		diagnose_file(diagnostics, rewrite->source->path, SEVERITY_ERROR, "not-written",
			      "somebody changed it in the meantime: run the command again");
	return same;
}

static void open_temporary(struct prepared *prepared)
{
	const int flags = O_WRONLY | O_CLOEXEC;

	/* A nameless file gets its name through /proc. */
	prepared->file = access("/proc/self/fd", X_OK) ? -1 :
				 open(prepared->folder, flags | O_TMPFILE, 0600);
	prepared->named = prepared->file < 0;
	if (!prepared->named)
		return;
	unlink(prepared->temporary);
	prepared->file = open(prepared->temporary, flags | O_CREAT | O_EXCL | O_NOFOLLOW, 0600);
	prepared->named = prepared->file >= 0;
}

/* Access lists and labels are extended attributes.  What the system refuses to copy, it refuses. */
static void copy_attributes(int from, int to)
{
	char names[4096], value[4096];
	ssize_t length = flistxattr(from, names, sizeof(names));

	for (const char *name = names; length > 0 && name < names + length;
	     name += strlen(name) + 1) {
		ssize_t size = fgetxattr(from, name, value, sizeof(value));

		if (size >= 0 && fsetxattr(to, name, value, (size_t)size, 0))
			continue;
	}
}

static void copy_status(const struct prepared *prepared, const struct stat *status)
{
	int from = open(prepared->target, O_RDONLY | O_CLOEXEC);

	/* Only root gives files away; the group is often possible. */
	if (fchown(prepared->file, status->st_uid, status->st_gid) &&
	    fchown(prepared->file, (uid_t)-1, status->st_gid))
		errno = 0;
	fchmod(prepared->file, status->st_mode & 07777);
	if (from >= 0) {
		copy_attributes(from, prepared->file);
		close(from);
	}
}

static bool write_text(int file, const char *text, size_t size)
{
	while (size) {
		ssize_t written = write(file, text, size);

		if (written < 0 && errno == EINTR)
			continue;
		if (written < 0)
			return false;
		text += written;
		size -= (size_t)written;
	}
	return true;
}

static bool prepare(struct prepared *prepared, const struct rewrite *rewrite,
		    struct diagnostics *diagnostics)
{
	struct stat status;

	if (!find_target(prepared, rewrite, &status, diagnostics) ||
	    !is_unchanged(prepared, rewrite, diagnostics))
		return false;
	open_temporary(prepared);
	if (prepared->file < 0)
		return failed(diagnostics, rewrite, "no file can be made in its folder");
	if (!write_text(prepared->file, rewrite->text, rewrite->size))
		return failed(diagnostics, rewrite, "its new text cannot be written");
	/* Behind the text: writing takes away the bits that let a file run as its owner. */
	if (rewrite->created)
		fchmod(prepared->file, status.st_mode);
	else
		copy_status(prepared, &status);
	if (fsync(prepared->file))
		return failed(diagnostics, rewrite, "its new text cannot be written");
	return true;
}

static bool give_name(struct prepared *prepared)
{
	char nameless[64];

	if (prepared->named)
		return true;
	snprintf(nameless, sizeof(nameless), "/proc/self/fd/%d", prepared->file);
	unlink(prepared->temporary);
	if (linkat(AT_FDCWD, nameless, AT_FDCWD, prepared->temporary, AT_SYMLINK_FOLLOW))
		return false;
	prepared->named = true;
	return true;
}

static void sync_folder(const char *folder)
{
	int file = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (file < 0)
		return;
	fsync(file);
	close(file);
}

static bool replace(struct prepared *prepared, const struct rewrite *rewrite,
		    struct diagnostics *diagnostics)
{
	if (!give_name(prepared) || rename(prepared->temporary, prepared->target))
		return failed(diagnostics, rewrite, "it cannot be replaced");
	prepared->named = false;
	sync_folder(prepared->folder);
	return true;
}

static void clean_up(struct prepared *prepared)
{
	if (prepared->named)
		unlink(prepared->temporary);
	if (prepared->file >= 0)
		close(prepared->file);
	free(prepared->target);
	free(prepared->folder);
	free(prepared->temporary);
}

static bool signal_waits(const sigset_t *blocked)
{
	sigset_t pending;

	sigpending(&pending);
	for (int signal = 1; signal < 32; signal++)
		if (sigismember(&pending, signal) > 0 && sigismember(blocked, signal) > 0)
			return true;
	return false;
}

/* A new text keeps its descriptor until it has a name. */
static void allow_descriptors(size_t count)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) || limit.rlim_cur >= count + 64)
		return;
	limit.rlim_cur = limit.rlim_max;
	setrlimit(RLIMIT_NOFILE, &limit);
}

bool write_files(const struct rewrite *files, size_t count, struct diagnostics *diagnostics)
{
	struct prepared *prepared = xmalloc(count * sizeof(*prepared));
	sigset_t blocked, before;
	bool good = true;

	sigemptyset(&blocked);
	sigaddset(&blocked, SIGINT);
	sigaddset(&blocked, SIGTERM);
	sigaddset(&blocked, SIGHUP);
	sigaddset(&blocked, SIGQUIT);
	pthread_sigmask(SIG_BLOCK, &blocked, &before);

	allow_descriptors(count);
	for (size_t i = 0; i < count; i++)
		prepared[i] = (struct prepared){ .file = -1 };
	for (size_t i = 0; good && i < count; i++)
		good = prepare(&prepared[i], &files[i], diagnostics) && !signal_waits(&blocked);
	for (size_t i = 0; good && i < count; i++) {
		good = replace(&prepared[i], &files[i], diagnostics);
		if (!good && i)
			diagnose_file(diagnostics, files[i].source->path, SEVERITY_NOTE,
				      "not-written", "%zu of %zu files were rewritten before this one",
				      i, count);
	}
	for (size_t i = 0; i < count; i++)
		clean_up(&prepared[i]);
	free(prepared);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return good;
}
