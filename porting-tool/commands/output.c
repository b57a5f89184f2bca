// SPDX-License-Identifier: GPL-2.0-only
#include "output.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

void output_prepare(void)
{
	/* A file that is opened must not get the number of a standard stream that is closed. */
	for (int file = STDIN_FILENO; file <= STDERR_FILENO; file++)
		if (fcntl(file, F_GETFD) < 0 && errno == EBADF)
			(void)!open("/dev/null", file == STDIN_FILENO ? O_WRONLY : O_RDONLY);
	signal(SIGPIPE, SIG_IGN);
}

bool output_finish(void)
{
	static bool reported;
	bool failed = ferror(stdout);

	if (fflush(stdout))
		failed = true;
	else if (failed)
		errno = EIO;
	if (failed && errno != EPIPE && !reported)
		fprintf(stderr, "migrate-vma: standard output is not complete: %s\n",
			strerror(errno));
	reported = reported || failed;
	return !failed;
}
