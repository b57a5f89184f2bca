// SPDX-License-Identifier: GPL-2.0-only
#include "author.h"

#include <fcntl.h>
#include <pwd.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "memory.h"

extern char **environ;

/* Line breaks would end the header, angle brackets the name. */
static void make_one_line(char *text)
{
	for (; *text; text++)
		if ((unsigned char)*text < 0x20 || *text == '<' || *text == '>')
			*text = ' ';
}

static char *read_line(int from)
{
	FILE *stream = fdopen(from, "r");
	size_t room = 0, length;
	char *line = NULL;

	if (!stream) {
		close(from);
		return NULL;
	}
	if (getline(&line, &room, stream) < 0) {
		free(line);
		line = NULL;
	} else {
		length = strcspn(line, "\n");
		line[length] = '\0';
	}
	fclose(stream);
	return line;
}

/* Return: the value of a setting of git, from malloc(), or NULL. */
static char *git_setting(const char *repository, const char *name)
{
	const char *const arguments[] = {
		"git", "-C", repository, "config", "--get", name, NULL,
	};
	posix_spawn_file_actions_t actions;
	int ends[2], status, error;
	char *value = NULL;
	pid_t child;

	if (pipe2(ends, O_CLOEXEC))
		return NULL;
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
	posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
	error = posix_spawnp(&child, "git", &actions, NULL, (char *const *)arguments, environ);
	posix_spawn_file_actions_destroy(&actions);
	close(ends[1]);
	if (error) {
		close(ends[0]);
		return NULL;
	}
	value = read_line(ends[0]);
	if (waitpid(child, &status, 0) != child || status || (value && !*value)) {
		free(value);
		return NULL;
	}
	return value;
}

static char *login_name(void)
{
	const struct passwd *user = getpwuid(getuid());
	char *name = strdup(user ? user->pw_name : "unknown");

	return name ? name : strcpy(xmalloc(1), "");
}

static char *login_address(const char *name)
{
	char host[256] = "localhost", *address;

	gethostname(host, sizeof(host) - 1);
	address = xmalloc(strlen(name) + strlen(host) + 2);
	stpcpy(stpcpy(stpcpy(address, name), "@"), host);
	return address;
}

void author_find(struct author *author, const char *repository)
{
	author->name = git_setting(repository, "user.name");
	author->email = author->name ? git_setting(repository, "user.email") : NULL;
	if (!author->email) {
		free(author->name);
		author->name = login_name();
		author->email = login_address(author->name);
	}
	make_one_line(author->name);
	make_one_line(author->email);
}

void author_release(struct author *author)
{
	free(author->name);
	free(author->email);
}
