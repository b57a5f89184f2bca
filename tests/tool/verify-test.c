// SPDX-License-Identifier: GPL-2.0-only
/*
 * verify() does not hand out a result that has a defect of the tool: each test makes one.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../porting-tool/changes/migrate_vma/two_apis.h"
#include "../../porting-tool/edit/edit.h"
#include "../../porting-tool/verify/verify.h"

#define STEP_AND_F	"int step(int a);\n\nint f(int a)\n{\n\treturn step(a);\n}\n\n"
#define G		"int g(int a)\n{\n\treturn a;\n}\n\n"
#define H		"int h(int a)\n{\n\treturn 2 * a;\n}\n"

static const char old_text[] = STEP_AND_F G H;

/**
 * struct change - what a port did to old_text
 * @from: this of the old text is replaced
 * @to: by this
 * @besides: and this of the result, which no edit is about, or NULL
 * @becomes: by this
 * @target: the release, or NULL for 7.2
 */
struct change {
	const char *from, *to;
	const char *besides, *becomes;
	const char *target;
};

static char *replaced(char *text, const char *from, const char *to)
{
	char *at = strstr(text, from), *result;

	assert_non_null(at);
	result = malloc(strlen(text) + strlen(to) + 1);
	sprintf(result, "%.*s%s%s", (int)(at - text), text, to, at + strlen(from));
	free(text);
	return result;
}

/* Return: what verify() says of the change, to be freed; NULL when the result is good. */
static char *said_of(const struct change *change)
{
	const char *name = change->target ? change->target : "7.2", *error;
	struct diagnostics diagnostics = { 0 };
	struct arena arena = { 0 };
	struct source source;
	struct edits edits = { 0 };
	struct port_file file = { .source = &source };
	struct driver driver = { .arena = &arena, .target = release_find(name, &error),
				 .diagnostics = &diagnostics };
	char *message = NULL;
	size_t conflict, start = (size_t)(strstr(old_text, change->from) - old_text);
	bool good;

	assert_non_null(driver.target);
	assert_int_equal(source_set(&source, "driver.c", old_text, strlen(old_text)), SOURCE_OK);
	program_open(&driver.program, &arena, 1);
	driver.program.units[0].source = &source;
	driver.program.units[0].view = source;
	driver.program.units[0].file = &file;
	driver.program.units[0].edits = &edits;
	two_apis_read(&driver.program, driver.target, NULL, false);
	edit_replace(&edits, (uint32_t)start, (uint32_t)(start + strlen(change->from)), change->to);
	file.result = edits_apply(&edits, &source, &file.result_size, &conflict);
	assert_non_null(file.result);
	if (change->besides)
		file.result = replaced(file.result, change->besides, change->becomes);
	file.result_size = strlen(file.result);
	good = verify(&driver, NULL);
	assert_int_equal(good, !diagnostics.count);
	if (!good)
		message = strdup(diagnostics.list[0].text);
	free(file.result);
	edits_release(&edits);
	program_close(&driver.program);
	diagnostics_release(&diagnostics);
	source_release(&source);
	arena_release(&arena);
	return message;
}

#define CHANGE(from_, to_, ...) (&(struct change){ .from = from_, .to = to_, __VA_ARGS__ })

static void expect(const struct change *change, const char *part)
{
	char *message = said_of(change);

	if (!part != !message || (part && !strstr(message, part)))
		fail_msg("expected %s, but verify() says: %s", part ? part : "nothing",
			 message ? message : "nothing");
	free(message);
}

static void a_good_result_is_handed_out(void **state)
{
	(void)state;
	expect(CHANGE("return step(a);", "return step(a + 1);"), NULL);
}

static void a_call_of_migrate_vma_that_is_left(void **state)
{
	(void)state;
	expect(CHANGE("return step(a);", "return migrate_vma(a);"), "still called");
}

static void old_names_that_are_left(void **state)
{
	static const char *const names[] = {
		"migrate_vma_ops", "MIGRATE_PFN_ERROR", "MIGRATE_PFN_DEVICE",
		"CONFIG_MIGRATE_VMA_HELPER",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		char to[64];

		snprintf(to, sizeof(to), "return %s;", names[i]);
		expect(CHANGE("return step(a);", to), "is left");
	}
}

static void the_locked_flag_only_where_the_release_has_none(void **state)
{
	(void)state;
	expect(CHANGE("return step(a);", "return MIGRATE_PFN_LOCKED;"),
	       "MIGRATE_PFN_LOCKED is left");
	expect(CHANGE("return step(a);", "return MIGRATE_PFN_LOCKED;", .target = "5.4"),
	       NULL);
}

static void ops_in_an_arm_that_is_not_read(void **state)
{
	(void)state;
	expect(CHANGE("return step(a);",
		"\n#if A\n\tmigrate_vma_setup(0);\n#else\n\tstruct migrate_vma_ops *ops;\n#endif\n"),
	       "under an #if");
	expect(CHANGE("return step(a);",
		"\n#if 0\n\tstruct migrate_vma_ops *ops;\n#endif\n\treturn step(a);"), NULL);
}

static void a_bracket_without_a_partner(void **state)
{
	(void)state;
	expect(CHANGE("return step(a);", "return step((a);"), "bracket");
}

static void a_statement_that_is_none(void **state)
{
	(void)state;
	expect(CHANGE("return step(a);", "if return a;"), "not understood");
}

static void text_that_nothing_was_to_touch(void **state)
{
	(void)state;
	expect(CHANGE("return step(a);", "return step(a + 1);", .besides = "int g(int a)",
		      .becomes = "int k(int a)"), "outside the changes");
	expect(CHANGE("return step(a);", "return step(a + 1);", .besides = "\treturn a;\n",
		      .becomes = "\treturn a + 1;\n"), "outside the changes");
}

static void text_in_another_order(void **state)
{
	(void)state;
	expect(CHANGE(G, "", .besides = STEP_AND_F H, .becomes = H STEP_AND_F),
	       "outside the changes");
}

static void white_space_at_the_end_of_a_line(void **state)
{
	(void)state;
	expect(CHANGE("return step(a);", "a++; \n\treturn step(a);"), "white space");
	expect(CHANGE("return step(a);", "a++;\t\n\treturn step(a);"), "white space");
}

static void an_error_that_only_the_result_has(void **state)
{
	(void)state;
	expect(CHANGE("return step(a);", "return gone;"), "'gone'");
}

/* Only warnings for libclang, but errors in every kernel's build. */
static void what_the_kernel_makes_an_error_of(void **state)
{
	(void)state;
	expect(CHANGE("return step(a);", "long *l = 0;\n\tshort *s = l;\n\n\treturn step(*s);"),
	       "incompatible pointer");
	expect(CHANGE("return step(a);", "return strange(a);"), "undeclared function");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_good_result_is_handed_out),
		cmocka_unit_test(a_call_of_migrate_vma_that_is_left),
		cmocka_unit_test(old_names_that_are_left),
		cmocka_unit_test(the_locked_flag_only_where_the_release_has_none),
		cmocka_unit_test(ops_in_an_arm_that_is_not_read),
		cmocka_unit_test(a_bracket_without_a_partner),
		cmocka_unit_test(a_statement_that_is_none),
		cmocka_unit_test(text_that_nothing_was_to_touch),
		cmocka_unit_test(text_in_another_order),
		cmocka_unit_test(white_space_at_the_end_of_a_line),
		cmocka_unit_test(an_error_that_only_the_result_has),
		cmocka_unit_test(what_the_kernel_makes_an_error_of),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
