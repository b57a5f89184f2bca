// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which arms of #if the kernel of a release compiles.
 *
 * What it reads is shown as words with a bar between them; a word in an arm that may be left out is
 * followed by "?".
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka needs the four above. */
#include <cmocka.h>

#include <string.h>

#include "../../porting-tool/changes/migrate_vma/two_apis.h"

/* The value of all arms around a token together. */
static enum truth compiled(const struct syntax *syntax, uint32_t offset)
{
	enum truth value = TRUTH_YES;

	for (size_t g = 0; g < syntax->conditional_count; g++)
		for (size_t a = 0; a < syntax->conditionals[g].arm_count; a++) {
			const struct conditional_arm *arm = &syntax->conditionals[g].arms[a];

			if (offset < syntax->all.list[arm->directive].start ||
			    offset >= syntax->all.list[arm->last].start)
				continue;
			if (arm->value == TRUTH_NO || arm->goes)
				return TRUTH_NO;
			if (arm->value == TRUTH_UNKNOWN)
				value = TRUTH_UNKNOWN;
		}
	return value;
}

static void expect_with(const char *target, const struct clang_setup *setup, const char *text,
			const char *expected)
{
	struct arena arena = { 0 };
	struct source source;
	struct program program;
	const struct syntax *syntax;
	const char *error;
	char *came = arena_copy(&arena, "", 0);

	assert_int_equal(source_set(&source, "driver.c", text, strlen(text)), SOURCE_OK);
	program_open(&program, &arena, 1);
	program.units[0].source = &source;
	program.units[0].view = source;
	two_apis_read(&program, release_find(target, &error), setup, true);
	syntax = &program.units[0].syntax;
	for (size_t i = 0; i < syntax->all.count; i++) {
		const struct token *token = &syntax->all.list[i];
		enum truth value = compiled(syntax, token->start);

		if (token->kind != TOKEN_IDENTIFIER || value == TRUTH_NO)
			continue;
		came = arena_printf(&arena, "%s%s%.*s%s", came, *came ? "|" : "",
				    (int)(token->end - token->start), text + token->start,
				    value == TRUTH_UNKNOWN ? "?" : "");
	}
	assert_string_equal(came, expected);
	program_close(&program);
	arena_release(&arena);
	source_release(&source);
}

static void expect(const char *target, const char *text, const char *expected)
{
	expect_with(target, NULL, text, expected);
}

static void version_decides(void **state)
{
	static const char text[] = "#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 16, 0)\n"
				   "new\n"
				   "#else\n"
				   "old\n"
				   "#endif\n";

	(void)state;
	expect("5.15", text, "old");
	expect("5.16", text, "new");
}

static void version_may_stand_on_either_side(void **state)
{
	static const char text[] = "#if KERNEL_VERSION(5,9,0) > LINUX_VERSION_CODE\nold\n#endif\n";

	(void)state;
	expect("5.8", text, "old");
	expect("5.9", text, "");
}

static void one_of_several_arms(void **state)
{
	static const char text[] = "#if LINUX_VERSION_CODE < KERNEL_VERSION(5, 4, 0)\na\n"
				   "#elif LINUX_VERSION_CODE < KERNEL_VERSION(5, 9, 0)\nb\n"
				   "#elif LINUX_VERSION_CODE < KERNEL_VERSION(6, 1, 0)\nc\n"
				   "#else\nd\n#endif\n";

	(void)state;
	expect("5.7", text, "b");
	expect("6.0", text, "c");
	expect("7.2", text, "d");
}

static void names_of_a_release_decide(void **state)
{
	static const char text[] = "#ifdef MIGRATE_PFN_LOCKED\na\n#else\nb\n#endif\n";

	(void)state;
	expect("5.15", text, "a");
	expect("5.16", text, "b");
	expect("5.4", "#if defined(CONFIG_MIGRATE_VMA_HELPER)\na\n#endif\n", "");
}

static void undecided_names_are_left_alone(void **state)
{
	(void)state;
	expect("7.2", "#ifdef HAVE_X\na\n#else\nb\n#endif\n", "a?|b?");
}

static void arguments_decide(void **state)
{
	static const char *const defined[] = { "-DHAVE_X=2" };
	static const char *const undefined[] = { "-DHAVE_X", "-UHAVE_X" };
	struct clang_setup setup = { .arguments = defined, .count = 1 };

	(void)state;
	expect_with("7.2", &setup, "#if HAVE_X > 1\na\n#else\nb\n#endif\n", "a");
	setup = (struct clang_setup){ .arguments = undefined, .count = 2 };
	expect_with("7.2", &setup, "#ifdef HAVE_X\na\n#else\nb\n#endif\n", "b");
}

static void one_operand_may_be_enough(void **state)
{
	(void)state;
	expect("7.2",
	       "#if defined(X) && LINUX_VERSION_CODE < KERNEL_VERSION(6, 1, 0)\na\n"
	       "#else\nb\n#endif\n",
	       "b");
	expect("7.2",
	       "#if !defined(X) || LINUX_VERSION_CODE >= KERNEL_VERSION(6, 1, 0)\na\n#endif\n",
	       "a");
}

static void arms_inside_arms(void **state)
{
	(void)state;
	expect("7.2", "#if 1\n#if 0\na\n#else\nb\n#endif\n#else\nc\n#endif\n", "b");
}

static void an_arm_with_callbacks_gives_way(void **state)
{
	(void)state;
	expect("7.2",
	       "#ifdef HAVE_OLD\nmigrate_vma(&ops);\n#else\nmigrate_vma_setup(&args);\n#endif\n",
	       "migrate_vma_setup?|args?");
	expect("7.2",
	       "#ifdef HAVE_NEW\nmigrate_vma_setup(&args);\n#else\nmigrate_vma(&ops);\n#endif\n",
	       "migrate_vma_setup?|args?");
}

static void include_guard_is_no_condition(void **state)
{
	(void)state;
	expect("7.2", "#ifndef DRV_H\n#define DRV_H\na\n#endif\n",
	       "a");
}

static void broken_conditions_may_be_anything(void **state)
{
	(void)state;
	expect("7.2", "#if\na\n#endif\n", "a?");
	expect("7.2", "#if (\na\n#endif\n", "a?");
	expect("7.2", "#if KERNEL_VERSION(1\na\n#endif\n", "a?");
	expect("7.2", "#if 1 2\na\n#endif\n", "a?");
	expect("7.2", "#if 1 / 0\na\n#endif\n", "a?");
	expect("7.2", "#else\na\n", "a");
	expect("7.2", "#if X\na\n", "a?");
}

static void a_release_has_many_versions(void **state)
{
	(void)state;
	expect("5.8", "#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 8, 5)\na\n#endif\n", "a?");
	expect("5.8", "#if LINUX_VERSION_CODE < KERNEL_VERSION(5, 9, 0)\na\n#endif\n", "a");
	expect("5.8", "#if (LINUX_VERSION_CODE >> 8) == 0x508\na\n#endif\n", "a");
	expect("5.8", "#if LINUX_VERSION_MAJOR == 5 && LINUX_VERSION_PATCHLEVEL > 8\na\n#endif\n",
	       "");
}

static void all_operators_count(void **state)
{
	(void)state;
	expect("7.2", "#if 1 + 2 * 3 == 7 && (8 >> 1 | 1) == 5 && ~0 == -1 && 7 % 4 == 3\na\n"
		      "#endif\n", "a");
	expect("7.2", "#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 0, 0) ? 1 : 0\na\n#else\nb\n"
		      "#endif\n", "b");
	expect("7.2", "#if (X ? 3 : 3) > 2\na\n#endif\n", "a");
	expect("7.2", "#if 10 - 4 - 3 == 3 && 0x10UL == 16\na\n#endif\n", "a");
}

static void a_vendors_version_is_unknown(void **state)
{
	(void)state;
	expect("7.2", "#if RHEL_RELEASE_CODE >= RHEL_RELEASE_VERSION(8, 7)\na\n#else\nb\n#endif\n",
	       "a?|b?");
	expect("7.2", "#if defined(RHEL_RELEASE_CODE) || "
		      "LINUX_VERSION_CODE >= KERNEL_VERSION(5, 4, 0)\na\n#else\nb\n#endif\n",
	       "a");
}

static void lines_before_decide(void **state)
{
	(void)state;
	expect("7.2", "#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 4, 0)\n#define HAVE_X 3\n#endif\n"
		      "#if HAVE_X == 3\na\n#else\nb\n#endif\n", "a");
	expect("7.2", "#define AT_LEAST(a, b) (LINUX_VERSION_CODE >= KERNEL_VERSION(a, b, 0))\n"
		      "#if AT_LEAST(5, 4)\na\n#else\nb\n#endif\n", "a");
	expect("7.2", "#ifdef Y\n#define X\n#endif\n#ifdef X\na\n#endif\n", "a?");
	expect("7.2", "#define X\n#undef X\n#ifdef X\na\n#endif\n", "");
}

static void macros_without_end_are_left_alone(void **state)
{
	(void)state;
	expect("7.2", "#define A B + B\n#define B A + A\n#if A\na\n#endif\n", "a?");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(version_decides),
		cmocka_unit_test(version_may_stand_on_either_side),
		cmocka_unit_test(one_of_several_arms),
		cmocka_unit_test(names_of_a_release_decide),
		cmocka_unit_test(undecided_names_are_left_alone),
		cmocka_unit_test(arguments_decide),
		cmocka_unit_test(one_operand_may_be_enough),
		cmocka_unit_test(arms_inside_arms),
		cmocka_unit_test(an_arm_with_callbacks_gives_way),
		cmocka_unit_test(include_guard_is_no_condition),
		cmocka_unit_test(broken_conditions_may_be_anything),
		cmocka_unit_test(a_release_has_many_versions),
		cmocka_unit_test(all_operators_count),
		cmocka_unit_test(a_vendors_version_is_unknown),
		cmocka_unit_test(lines_before_decide),
		cmocka_unit_test(macros_without_end_are_left_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
