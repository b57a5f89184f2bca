// SPDX-License-Identifier: GPL-2.0-only
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../porting-tool/diagnostic.h"
#include "../../porting-tool/source/source.h"

static struct source source_of(const char *text)
{
	struct source source;

	assert_int_equal(source_set(&source, "test.c", text, strlen(text)), SOURCE_OK);
	return source;
}

static void lines_begin_behind_each_line_ending(void **state)
{
	struct source source = source_of("one\ntwo\n\nfour");

	(void)state;
	assert_int_equal(source.line_count, 4);
	assert_int_equal(source.lines[0], 0);
	assert_int_equal(source.lines[1], 4);
	assert_int_equal(source.lines[2], 8);
	assert_int_equal(source.lines[3], 9);
	source_release(&source);
}

static void a_line_ending_at_the_end_begins_no_line(void **state)
{
	struct source source = source_of("one\ntwo\n");

	(void)state;
	assert_int_equal(source.line_count, 2);
	source_release(&source);
}

static void an_empty_file_has_one_line(void **state)
{
	struct source source = source_of("");

	(void)state;
	assert_int_equal(source.line_count, 1);
	assert_int_equal(source_line(&source, 0), 0);
	assert_int_equal(source_line_end(&source, 0), 0);
	assert_int_equal(source_line_next(&source, 0), 0);
	source_release(&source);
}

static void the_first_line_says_how_lines_end(void **state)
{
	struct source dos = source_of("one\r\ntwo\n"), tux = source_of("one\ntwo\r\n");

	(void)state;
	assert_string_equal(dos.newline, "\r\n");
	assert_string_equal(tux.newline, "\n");
	source_release(&dos);
	source_release(&tux);
}

static void every_offset_has_a_line_and_a_column(void **state)
{
	struct source source = source_of("ab\ncd\r\n\nx");
	static const struct {
		size_t line, column;
	} expected[] = {
		{ 0, 0 }, { 0, 1 }, { 0, 2 }, { 1, 0 }, { 1, 1 }, { 1, 2 }, { 1, 3 }, { 2, 0 },
		{ 3, 0 }, { 3, 1 },
	};

	(void)state;
	for (size_t offset = 0; offset <= source.size; offset++) {
		assert_int_equal(source_line(&source, offset), expected[offset].line);
		assert_int_equal(source_column(&source, offset), expected[offset].column);
	}
	source_release(&source);
}

static void a_line_ends_before_its_line_ending(void **state)
{
	struct source source = source_of("ab\ncd\r\n\nx");

	(void)state;
	assert_int_equal(source_line_end(&source, 0), 2);
	assert_int_equal(source_line_end(&source, 1), 5);
	assert_int_equal(source_line_end(&source, 2), 7);
	assert_int_equal(source_line_end(&source, 3), 9);
	source_release(&source);
}

static void text_with_a_nul_byte_is_refused(void **state)
{
	struct source source;

	(void)state;
	assert_int_equal(source_set(&source, "test.c", "a\0b", 3), SOURCE_NOT_TEXT);
}

static void messages_are_sorted_and_notes_stay_with_theirs(void **state)
{
	struct source source = source_of("one\ntwo\nthree\n");
	struct diagnostics diagnostics = { 0 };
	static const char *const expected[] = { "about a", "first", "its note", "its second note",
						"second", "a later note" };

	(void)state;
	diagnose(&diagnostics, &source, 4, SEVERITY_WARNING, "rule", "%s", "second");
	diagnose(&diagnostics, &source, 0, SEVERITY_NOTE, "rule", "a later note");
	diagnose(&diagnostics, &source, 1, SEVERITY_ERROR, "rule", "first");
	diagnose(&diagnostics, &source, 13, SEVERITY_NOTE, "rule", "its note");
	diagnose(&diagnostics, &source, 0, SEVERITY_NOTE, "rule", "its second note");
	diagnose_file(&diagnostics, "a.c", SEVERITY_ERROR, "rule", "about %c", 'a');
	diagnostics_sort(&diagnostics);
	assert_int_equal(diagnostics.count, 6);
	for (size_t i = 0; i < 6; i++)
		assert_string_equal(diagnostics.list[i].text, expected[i]);
	assert_int_equal(diagnostics.list[1].line, 1);
	assert_int_equal(diagnostics.list[1].column, 2);
	diagnostics_release(&diagnostics);
	source_release(&source);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_begin_behind_each_line_ending),
		cmocka_unit_test(a_line_ending_at_the_end_begins_no_line),
		cmocka_unit_test(an_empty_file_has_one_line),
		cmocka_unit_test(the_first_line_says_how_lines_end),
		cmocka_unit_test(every_offset_has_a_line_and_a_column),
		cmocka_unit_test(a_line_ends_before_its_line_ending),
		cmocka_unit_test(text_with_a_nul_byte_is_refused),
		cmocka_unit_test(messages_are_sorted_and_notes_stay_with_theirs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
