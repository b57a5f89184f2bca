// SPDX-License-Identifier: GPL-2.0-only
/*
 * What libclang says of a port's result is compared with what it says of the driver: an error that
 * is only in the result is a defect of the tool.  Most of a text is not read for that, and nothing
 * that an error could be in is left out.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../porting-tool/verify/verify.h"

/* Return: the first message about @new as the port of @old, to be freed; NULL when there is none. */
static char *message_about(const char *old, const char *new, const struct clang_setup *setup)
{
	struct diagnostics diagnostics = { 0 };
	struct arena arena = { 0 };
	struct source before, after;
	struct port_file file = { .source = &before, .result = (char *)new,
				  .result_size = strlen(new) };
	struct driver driver = { .arena = &arena, .diagnostics = &diagnostics };
	struct unit *unit;
	struct syntax result;
	char *message = NULL;
	bool good;

	assert_int_equal(source_set(&before, "driver.c", old, strlen(old)), SOURCE_OK);
	assert_int_equal(source_set(&after, "driver.c", new, strlen(new)), SOURCE_OK);
	program_open(&driver.program, &arena, 1);
	unit = driver.program.units;
	unit->source = &before;
	unit->view = before;
	unit->file = &file;
	program_lex(&driver.program);
	program_build(&driver.program);
	syntax_parse(&result, &after, &arena);
	good = verify_compile(&driver, unit, &result, setup);
	if (diagnostics.count)
		message = strdup(diagnostics.list[0].text);
	if (!setup)
		assert_int_equal(good, !message);
	syntax_release(&result);
	program_close(&driver.program);
	source_release(&after);
	source_release(&before);
	diagnostics_release(&diagnostics);
	arena_release(&arena);
	return message;
}

static void expect_error(const char *old, const char *new, const char *part)
{
	char *message = message_about(old, new, NULL);

	if (!message || !strstr(message, part))
		fail_msg("expected a message with \"%s\", but there is %s", part,
			 message ? message : "none");
	free(message);
}

static void expect_nothing(const char *old, const char *new)
{
	char *message = message_about(old, new, NULL);

	if (message)
		fail_msg("expected no message, but there is: %s", message);
}

static void a_name_that_is_not_declared_is_found(void **state)
{
	(void)state;
	expect_error("int f(void) { return 0; }\n", "int f(void) { return gone; }\n", "'gone'");
}

static void the_line_is_that_of_the_result(void **state)
{
	(void)state;
	expect_error("int a(void) { return 1; }\nint b(void) { return 2; }\n",
		     "int a(void)\n{\n\treturn 1;\n}\nint b(void) { return gone; }\n",
		     "line 5 of the result");
}

static void an_error_of_the_driver_itself_is_none_of_the_port(void **state)
{
	(void)state;
	expect_nothing("int f(void) { return elsewhere; }\n",
		       "int f(void) { int ret; ret = elsewhere; return ret; }\n");
}

static void a_local_name_that_another_function_uses_is_found(void **state)
{
	(void)state;
	expect_error("int a(void) { int x = 1; return x; }\nint b(void) { return 2; }\n",
		     "int a(void) { int x = 1; return x; }\nint b(void) { return x; }\n", "'x'");
}

static void an_object_of_a_struct_of_the_kernel_is_no_error(void **state)
{
	(void)state;
	expect_nothing("struct card { struct mutex lock; };\nint f(void) { return 1; }\n",
		       "struct card { struct mutex lock; int on; };\nint f(void) { return 2; }\n");
}

static void an_object_where_there_was_a_pointer_is_found(void **state)
{
	(void)state;
	expect_error("struct card { struct mutex *lock; };\n",
		     "struct card { struct mutex lock; };\n", "incomplete type 'struct mutex'");
}

static void headers_that_are_missing_are_no_errors(void **state)
{
	(void)state;
	expect_nothing("#include \"private.h\"\nvoid f(struct card *card) { card_go(card); }\n",
		       "#include \"private.h\"\nvoid f(struct card *card, int x) { card_go(card); }\n");
}

static void a_declaration_that_goes_is_missed_where_nothing_changed(void **state)
{
	(void)state;
	expect_error("static int count;\nint f(void) { return count; }\n",
		     "int f(void) { return count; }\n", "'count'");
}

static void a_prototype_that_changes_is_held_against_its_callers(void **state)
{
	(void)state;
	expect_error("int step(int a);\nint f(void) { return step(1); }\n",
		     "int step(int a, int b);\nint f(void) { return step(1); }\n", "too few");
}

static void a_head_that_changes_is_held_against_its_callers(void **state)
{
	(void)state;
	expect_error("static int step(int a) { return a; }\nint f(void) { return step(1); }\n",
		     "static int step(void) { return 0; }\nint f(void) { return step(1); }\n",
		     "too many");
}

static void a_change_is_seen_through_a_macro(void **state)
{
	(void)state;
	expect_error("static int step(int a) { return a; }\n#define STEP() step(1)\n"
		     "int f(void) { return STEP(); }\n",
		     "static int step(void) { return 0; }\n#define STEP() step(1)\n"
		     "int f(void) { return STEP(); }\n", "too many");
}

static void a_change_is_seen_through_a_macro_of_a_macro(void **state)
{
	(void)state;
	expect_error("static int step(int a) { return a; }\n#define WALK() STEP()\n"
		     "#define STEP() step(1)\nint f(void) { return WALK(); }\n",
		     "static int step(void) { return 0; }\n#define WALK() STEP()\n"
		     "#define STEP() step(1)\nint f(void) { return WALK(); }\n", "too many");
}

static void a_change_is_seen_through_a_typedef(void **state)
{
	(void)state;
	expect_error("struct card { int old; };\ntypedef struct card card_t;\n"
		     "int f(card_t *card) { return card->old; }\n",
		     "struct card { int new; };\ntypedef struct card card_t;\n"
		     "int f(card_t *card) { return card->old; }\n", "'old'");
}

static void a_change_is_seen_through_a_variable(void **state)
{
	(void)state;
	expect_error("struct card { int old; };\nstatic struct card card;\n"
		     "int f(void) { return card.old; }\n",
		     "struct card { int new; };\nstatic struct card card;\n"
		     "int f(void) { return card.old; }\n", "'old'");
}

static void a_change_is_seen_through_what_a_function_returns(void **state)
{
	(void)state;
	expect_error("struct card { int old; };\nstruct card *card(void) { return 0; }\n"
		     "int f(void) { return card()->old; }\n",
		     "struct card { int new; };\nstruct card *card(void) { return 0; }\n"
		     "int f(void) { return card()->old; }\n", "'old'");
}

static void an_enumerator_that_goes_is_missed(void **state)
{
	(void)state;
	expect_error("enum { ONE, TWO };\nint f(void) { return TWO; }\n",
		     "enum { ONE };\nint f(void) { return TWO; }\n", "'TWO'");
}

static void a_macro_that_goes_is_missed(void **state)
{
	(void)state;
	expect_error("#define LIMIT 4\nint f(void) { return LIMIT; }\n",
		     "int f(void) { return LIMIT; }\n", "'LIMIT'");
}

static void the_second_of_two_functions_of_a_name_is_an_error(void **state)
{
	(void)state;
	expect_error("int f(void) { return 1; }\n",
		     "int f(void) { return 1; }\nint f(void) { return 1; }\n", "redefinition");
}

static void a_brace_too_many_is_found(void **state)
{
	(void)state;
	expect_error("int f(void) { return 1; }\nint g(void) { return 2; }\n",
		     "int f(void) { return 1; }}\nint g(void) { return 2; }\n", "extraneous");
}

static void an_error_with_headers_of_the_user_does_not_stop_the_port(void **state)
{
	static const char *const arguments[] = { "-DHERE" };
	const struct clang_setup setup = { .arguments = arguments, .count = 1,
					   .real_headers = true };
	char *message = message_about("int f(void) { return 0; }\n",
				      "int f(void) { return gone; }\n", &setup);

	(void)state;
	/* They are named at the user's lines, once the port stands: see headers-test.sh. */
	assert_null(message);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_name_that_is_not_declared_is_found),
		cmocka_unit_test(the_line_is_that_of_the_result),
		cmocka_unit_test(an_error_of_the_driver_itself_is_none_of_the_port),
		cmocka_unit_test(a_local_name_that_another_function_uses_is_found),
		cmocka_unit_test(an_object_of_a_struct_of_the_kernel_is_no_error),
		cmocka_unit_test(an_object_where_there_was_a_pointer_is_found),
		cmocka_unit_test(headers_that_are_missing_are_no_errors),
		cmocka_unit_test(a_declaration_that_goes_is_missed_where_nothing_changed),
		cmocka_unit_test(a_prototype_that_changes_is_held_against_its_callers),
		cmocka_unit_test(a_head_that_changes_is_held_against_its_callers),
		cmocka_unit_test(a_change_is_seen_through_a_macro),
		cmocka_unit_test(a_change_is_seen_through_a_macro_of_a_macro),
		cmocka_unit_test(a_change_is_seen_through_a_typedef),
		cmocka_unit_test(a_change_is_seen_through_a_variable),
		cmocka_unit_test(a_change_is_seen_through_what_a_function_returns),
		cmocka_unit_test(an_enumerator_that_goes_is_missed),
		cmocka_unit_test(a_macro_that_goes_is_missed),
		cmocka_unit_test(the_second_of_two_functions_of_a_name_is_an_error),
		cmocka_unit_test(a_brace_too_many_is_found),
		cmocka_unit_test(an_error_with_headers_of_the_user_does_not_stop_the_port),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
