// SPDX-License-Identifier: GPL-2.0-only
/*
 * Drivers with a mistake in them, the same in every run: tokens and lines that are missing, there
 * twice, or in each other's place.  The tool must come back from each, without a complaint of the
 * sanitizers it is built with, and must not change what it has ported.
 *
 *	mutate-test [-n MUTATIONS] FILE...	MUTATIONS of each kind for each file
 *	mutate-test -k KIND -m NUMBER FILE	one of them
 *	mutate-test -p -k KIND -m NUMBER FILE	its text on standard output
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../../porting-tool/verify/libclang.h"
#include "attempt.h"
#include "pieces.h"

#define SECONDS_MAX	20

/* Where the process that does the work is, for the one that watches it. */
static unsigned int *progress;

static char *read_all(const char *path, size_t *size)
{
	FILE *file = fopen(path, "rb");
	char *text = NULL;
	long length;

	if (!file || fseek(file, 0, SEEK_END) || (length = ftell(file)) < 0 ||
	    fseek(file, 0, SEEK_SET)) {
		perror(path);
		exit(2);
	}
	*size = (size_t)length;
	text = malloc(*size + 1);
	if (!text || fread(text, 1, *size, file) != *size) {
		perror(path);
		exit(2);
	}
	fclose(file);
	text[*size] = '\0';
	return text;
}

static char *attempt_mutation(const char *text, size_t size, enum mutation kind,
			      unsigned int number)
{
	size_t mutated_size;
	char *mutated = mutate(text, size, kind, number, &mutated_size);
	char *wrong;

	alarm(SECONDS_MAX);
	wrong = attempt(mutated, mutated_size, number);
	alarm(0);
	free(mutated);
	return wrong;
}

/* In a process of its own: mutations until one shows something wrong. */
static void work(const char *text, size_t size, enum mutation kind, unsigned int first,
		 unsigned int count, const char *folder)
{
	unsigned int number;
	char *wrong;

	if (chdir(folder))
		exit(3);
	for (number = first; number < first + count; number++) {
		*progress = number;
		wrong = attempt_mutation(text, size, kind, number);
		if (wrong) {
			printf("# mutation %u: %s\n", number, wrong);
			exit(1);
		}
	}
	/* This is where leaks are reported. */
	exit(0);
}

static void report(const char *program, const char *path, enum mutation kind, int status)
{
	if (WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM)
		printf("# mutation %u: took longer than %d seconds\n", *progress, SECONDS_MAX);
	else if (WIFSIGNALED(status))
		printf("# mutation %u: the tool was ended by signal %d\n", *progress,
		       WTERMSIG(status));
	else if (WEXITSTATUS(status) != 1)
		printf("# mutation %u: the tool ended with status %d; a sanitizer says why above\n",
		       *progress, WEXITSTATUS(status));
	printf("# run it alone: %s -k %s -m %u %s\n", program, mutation_name(kind), *progress, path);
	printf("# its text: %s -p -k %s -m %u %s\n", program, mutation_name(kind), *progress, path);
}

static bool try_file(const char *program, const char *path, enum mutation kind,
		     unsigned int first, unsigned int count, unsigned int test)
{
	char folder[] = "/tmp/mutate-XXXXXX";
	size_t size;
	char *text = read_all(path, &size);
	int status = -1;
	bool good;
	pid_t child;

	if (!mkdtemp(folder))
		exit(2);
	fflush(stdout);
	child = fork();
	if (!child)
		work(text, size, kind, first, count, folder);
	waitpid(child, &status, 0);
	good = WIFEXITED(status) && WEXITSTATUS(status) == 0;
	/* The tool was called without -i: a folder with a file in it cannot be removed. */
	if (rmdir(folder)) {
		printf("# files were written to %s\n", folder);
		good = false;
	}
	printf("%sok %u - %s, %u times: %s\n", good ? "" : "not ", test, mutation_name(kind), count,
	       path);
	if (!good)
		report(program, path, kind, status);
	free(text);
	return good;
}

static int try_one(const char *path, enum mutation kind, unsigned int number, bool print)
{
	size_t size, mutated_size;
	char *text = read_all(path, &size), *wrong = NULL, *mutated;

	if (print) {
		mutated = mutate(text, size, kind, number, &mutated_size);
		fwrite(mutated, 1, mutated_size, stdout);
		free(mutated);
	} else {
		wrong = attempt_mutation(text, size, kind, number);
		puts(wrong ? wrong : "good");
	}
	free(text);
	free(wrong);
	return wrong != NULL;
}

int main(int argc, char **argv)
{
	unsigned int count = 20, number = 0, test = 0, failures = 0, k;
	enum mutation kind = MUTATION_COUNT;
	bool print = false;
	int option, i;

	while ((option = getopt(argc, argv, "n:k:m:p")) != -1) {
		switch (option) {
		case 'n': count = (unsigned int)strtoul(optarg, NULL, 0); break;
		case 'k': kind = mutation_find(optarg); break;
		case 'm': number = (unsigned int)strtoul(optarg, NULL, 0); break;
		case 'p': print = true; break;
		default: return 2;
		}
	}
	if (optind == argc) {
		fprintf(stderr, "usage: %s [-n MUTATIONS] FILE...\n", argv[0]);
		return 2;
	}
	if (kind != MUTATION_COUNT)
		return try_one(argv[optind], kind, number, print);
	progress = mmap(NULL, sizeof(*progress), PROT_READ | PROT_WRITE,
			MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (progress == MAP_FAILED)
		return 2;
	/* Once, and not in each of the processes; there without a thread of its own. */
	setenv("LIBCLANG_NOTHREADS", "1", 1);
	libclang();
	printf("1..%u\n", (unsigned int)(argc - optind) * MUTATION_COUNT);
	for (i = optind; i < argc; i++)
		for (k = 0; k < MUTATION_COUNT; k++)
			failures += !try_file(argv[0], argv[i], (enum mutation)k,
					      (unsigned int)(i - optind) * count, count, ++test);
	return failures != 0;
}
