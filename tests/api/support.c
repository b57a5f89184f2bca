// SPDX-License-Identifier: GPL-2.0-only
/* support.c - see support.h */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support.h"

struct program *program;
struct probe_record record;

static int probe_fd;
static unsigned long violations_expected;
static struct {
	const char *rule;
	unsigned long count;
} expected_rules[16];

#define fail_at(file, line, ...) do { \
	print_error(__VA_ARGS__); \
	_fail(file, line); \
} while (0)

int start_machine(void **state)
{
	(void)state;
	if (machine_boot() || machine_load_driver())
		return -1;
	program = program_start();
	probe_fd = program_open(program, "/dev/probe");
	violations_expected = 0;
	memset(expected_rules, 0, sizeof(expected_rules));
	memset(&record, 0, sizeof(record));
	return probe_fd < 0 ? -1 : 0;
}

int stop_machine(void **state)
{
	unsigned long violations = machine_violations();
	int leaks;

	(void)state;
	leaks = machine_shutdown();
	if (leaks)
		print_error("expected no leak at the end, came %d\n", leaks);
	if (violations != violations_expected)
		print_error("expected %lu report(s) of a broken rule, came %lu\n",
			    violations_expected, violations);
	return leaks || violations != violations_expected ? -1 : 0;
}

unsigned long map_pages(unsigned long npages)
{
	unsigned long addr = program_map(program, npages * PAGE, RW);

	assert_int_not_equal(addr, 0);
	return addr;
}

unsigned long map_written_pages(unsigned long npages)
{
	unsigned long addr = map_pages(npages);

	write_pages(program, addr, npages, 1);
	return addr;
}

void write_pages(struct program *p, unsigned long addr, unsigned long npages, unsigned char first)
{
	for (unsigned long i = 0; i < npages; i++) {
		unsigned char byte = first + i;

		assert_int_equal(program_write(p, addr + i * PAGE, &byte, 1), 0);
	}
}

void expect_bytes(struct program *p, unsigned long addr, unsigned long npages, unsigned char first)
{
	for (unsigned long i = 0; i < npages; i++) {
		unsigned char byte = 0xee;

		assert_int_equal(program_read(p, addr + i * PAGE, &byte, 1), 0);
		assert_int_equal(byte, (unsigned char)(first + i));
	}
}

struct probe_plan plan_for(unsigned long addr, unsigned long npages, unsigned int select,
			   enum probe_give give)
{
	struct probe_plan plan = { .start = addr, .end = addr + npages * PAGE, .select = select };

	for (unsigned long i = 0; i < npages && i < PROBE_MOST_PAGES; i++)
		plan.give[i] = give;
	return plan;
}

long probe(enum probe_command command, void *argument)
{
	return program_ioctl(program, probe_fd, command, argument);
}

void migrate(struct probe_plan plan)
{
	struct probe_plan_and_record both = { .plan = &plan, .record = &record };

	assert_int_equal(probe(PROBE_MIGRATE, &both), 0);
}

void move_to_device(unsigned long addr, unsigned long npages)
{
	migrate(plan_for(addr, npages, SELECT_SYSTEM, GIVE_DEVICE));
	assert_int_equal(record.ret, 0);
	for (unsigned long i = 0; i < npages; i++)
		expect_where(addr + i * PAGE, PROGRAM_PAGE_DEVICE);
}

void move_to_system(unsigned long addr, unsigned long npages)
{
	migrate(plan_for(addr, npages, SELECT_DEVICE, GIVE_SYSTEM));
	assert_int_equal(record.ret, 0);
	for (unsigned long i = 0; i < npages; i++)
		expect_where(addr + i * PAGE, PROGRAM_PAGE_SYSTEM);
}

void answer_faults(enum probe_answer answer)
{
	struct probe_faults faults = { .answer = answer };

	assert_int_equal(probe(PROBE_ANSWER, &faults), 0);
}

struct probe_faults faults_so_far(void)
{
	struct probe_faults faults;

	assert_int_equal(probe(PROBE_FAULTS, &faults), 0);
	return faults;
}

static const char *where_name(enum program_page where)
{
	static const char *const names[] = {
		[PROGRAM_PAGE_NONE] = "nowhere",
		[PROGRAM_PAGE_ZERO] = "the zero page",
		[PROGRAM_PAGE_SYSTEM] = "system memory",
		[PROGRAM_PAGE_DEVICE] = "the device",
		[PROGRAM_PAGE_SWAPPED] = "swap",
		[PROGRAM_PAGE_MIGRATING] = "a migration",
	};

	return names[where];
}

void check_where(struct program *p, unsigned long addr, enum program_page expected,
		 const char *file, int line)
{
	enum program_page where = program_page(p, addr).where;

	if (where != expected)
		fail_at(file, line, "page at %#lx: expected in %s, came in %s\n", addr,
			where_name(expected), where_name(where));
}

static const char *word_text(unsigned long word, char *text, size_t size)
{
	static const char *const names[] = { "VALID", "MIGRATE", "LOCKED", "WRITE", "DEVICE" };
	size_t length = 0;

	text[0] = '\0';
	for (int bit = 0; bit < 5; bit++)
		if (word & (1UL << bit))
			length += snprintf(text + length, size - length, "%s%s", length ? "|" : "",
					   names[bit]);
	return length ? text : "0";
}

void check_word(const char *what, int i, unsigned long word, unsigned long expected,
		const char *file, int line)
{
	const unsigned long flags = WORD_VALID | WORD_MIGRATE | WORD_WRITE;
	char came[64], wanted[64];

	if ((word & flags) != expected || !(word & WORD_VALID) != !(word >> 6))
		fail_at(file, line, "entry %d of %s: expected %s, came %s (%#lx)\n", i, what,
			word_text(expected, wanted, sizeof(wanted)),
			word_text(word, came, sizeof(came)), word);
}

void check_counts(unsigned long system_pages, unsigned long device_pages, const char *file,
		  int line)
{
	struct machine_counts counts = machine_count();
	const unsigned long backing = (since(6, 0) ? 2 : 3) * 128;

	if (counts.system_pages - backing != system_pages || counts.device_pages != device_pages)
		fail_at(file, line,
			"expected %lu system and %lu device pages of the program, came %ld and %lu\n",
			system_pages, device_pages, (long)(counts.system_pages - backing),
			counts.device_pages);
	if (counts.locked_pages || counts.isolated_pages)
		fail_at(file, line, "%lu pages are locked and %lu isolated\n", counts.locked_pages,
			counts.isolated_pages);
}

/* How many of the reports that were expected so far are of a rule. */
static unsigned long *expected_of(const char *rule)
{
	int i = 0;

	while (expected_rules[i].rule && strcmp(expected_rules[i].rule, rule))
		i++;
	expected_rules[i].rule = rule;
	return &expected_rules[i].count;
}

/* Takes the reports of one rule for expected; there has to be one. */
static void take_reports(const char *rule, const char *file, int line)
{
	unsigned long *before = expected_of(rule);
	unsigned long of_rule = machine_violations_of(rule) - *before;

	if (!of_rule)
		fail_at(file, line, "expected a report of %s, came none\n", rule);
	violations_expected += of_rule;
	*before += of_rule;
}

void check_violations(const char *rule, const char *second, const char *file, int line)
{
	take_reports(rule, file, line);
	if (second)
		take_reports(second, file, line);
	if (machine_violations() != violations_expected)
		fail_at(file, line, "expected reports of %s %s %s only, came one of %s as well\n",
			rule, second ? "and" : "", second ? second : "", machine_last_violation());
}

static void die_with_report_in(int fd, void (*function)(void))
{
	dup2(fd, STDERR_FILENO);
	signal(SIGABRT, SIG_DFL);
	function();
	_exit(0);
}

void check_fatal(const char *rule, void (*function)(void), const char *file, int line)
{
	char text[16384] = "", wanted[64];
	size_t length = 0;
	int fds[2], status;
	ssize_t part;
	pid_t child;

	assert_int_equal(pipe(fds), 0);
	child = fork();
	if (child == 0)
		die_with_report_in(fds[1], function);
	close(fds[1]);
	while ((part = read(fds[0], text + length, sizeof(text) - 1 - length)) > 0)
		length += part;
	close(fds[0]);
	waitpid(child, &status, 0);

	snprintf(wanted, sizeof(wanted), "[%s]", rule);
	if (!WIFSIGNALED(status) || WTERMSIG(status) != SIGABRT)
		fail_at(file, line, "expected the machine to end with %s, came status %#x:\n%s\n",
			wanted, status, text);
	if (!strstr(text, wanted))
		fail_at(file, line, "expected a report of %s, came:\n%s\n", wanted, text);
}

void check_leaks(int expected, const char *file, int line)
{
	int leaks = machine_shutdown();

	violations_expected = machine_violations();
	if (leaks != expected)
		fail_at(file, line, "expected %d leak(s), came %d\n", expected, leaks);
}
