// SPDX-License-Identifier: GPL-2.0-only
/* failure.c - which allocation, lock, isolation, pin, move or copy is to fail? See failure.h. */
#include "kernel/failure.h"

#include <linux/kernel.h>
#include <linux/printk.h>
#include <linux/string.h>

#include "host/host.h"

static const char *const names[MACHINE_FAILURES] = {
	[MACHINE_FAIL_FRAME_ALLOC] = "frame_alloc",
	[MACHINE_FAIL_SLAB_ALLOC] = "slab_alloc",
	[MACHINE_FAIL_TRYLOCK_PAGE] = "trylock_page",
	[MACHINE_FAIL_LRU_ISOLATE] = "lru_isolate",
	[MACHINE_FAIL_PIN] = "pin",
	[MACHINE_FAIL_MOVE] = "move",
	[MACHINE_FAIL_SPLIT] = "split",
	[MACHINE_FAIL_COPY] = "copy",
	[MACHINE_FAIL_DMA_MAP] = "dma_map",
	[MACHINE_FAIL_ENGINE] = "engine",
};

bool failures_wanted;

static unsigned long points[MACHINE_FAILURES];
static unsigned long nth_to_fail[MACHINE_FAILURES];
static unsigned long struck;
static unsigned int random_state;
static unsigned int random_one_in;
static const void *held_page;
static int driver_depth;
static bool print_points;

const char *machine_failure_name(enum machine_failure kind)
{
	return names[kind];
}

void machine_fail_nth(enum machine_failure kind, unsigned long nth)
{
	nth_to_fail[kind] = nth ? points[kind] + nth : 0;
	failures_wanted = true;
}

void machine_fail_randomly(unsigned int seed, unsigned int one_in)
{
	random_state = seed * 2654435761u | 1;
	random_one_in = one_in;
	failures_wanted = true;
}

unsigned long machine_failure_points(enum machine_failure kind)
{
	return points[kind];
}

unsigned long machine_failures(void)
{
	return struck;
}

/* Marsaglia's xorshift: the same failures for the same seed, on every computer. */
static bool random_strikes(void)
{
	if (!random_one_in)
		return false;
	random_state ^= random_state << 13;
	random_state ^= random_state >> 17;
	random_state ^= random_state << 5;
	return (random_state >> 4) % random_one_in == 0;
}

bool failure_strikes_now(enum machine_failure kind, const void *caller)
{
	bool random;

	if (!driver_depth)
		return false;
	points[kind]++;
	random = random_strikes();
	if (points[kind] != nth_to_fail[kind] && !random)
		return false;
	struck++;
	if (!random)
		printk("failure: %s %lu is made to fail, in %pS\n", names[kind], points[kind],
		       caller);
	return true;
}

bool failure_holds_now(const void *page, const void *caller)
{
	if (held_page == page)
		return true;
	if (!failure_strikes_now(MACHINE_FAIL_TRYLOCK_PAGE, caller))
		return false;
	held_page = page;
	return true;
}

void failures_migration_begins(void)
{
	held_page = NULL;
}

void failures_driver_begins(void)
{
	driver_depth++;
}

void failures_driver_ends(void)
{
	driver_depth--;
}

int failures_switch(int depth)
{
	int before = driver_depth;

	driver_depth = depth;
	return before;
}

/* Reads a number, and moves on to what is behind it and a colon. */
static unsigned long take_number(const char **text)
{
	unsigned long number = 0;

	while (**text >= '0' && **text <= '9')
		number = number * 10 + *(*text)++ - '0';
	if (**text == ':')
		(*text)++;
	return number;
}

static const char *after_word(const char *text, const char *word)
{
	size_t length = strlen(word);

	if (strncmp(text, word, length) || (text[length] != ':' && text[length]))
		return NULL;
	return text + length + (text[length] == ':');
}

static bool understand(const char *text)
{
	const char *rest = after_word(text, "random");

	if (rest) {
		unsigned int seed = take_number(&rest);

		machine_fail_randomly(seed, take_number(&rest));
		return !*rest;
	}
	if (after_word(text, "count")) {
		print_points = failures_wanted = true;
		return true;
	}
	for (int kind = 0; kind < MACHINE_FAILURES; kind++) {
		rest = after_word(text, names[kind]);
		if (rest) {
			machine_fail_nth(kind, take_number(&rest));
			return !*rest;
		}
	}
	return false;
}

void failures_boot(void)
{
	const char *text = host_environment("MACHINE_FAIL");

	memset(points, 0, sizeof(points));
	memset(nth_to_fail, 0, sizeof(nth_to_fail));
	struck = 0;
	random_one_in = 0;
	held_page = NULL;
	driver_depth = 0;
	failures_wanted = print_points = false;
	if (text && !understand(text))
		printk("MACHINE_FAIL=%s is not understood; program.h says what it may be\n", text);
}

void failures_shutdown(void)
{
	if (print_points)
		for (int kind = 0; kind < MACHINE_FAILURES; kind++)
			printk("failure points: %s %lu\n", names[kind], points[kind]);
	failures_wanted = false;
}
