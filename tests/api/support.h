/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * support.h - a machine for a test, and expectations that say what came instead
 *
 * Each test gets a machine that has just booted, with the probe driver loaded and one program that
 * has it open. Afterwards everything is taken down, and a leak or an unexpected report fails it.
 */
#ifndef API_TESTS_SUPPORT_H
#define API_TESTS_SUPPORT_H

#include <stdio.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "probe.h"
#include "program.h"

#define PAGE	PROGRAM_PAGE_SIZE
#define RW	(PROGRAM_READ | PROGRAM_WRITE)

extern struct program *program;
extern struct probe_record record;

int start_machine(void **state);
int stop_machine(void **state);

#define machine_test(name)	cmocka_unit_test_setup_teardown(name, start_machine, stop_machine)

/* The rest of the test holds for some releases only; both numbers as in a release's name. */
#define only_since(major, minor) do { \
	if (machine_release() < MACHINE_RELEASE(major, minor)) { \
		puts("# skipped: it is so only since Linux " #major "." #minor); \
		fflush(stdout); \
		skip(); \
	} \
} while (0)
#define only_before(major, minor) do { \
	if (machine_release() >= MACHINE_RELEASE(major, minor)) { \
		puts("# skipped: it is so only before Linux " #major "." #minor); \
		fflush(stdout); \
		skip(); \
	} \
} while (0)
#define since(major, minor)	(machine_release() >= MACHINE_RELEASE(major, minor))

/* Maps pages and writes its own number to the first byte of each. */
unsigned long map_pages(unsigned long npages);
unsigned long map_written_pages(unsigned long npages);
void write_pages(struct program *p, unsigned long addr, unsigned long npages, unsigned char first);
void expect_bytes(struct program *p, unsigned long addr, unsigned long npages, unsigned char first);

/* Migrations of the program's pages; what happened is in record. */
struct probe_plan plan_for(unsigned long addr, unsigned long npages, unsigned int select,
			   enum probe_give give);
void migrate(struct probe_plan plan);
void move_to_device(unsigned long addr, unsigned long npages);
void move_to_system(unsigned long addr, unsigned long npages);

long probe(enum probe_command command, void *argument);
void answer_faults(enum probe_answer answer);
struct probe_faults faults_so_far(void);

/* Of a page, or of the machine. */
#define expect_where(addr, expected) \
	check_where(program, addr, expected, __FILE__, __LINE__)
#define expect_where_in(p, addr, expected)	check_where(p, addr, expected, __FILE__, __LINE__)
void check_where(struct program *p, unsigned long addr, enum program_page expected,
		 const char *file, int line);

/*
 * A word without its page frame number, compared flag by flag. LOCKED and DEVICE, which come and go
 * with the releases, are left out unless the test asks for them.
 */
#define HOLE		WORD_MIGRATE
#define MOVABLE		(WORD_VALID | WORD_MIGRATE)
#define expect_src(i, expected)		check_word("src after setup", i, record.after_setup[i].src, \
						   expected, __FILE__, __LINE__)
#define expect_src_after_pages(i, expected) \
	check_word("src after pages", i, record.after_pages[i].src, expected, __FILE__, __LINE__)
void check_word(const char *what, int i, unsigned long word, unsigned long expected,
		const char *file, int line);

#define expect_counts(system, device)	check_counts(system, device, __FILE__, __LINE__)
void check_counts(unsigned long system_pages, unsigned long device_pages, const char *file,
		  int line);

/* The rule was broken, and no other; the test goes on with a clean slate. */
#define expect_violation(rule)	check_violations(rule, NULL, __FILE__, __LINE__)
#define expect_violations(rule, second)	check_violations(rule, second, __FILE__, __LINE__)
void check_violations(const char *rule, const char *second, const char *file, int line);

/* In a process of its own: the function ends the machine with a report of the rule. */
#define expect_fatal(rule, function)	check_fatal(rule, function, __FILE__, __LINE__)
void check_fatal(const char *rule, void (*function)(void), const char *file, int line);

/* Shuts down early and expects that many leaks. */
#define expect_leaks(count)	check_leaks(count, __FILE__, __LINE__)
void check_leaks(int expected, const char *file, int line);

#endif
