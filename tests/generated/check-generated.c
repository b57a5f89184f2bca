// SPDX-License-Identifier: GPL-2.0-only
/*
 * Ports random drivers and looks whether they stay the same drivers, see trial.h.
 *
 *	check-generated [-n SEEDS] [-f FIRST] [-j JOBS] [-c TIMES] [-m SMALLER] [-x OPTION]...
 *	check-generated -s SEED [-t TARGET] [-d FOLDER] [OPTION...]
 *	check-generated -w SCRIPT [-n SEEDS] [-f FIRST] [-x OPTION]...
 *
 * The first form tries SEEDS seeds from FIRST on and speaks TAP.  A driver that fails is made
 * smaller, if it is one of the first SMALLER: options are switched off while it fails in the same
 * way.  At the end every option must have been taken TIMES times but those that -x switches off.
 *
 * The second form tries one seed, without OPTIONs, and leaves the files in FOLDER.
 *
 * The third form shows that the first would notice: it makes a mistake in each port with sed, and
 * succeeds as soon as a driver behaves differently.
 *
 * The environment is that of ../runner/rig.h.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../runner/process.h"
#include "../runner/rig.h"
#include "trial.h"

#define JOBS_MAX	16
#define TARGETS_MAX	64

static unsigned int shrink_max = 4;
static struct setting setting;
static char work[] = "/tmp/generated-XXXXXX";

/* What the processes of a run have in common. */
static struct shared {
	unsigned int taken[DIMENSION_COUNT][OPTIONS_MAX];
	unsigned int shrunk;
	unsigned int outcome[OUTCOME_CHECK + 1];
	bool targets[TARGETS_MAX];
} *shared;

static int list_taken(const struct choices *choices, int (*list)[2])
{
	int count = 0, d, o;

	for (d = 0; d < DIMENSION_COUNT; d++)
		for (o = 1; o < option_count(d); o++)
			if (choices->taken[d][o] && !choices->off[d][o]) {
				list[count][0] = d;
				list[count++][1] = o;
			}
	return count;
}

/* Switches options off, several at once at first, as long as the driver fails in the same way. */
static void shrink(struct choices *choices, const char *target, const char *folder,
		   enum outcome outcome)
{
	int list[DIMENSION_COUNT * 4][2], count = list_taken(choices, list), at, step, i;

	for (step = count / 2; step; step /= 2) {
		for (at = 0; at < count; at += step) {
			struct choices less = *choices;

			for (i = at; i < at + step && i < count; i++)
				less.off[list[i][0]][list[i][1]] = true;
			if (!memcmp(less.off, choices->off, sizeof(less.off)))
				continue;
			if (trial(&setting, &less, target, folder, NULL) == outcome)
				*choices = less;
		}
	}
	trial(&setting, choices, target, folder, NULL);
}

static void print_command(FILE *out, const struct choices *choices, const char *target)
{
	int d, o;

	fprintf(out, "tests/generated/try %llu -t %s", (unsigned long long)choices->seed, target);
	for (d = 0; d < DIMENSION_COUNT; d++)
		for (o = 1; o < option_count(d); o++)
			if (choices->off[d][o])
				fprintf(out, " %s", option_name(d, o));
	fputc('\n', out);
}

static void print_options(FILE *out, const struct choices *choices)
{
	int list[DIMENSION_COUNT * 4][2], count = list_taken(choices, list), i;

	fprintf(out, "it has:");
	for (i = 0; i < count; i++)
		fprintf(out, " %s", option_name(list[i][0], list[i][1]));
	fputc('\n', out);
}

static void print_diagnosis(const char *said)
{
	const char *end;

	for (; *said; said = end + 1) {
		end = strchr(said, '\n');
		if (!end)
			end = said + strlen(said) - 1;
		printf("# %.*s\n", (int)(end - said), said);
	}
}

static void report_failure(struct choices *choices, const char *target, const char *folder,
			   enum outcome outcome, const char *said)
{
	char *more = NULL;
	size_t size;
	FILE *out = open_memstream(&more, &size);

	fprintf(out, "%s\n%s", outcome_name(outcome), said);
	if (__atomic_fetch_add(&shared->shrunk, 1, __ATOMIC_RELAXED) < shrink_max) {
		shrink(choices, target, folder, outcome);
		print_options(out, choices);
	}
	fprintf(out, "run it alone, the files stay in /tmp/generated:\n    ");
	print_command(out, choices, target);
	fclose(out);
	print_diagnosis(more);
	free(more);
}

static void count_taken(const struct choices *choices)
{
	int d, o;

	for (d = 0; d < DIMENSION_COUNT; d++)
		for (o = 0; o < option_count(d); o++)
			__atomic_fetch_add(&shared->taken[d][o], choices->taken[d][o],
					   __ATOMIC_RELAXED);
}

static void try_seed(const struct choices *plan, unsigned long long seed, unsigned long number,
		     const char *folder)
{
	struct choices choices = *plan;
	const char *target = trial_target(seed);
	enum outcome outcome;
	char *said = NULL;
	size_t size;
	FILE *out = open_memstream(&said, &size);

	choices.seed = seed;
	outcome = trial(&setting, &choices, target, folder, out);
	fclose(out);
	count_taken(&choices);
	shared->targets[seed % trial_targets()] = true;
	__atomic_fetch_add(&shared->outcome[outcome], 1, __ATOMIC_RELAXED);
	printf("%sok %lu - seed %llu to %s%s\n", outcome <= OUTCOME_REFUSED ? "" : "not ", number,
	       seed, target, outcome == OUTCOME_REFUSED ? ", refused" : "");
	if (outcome > OUTCOME_REFUSED)
		report_failure(&choices, target, folder, outcome, said);
	fflush(stdout);
	free(said);
}

/* One process of several: every jobs-th seed.  Its output goes to a file of its own. */
static void work_on(const struct choices *plan, unsigned long long first, unsigned long count,
		    unsigned long job, unsigned long jobs)
{
	char folder[64], output[80];
	unsigned long i;

	snprintf(folder, sizeof(folder), "%s/%lu", work, job);
	snprintf(output, sizeof(output), "%s/output%lu", work, job);
	folder_make(folder);
	if (!freopen(output, "w", stdout))
		exit(2);
	for (i = job; i < count; i += jobs)
		try_seed(plan, first + i, i + 1, folder);
	fclose(stdout);
	_exit(0);
}

/* The test that the run was worth something: every option must have been taken. */
static bool report_coverage(const struct choices *plan, unsigned long number, unsigned int times)
{
	bool enough = true;
	int d, o;

	for (d = 0; d < DIMENSION_COUNT; d++)
		for (o = 0; o < option_count(d); o++)
			enough = enough && (shared->taken[d][o] >= times || plan->off[d][o]);
	printf("%sok %lu - every option is taken %u times or more\n", enough ? "" : "not ", number,
	       times);
	for (d = 0; d < DIMENSION_COUNT; d++)
		for (o = 0; o < option_count(d); o++)
			printf("# %6u%s %s\n", shared->taken[d][o],
			       plan->off[d][o] ? " switched off" :
			       shared->taken[d][o] < times ? " TOO FEW" : "", option_name(d, o));
	return enough;
}

/* What the run was: the line that people quote. */
static void report_total(unsigned long count)
{
	unsigned int options = 0, taken = 0, targets = 0, wrong = 0;
	int d, o, t;

	for (d = 0; d < DIMENSION_COUNT; d++)
		for (o = 0; o < option_count(d); o++) {
			options++;
			taken += shared->taken[d][o] != 0;
		}
	for (t = 0; t < TARGETS_MAX; t++)
		targets += shared->targets[t];
	for (o = 0; o <= OUTCOME_CHECK; o++) {
		if (shared->outcome[o])
			printf("# %6u drivers: %s\n", shared->outcome[o], outcome_name(o));
		if (o > OUTCOME_REFUSED)
			wrong += shared->outcome[o];
	}
	printf("# %lu drivers with %u of %u options in %d dimensions, to %u releases: ", count, taken,
	       options, DIMENSION_COUNT, targets);
	printf(wrong ? "%u wrong\n" : "none wrong\n", wrong);
}

static int run_seeds(const struct choices *plan, unsigned long long first, unsigned long count,
		     unsigned long jobs, unsigned int times)
{
	char line[4096], output[80];
	unsigned long job;
	bool good;

	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
		      -1, 0);
	if (shared == MAP_FAILED || !mkdtemp(work))
		return 2;
	printf("1..%lu\n", count + 1);
	fflush(stdout);
	for (job = 0; job < jobs; job++)
		if (!fork())
			work_on(plan, first, count, job, jobs);
	while (wait(NULL) > 0)
		;
	for (job = 0; job < jobs; job++) {
		FILE *file;

		snprintf(output, sizeof(output), "%s/output%lu", work, job);
		file = fopen(output, "r");
		while (file && fgets(line, sizeof(line), file))
			fputs(line, stdout);
		if (file)
			fclose(file);
	}
	good = report_coverage(plan, count + 1, times);
	report_total(count);
	good = good && shared->outcome[OUTCOME_GOOD] + shared->outcome[OUTCOME_REFUSED] == count;
	folder_remove(work);
	return good ? 0 : 1;
}

static int run_one(struct choices *choices, const char *target, const char *folder)
{
	enum outcome outcome;
	char *real;

	folder_make(folder);
	real = realpath(folder, NULL);
	outcome = trial(&setting, choices, target, real, stdout);
	printf("seed %llu to %s, in %s: %s\n", (unsigned long long)choices->seed, target, real,
	       outcome_name(outcome));
	free(real);
	return outcome > OUTCOME_REFUSED;
}

static int run_wrong(const struct choices *plan, unsigned long long first, unsigned long count)
{
	unsigned long long seed;
	int status = 1;

	if (!mkdtemp(work))
		return 2;
	for (seed = first; status && seed < first + count; seed++) {
		struct choices choices = *plan;

		choices.seed = seed;
		if (trial(&setting, &choices, trial_target(seed), work, NULL) == OUTCOME_TRACE)
			status = 0;
	}
	if (!status)
		printf("noticed with seed %llu\n", seed - 1);
	folder_remove(work);
	return status;
}

static void switch_off(struct choices *choices, const char *option)
{
	if (option_off(choices, option))
		return;
	fprintf(stderr, "%s: no such option, or the plainest of its kind\n", option);
	exit(2);
}

int main(int argc, char **argv)
{
	static struct choices choices;
	unsigned long count = 100, jobs = 2;
	unsigned long long first = 1;
	unsigned int times = 0;
	const char *target = NULL, *folder = "/tmp/generated";
	bool one = false;
	int option;

	rig_prepare();
	while ((option = getopt(argc, argv, "n:f:j:c:s:t:d:w:m:x:")) != -1) {
		switch (option) {
		case 'n': count = strtoul(optarg, NULL, 0); break;
		case 'f': first = strtoull(optarg, NULL, 0); break;
		case 'j': jobs = strtoul(optarg, NULL, 0); break;
		case 'c': times = (unsigned int)strtoul(optarg, NULL, 0); break;
		case 's': choices.seed = strtoull(optarg, NULL, 0); one = true; break;
		case 't': target = optarg; break;
		case 'd': folder = optarg; break;
		case 'w': setting.spoil = optarg; break;
		case 'm': shrink_max = (unsigned int)strtoul(optarg, NULL, 0); break;
		case 'x': switch_off(&choices, optarg); break;
		default: return 2;
		}
	}
	for (; optind < argc; optind++)
		switch_off(&choices, argv[optind]);
	if (setting.spoil)
		return run_wrong(&choices, first, count);
	if (one)
		return run_one(&choices, target ? target : trial_target(choices.seed), folder);
	return run_seeds(&choices, first, count, jobs < JOBS_MAX ? jobs : JOBS_MAX, times);
}
