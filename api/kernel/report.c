// SPDX-License-Identifier: GPL-2.0-only
/* report.c - what a driver's author reads when something went wrong */
#include "kernel/report.h"

#include <linux/bug.h>
#include <linux/kernel.h>
#include <linux/sched.h>
#include <linux/string.h>

#include "host/host.h"

static const struct {
	const char *name;
	const char *text;
} rules[RULE_COUNT] = {
#define RULE(symbol, rule_name, rule_text) \
	[RULE_##symbol] = { .name = rule_name, .text = rule_text },
	RULES(RULE)
#undef RULE
};

/* What the tool has more to say about. */
static const bool has_explanation[RULE_COUNT] = {
#define SHARED(symbol, rule_name, rule_text) [RULE_##symbol] = true,
	SHARED_RULES(SHARED)
#undef SHARED
};

static unsigned long broken_count;
static unsigned long broken_count_of[RULE_COUNT];
static enum rule broken_last;

static void print_report(enum rule rule, const char *fmt, va_list args)
{
	char text[512];

	broken_count++;
	broken_count_of[rule]++;
	broken_last = rule;
	host_format(text, sizeof(text), fmt, args);
	printk("%s: %s [%s]\n", current->comm, text, rules[rule].name);
	printk("    rule: %s\n", rules[rule].text);
	printk(has_explanation[rule] ? "    more: migrate-vma explain %s\n" :
				       "    more: docs/reference/machine-rules.rst, %s\n",
	       rules[rule].name);
	host_backtrace();
}

void rule_broken(enum rule rule, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	print_report(rule, fmt, args);
	va_end(args);
}

void rule_broken_fatal(enum rule rule, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	print_report(rule, fmt, args);
	va_end(args);
	printk("    the machine cannot go on\n");
	host_abort();
}

void report_note(const char *fmt, ...)
{
	char text[512];
	va_list args;

	va_start(args, fmt);
	host_format(text, sizeof(text), fmt, args);
	va_end(args);
	printk("    %s\n", text);
}

void reports_reset(void)
{
	broken_count = 0;
	memset(broken_count_of, 0, sizeof(broken_count_of));
}

unsigned long reports_count(void)
{
	return broken_count;
}

unsigned long reports_count_of(const char *name)
{
	for (int rule = 0; rule < RULE_COUNT; rule++)
		if (!strcmp(rules[rule].name, name))
			return broken_count_of[rule];
	return 0;
}

const char *reports_last(void)
{
	return broken_count ? rules[broken_last].name : "";
}

void __bug(const char *condition, const char *file, int line)
{
	rule_broken_fatal(RULE_BUG, "BUG at %s:%d: %s", file, line, condition);
}

int __warn(const char *condition, const char *file, int line, const char *fmt, ...)
{
	char text[256];
	va_list args;

	va_start(args, fmt);
	host_format(text, sizeof(text), fmt, args);
	va_end(args);
	rule_broken(RULE_WARNING, "WARN at %s:%d: %s%s%s", file, line, condition,
		    text[0] ? ": " : "", text);
	return 1;
}

void panic(const char *fmt, ...)
{
	char text[256];
	va_list args;

	va_start(args, fmt);
	host_format(text, sizeof(text), fmt, args);
	va_end(args);
	rule_broken_fatal(RULE_BUG, "panic: %s", text);
}

void dump_stack(void)
{
	host_backtrace();
}
