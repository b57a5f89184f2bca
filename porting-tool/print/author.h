/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef MIGRATE_VMA_PRINT_AUTHOR_H
#define MIGRATE_VMA_PRINT_AUTHOR_H

/**
 * struct author - who a patch is from
 * @name: a name, from malloc()
 * @email: an address, from malloc()
 */
struct author {
	char *name;
	char *email;
};

/**
 * author_find() - ask git who the user is
 * @author: filled in; to be given to author_release()
 * @repository: folder of the repository, or any other folder
 *
 * Without git, or where it is not configured, these are the login name and the host name.
 */
void author_find(struct author *author, const char *repository);

/** author_release() - give the strings back. */
void author_release(struct author *author);

#endif
