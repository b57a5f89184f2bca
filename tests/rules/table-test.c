// SPDX-License-Identifier: GPL-2.0-only
/*
 * The table of rules: its names, and that the wrong and the right code of each rule are that.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka needs the four above. */
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../porting-tool/checks/checks.h"
#include "../../porting-tool/checks/rules.h"

static const struct release *example_release(const struct rule *rule)
{
	const char *error;

	return rule->example ? release_find(rule->example, &error) : release_newest();
}

static void check_code(const struct rule *rule, char other, struct diagnostics *found)
{
	struct clang_setup setup = { 0 };
	struct source source;
	char *text = rule_code(rule, other);

	assert_int_equal(source_set(&source, rule->name, text, strlen(text)), SOURCE_OK);
	check_files(&source, 1, example_release(rule), &setup, found);
	source_release(&source);
	free(text);
}

static void print_found(const struct rule *rule, const char *which,
			const struct diagnostics *found)
{
	printf("# the %s code of %s:\n", which, rule->name);
	for (size_t i = 0; i < found->count; i++)
		printf("#   line %u: %s [%s]\n", found->list[i].line, found->list[i].text,
		       found->list[i].rule);
	if (!found->count)
		puts("#   nothing is found");
}

static void wrong_code_breaks_its_rule_and_no_other(void **state)
{
	const struct rule *rule = *state;
	struct diagnostics found = { 0 };
	size_t own = 0, other = 0;

	check_code(rule, '+', &found);
	for (size_t i = 0; i < found.count; i++) {
		own += !strcmp(found.list[i].rule, rule->name);
		other += strcmp(found.list[i].rule, rule->name) != 0;
	}
	if (!own || other)
		print_found(rule, "wrong", &found);
	diagnostics_release(&found);
	assert_true(own > 0);
	assert_int_equal(other, 0);
}

static void right_code_is_clean(void **state)
{
	const struct rule *rule = *state;
	struct diagnostics found = { 0 };
	size_t count;

	check_code(rule, '-', &found);
	count = found.count;
	if (count)
		print_found(rule, "right", &found);
	diagnostics_release(&found);
	assert_int_equal(count, 0);
}

static void names_are_words_and_dashes(void **state)
{
	const struct rule *rule;

	(void)state;
	for (size_t i = 0; (rule = rule_at(i)); i++) {
		assert_true(strlen(rule->name) < 40);
		assert_int_equal(strspn(rule->name, "abcdefghijklmnopqrstuvwxyz-"),
				 strlen(rule->name));
	}
}

static void names_are_unique(void **state)
{
	const struct rule *rule;

	(void)state;
	for (size_t i = 0; (rule = rule_at(i)); i++)
		assert_ptr_equal(rule_find(rule->name), rule);
}

static void summaries_fit_a_line_and_end_without_a_full_stop(void **state)
{
	const struct rule *rule;

	(void)state;
	for (size_t i = 0; (rule = rule_at(i)); i++) {
		assert_in_range(strlen(rule->summary), 10, 90);
		assert_int_not_equal(rule->summary[strlen(rule->summary) - 1], '.');
		assert_null(strchr(rule->summary, '\n'));
	}
}

static void releases_exist(void **state)
{
	const struct rule *rule;
	const char *error;

	(void)state;
	for (size_t i = 0; (rule = rule_at(i)); i++) {
		/* What the port says may be about releases before its own targets. */
		if (!rule_checked(rule))
			continue;
		assert_non_null(release_find(rule->since, &error));
		if (rule->until)
			assert_true(release_find(rule->until, &error)->number >=
				    release_find(rule->since, &error)->number);
		assert_non_null(example_release(rule));
	}
}

/* Of wrong code that equals the right code nothing would be said. */
static void codes_are_lines_of_a_diff(void **state)
{
	const struct rule *rule;

	(void)state;
	for (size_t i = 0; (rule = rule_at(i)); i++) {
		size_t differs = 0;

		for (const char *line = rule->code; line && *line; line = strchr(line, '\n') + 1) {
			assert_non_null(strchr(" -+", *line));
			differs += *line != ' ';
		}
		assert_int_equal(rule->code != NULL, differs > 0);
	}
}

static void near_names_are_found(void **state)
{
	(void)state;
	assert_string_equal(rule_nearest("setup-results")->name, "setup-result");
	assert_string_equal(rule_nearest("chunkloop")->name, "chunk-loop");
	assert_string_equal(rule_nearest("prefilled")->name, "dst-prefilled");
	assert_null(rule_nearest("xyzzy"));
	assert_null(rule_nearest(""));
}

#define RULES_MAX 200

int main(void)
{
	static struct CMUnitTest tests[2 * RULES_MAX + 8];
	static char names[2 * RULES_MAX][80];
	const struct rule *rule;
	size_t count = 0;
	const struct CMUnitTest of_the_table[] = {
		cmocka_unit_test(names_are_words_and_dashes),
		cmocka_unit_test(names_are_unique),
		cmocka_unit_test(summaries_fit_a_line_and_end_without_a_full_stop),
		cmocka_unit_test(releases_exist),
		cmocka_unit_test(codes_are_lines_of_a_diff),
		cmocka_unit_test(near_names_are_found),
	};

	for (size_t i = 0; (rule = rule_at(i)) && i < RULES_MAX; i++) {
		if (!rule_checked(rule) || !rule->code)
			continue;
		snprintf(names[count], sizeof(names[0]), "%s: wrong code is found", rule->name);
		tests[count] = (struct CMUnitTest){ names[count],
						    wrong_code_breaks_its_rule_and_no_other, NULL,
						    NULL, (void *)rule };
		count++;
		snprintf(names[count], sizeof(names[0]), "%s: right code is clean", rule->name);
		tests[count] = (struct CMUnitTest){ names[count], right_code_is_clean, NULL, NULL,
						    (void *)rule };
		count++;
	}
	for (size_t i = 0; i < sizeof(of_the_table) / sizeof(*of_the_table); i++)
		tests[count++] = of_the_table[i];
	return _cmocka_run_group_tests("rules", tests, count, NULL, NULL);
}
