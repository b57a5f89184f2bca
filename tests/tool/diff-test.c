// SPDX-License-Identifier: GPL-2.0-only
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../porting-tool/print/diff.h"
#include "../../porting-tool/print/patch.h"
#include "../../porting-tool/print/stream.h"
#include "../../porting-tool/print/utf8.h"

#define LINES_MAX 40

/* Builds the new text from the old one and the changes, as a reader of a patch does. */
static void assert_changes_give_new_text(const struct diff *diff)
{
	size_t old = 0, new = 0;

	for (size_t i = 0; i <= diff->count; i++) {
		size_t end = i < diff->count ? diff->changes[i].old_line : diff->old.count;

		while (old < end)
			assert_int_equal(diff->old.ids[old++], diff->new.ids[new++]);
		if (i == diff->count)
			break;
		assert_int_equal(new, diff->changes[i].new_line);
		old += diff->changes[i].old_count;
		new += diff->changes[i].new_count;
	}
	assert_int_equal(new, diff->new.count);
}

/* The lines that a shortest difference has, found the slow way. */
static size_t shortest(const struct diff *diff)
{
	static size_t common[LINES_MAX + 1][LINES_MAX + 1];

	for (size_t i = 0; i <= diff->old.count; i++) {
		for (size_t j = 0; j <= diff->new.count; j++) {
			if (!i || !j)
				common[i][j] = 0;
			else if (diff->old.ids[i - 1] == diff->new.ids[j - 1])
				common[i][j] = common[i - 1][j - 1] + 1;
			else
				common[i][j] = common[i - 1][j] > common[i][j - 1] ?
						       common[i - 1][j] : common[i][j - 1];
		}
	}
	return diff->old.count + diff->new.count - 2 * common[diff->old.count][diff->new.count];
}

static void random_text(char *text)
{
	static const char *const lines[] = { "a\n", "b\n", "\n", "\tc\n", "{\n", "}\n" };
	size_t count = (size_t)rand() % LINES_MAX;

	*text = '\0';
	for (size_t i = 0; i < count; i++)
		text = stpcpy(text, lines[(size_t)rand() % 6]);
}

static void random_texts_have_a_shortest_difference(void **state)
{
	(void)state;
	srand(1);
	for (int round = 0; round < 5000; round++) {
		char old[4 * LINES_MAX], new[4 * LINES_MAX];
		struct diff diff;
		size_t lines = 0;

		random_text(old);
		random_text(new);
		diff_texts(&diff, old, strlen(old), new, strlen(new));
		assert_changes_give_new_text(&diff);
		for (size_t i = 0; i < diff.count; i++) {
			lines += diff.changes[i].old_count + diff.changes[i].new_count;
			if (i)
				assert_true(diff.changes[i].old_line >
					    diff.changes[i - 1].old_line +
					    diff.changes[i - 1].old_count);
		}
		assert_int_equal(lines, shortest(&diff));
		diff_release(&diff);
	}
}

/* More than the search is willing to spend: the result need not be shortest, but must be right. */
static void very_different_texts_are_compared_in_reasonable_time(void **state)
{
	size_t lines = 30000, size[2];
	char *texts[2];
	struct diff diff;

	(void)state;
	srand(1);
	for (size_t i = 0; i < 2; i++) {
		FILE *stream = stream_to_memory(&texts[i], &size[i]);

		for (size_t line = 0; line < lines; line++)
			fprintf(stream, "%d\n", rand() % 5000);
		fclose(stream);
	}
	diff_texts(&diff, texts[0], size[0], texts[1], size[1]);
	assert_changes_give_new_text(&diff);
	diff_release(&diff);
	free(texts[0]);
	free(texts[1]);
}

static void assert_patch(const char *name, const char *old, const char *new, const char *expected)
{
	const struct patch patch = { name, old, strlen(old), new, strlen(new), false };
	char *text;
	size_t size;
	FILE *stream = stream_to_memory(&text, &size);

	patch_print(stream, &patch, false);
	fclose(stream);
	assert_string_equal(text, expected);
	free(text);
}

#define HEAD "--- a/f.c\n+++ b/f.c\n"

static void equal_texts_give_no_patch(void **state)
{
	(void)state;
	assert_patch("f.c", "a\nb\n", "a\nb\n", "");
	assert_patch("f.c", "", "", "");
}

static void a_change_has_three_lines_around_it(void **state)
{
	(void)state;
	assert_patch("f.c", "1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nnew\n6\n7\n8\n9\n",
		     HEAD "@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+new\n 6\n 7\n 8\n");
}

static void near_changes_share_a_hunk_and_far_ones_do_not(void **state)
{
	(void)state;
	assert_patch("f.c", "1\n2\n3\n4\n5\n6\n7\n8\n9\n", "a\n2\n3\n4\n5\n6\n7\nb\n9\n",
		     HEAD "@@ -1,9 +1,9 @@\n-1\n+a\n 2\n 3\n 4\n 5\n 6\n 7\n-8\n+b\n 9\n");
	assert_patch("f.c", "1\n2\n3\n4\n5\n6\n7\n8\n9\n", "a\n2\n3\n4\n5\n6\n7\n8\nb\n",
		     HEAD "@@ -1,4 +1,4 @@\n-1\n+a\n 2\n 3\n 4\n"
			  "@@ -6,4 +6,4 @@\n 6\n 7\n 8\n-9\n+b\n");
}

static void a_missing_newline_at_the_end_is_marked(void **state)
{
	(void)state;
	assert_patch("f.c", "1\n2", "1\nnew",
		     HEAD "@@ -1,2 +1,2 @@\n 1\n-2\n\\ No newline at end of file\n"
			  "+new\n\\ No newline at end of file\n");
	assert_patch("f.c", "1\n2", "1\n2\n",
		     HEAD "@@ -1,2 +1,2 @@\n 1\n-2\n\\ No newline at end of file\n+2\n");
	assert_patch("f.c", "1\n2", "0\n2",
		     HEAD "@@ -1,2 +1,2 @@\n-1\n+0\n 2\n\\ No newline at end of file\n");
}

static void a_text_that_goes_or_comes_as_a_whole_has_an_empty_side(void **state)
{
	(void)state;
	assert_patch("f.c", "1\n", "", HEAD "@@ -1 +0,0 @@\n-1\n");
	assert_patch("f.c", "", "1\n2\n", HEAD "@@ -0,0 +1,2 @@\n+1\n+2\n");
}

static void a_hunk_names_the_function_it_is_in(void **state)
{
	(void)state;
	assert_patch("f.c", "int f(void)\r\n{\n\t1;\n\t2;\n\t3;\n\t4;\n}\n",
		     "int f(void)\r\n{\n\t1;\n\t2;\n\t3;\n\tnew;\n}\n",
		     HEAD "@@ -3,5 +3,5 @@ int f(void)\n \t1;\n \t2;\n \t3;\n-\t4;\n+\tnew;\n }\n");
}

static void a_name_with_a_blank_ends_with_a_tab(void **state)
{
	(void)state;
	assert_patch("my f.c", "1\n", "2\n",
		     "--- a/my f.c\t\n+++ b/my f.c\t\n"
		     "@@ -1 +1 @@\n-1\n+2\n");
}

static void a_name_that_would_break_the_line_is_quoted(void **state)
{
	(void)state;
	assert_patch("a\tb\"c\\d\n", "1\n", "2\n",
		     "--- \"a/a\\011b\\\"c\\\\d\\012\"\n+++ \"b/a\\011b\\\"c\\\\d\\012\"\n"
		     "@@ -1 +1 @@\n-1\n+2\n");
}

static void an_added_function_is_shown_whole(void **state)
{
	(void)state;
	assert_patch("f.c",
		     "int a(void)\n{\n\treturn 1;\n}\n\nint c(void)\n{\n\treturn 1;\n}\n",
		     "int a(void)\n{\n\treturn 1;\n}\n\nint b(void)\n{\n\treturn 1;\n}\n\n"
		     "int c(void)\n{\n\treturn 1;\n}\n",
		     HEAD "@@ -3,6 +3,11 @@ int a(void)\n \treturn 1;\n }\n \n"
			  "+int b(void)\n+{\n+\treturn 1;\n+}\n+\n"
			  " int c(void)\n {\n \treturn 1;\n");
}

static void only_utf8_is_taken_for_utf8(void **state)
{
	static const struct {
		const char *text;
		const char *copy;
	} cases[] = {
		{ "plain", "plain" },
		{ "\xc3\xa9 \xe2\x82\xac \xf0\x9f\x90\xa7", "\xc3\xa9 \xe2\x82\xac \xf0\x9f\x90\xa7" },
		{ "\xe9t\xe9", "\xef\xbf\xbdt\xef\xbf\xbd" },		/* Latin-1 */
		{ "\xc0\xaf", "\xef\xbf\xbd\xef\xbf\xbd" },		/* longer than needed */
		{ "\xed\xa0\x80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd" }, /* a surrogate */
		{ "\xf4\x90\x80\x80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd" },
		{ "\xe2\x82", "\xef\xbf\xbd\xef\xbf\xbd" },		/* cut off */
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		size_t size = strlen(cases[i].text), length;
		char *copy = utf8_copy(cases[i].text, size, &length);

		assert_string_equal(copy, cases[i].copy);
		assert_int_equal(length, strlen(copy));
		assert_int_equal(utf8_is_valid(cases[i].text, size),
				 !strcmp(cases[i].text, cases[i].copy));
		free(copy);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(random_texts_have_a_shortest_difference),
		cmocka_unit_test(very_different_texts_are_compared_in_reasonable_time),
		cmocka_unit_test(equal_texts_give_no_patch),
		cmocka_unit_test(a_change_has_three_lines_around_it),
		cmocka_unit_test(near_changes_share_a_hunk_and_far_ones_do_not),
		cmocka_unit_test(a_missing_newline_at_the_end_is_marked),
		cmocka_unit_test(a_text_that_goes_or_comes_as_a_whole_has_an_empty_side),
		cmocka_unit_test(a_hunk_names_the_function_it_is_in),
		cmocka_unit_test(a_name_with_a_blank_ends_with_a_tab),
		cmocka_unit_test(a_name_that_would_break_the_line_is_quoted),
		cmocka_unit_test(an_added_function_is_shown_whole),
		cmocka_unit_test(only_utf8_is_taken_for_utf8),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
