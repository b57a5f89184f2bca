// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which arms of #if the kernel that a driver is checked for would read.
 *
 * What is left of a text is shown as its lines, with a bar between them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka needs the four above. */
#include <cmocka.h>

#include <string.h>

#include "../../porting-tool/analyse/arms.h"

/* The lines that are not blank, without the white space around them. */
static char *what_is_left(struct arena *arena, const struct source *view)
{
	char *left = arena_copy(arena, "", 0);

	for (size_t line = 0; line < view->line_count; line++) {
		size_t start = view->lines[line], end = source_line_end(view, line);

		while (start < end && view->text[start] == ' ')
			start++;
		while (end > start && view->text[end - 1] == ' ')
			end--;
		if (end > start)
			left = arena_printf(arena, "%s%s%.*s", left, *left ? "|" : "",
					    (int)(end - start), view->text + start);
	}
	return left;
}

static void expect_with(const char *target, const struct clang_setup *setup, const char *text,
			const char *expected)
{
	struct arena arena = { 0 };
	struct source source, view;
	const char *error;

	assert_int_equal(source_set(&source, "driver.c", text, strlen(text)), SOURCE_OK);
	view = arms_select(&source, release_find(target, &error), setup, &arena);
	assert_string_equal(what_is_left(&arena, &view), expected);
	/* Everything keeps its place. */
	assert_int_equal(view.size, source.size);
	for (size_t i = 0; i < view.size; i++)
		assert_int_equal(view.text[i] == '\n', source.text[i] == '\n');
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
	expect("7.2", "#ifdef HAVE_X\na\n#else\nb\n#endif\n", "#ifdef HAVE_X|a|#else|b|#endif");
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
	       "#if 0|#else|migrate_vma_setup(&args);|#endif");
	expect("7.2",
	       "#ifdef HAVE_NEW\nmigrate_vma_setup(&args);\n#else\nmigrate_vma(&ops);\n#endif\n",
	       "#ifdef HAVE_NEW|migrate_vma_setup(&args);|#else|#endif");
}

static void include_guard_is_no_condition(void **state)
{
	(void)state;
	expect("7.2", "#ifndef DRV_H\n#define DRV_H\na\n#endif\n",
	       "#ifndef DRV_H|#define DRV_H|a|#endif");
}

static void broken_conditions_are_left_alone(void **state)
{
	(void)state;
	expect("7.2", "#if\na\n#endif\n", "#if|a|#endif");
	expect("7.2", "#if (\na\n#endif\n", "#if (|a|#endif");
	expect("7.2", "#if KERNEL_VERSION(1\na\n#endif\n", "#if KERNEL_VERSION(1|a|#endif");
	expect("7.2", "#if 1 2\na\n#endif\n", "#if 1 2|a|#endif");
	expect("7.2", "#else\na\n", "#else|a");
	expect("7.2", "#if X\na\n", "#if X|a");
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
		cmocka_unit_test(broken_conditions_are_left_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
