// SPDX-License-Identifier: GPL-2.0-only
/*
 * The control flow of functions.
 *
 * A flow is shown as the paths through it: names of the functions that are called on the way, with
 * a bar between paths.  Conditions and values are calls too: "if (a()) b();" is "a b|a".
 * A loop goes through its body once or twice.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka needs the four above. */
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "../../porting-tool/analyse/control_flow.h"

struct walk {
	struct arena *arena;
	const struct flow *flow;
	char *paths[64];
	size_t count;
};

struct names {
	struct arena *arena;
	char *text;
};

static bool add_name(const struct expression *node, void *data)
{
	struct names *names = data;

	if (node->kind == EXPRESSION_CALL && node->name)
		names->text = arena_printf(names->arena, "%s%s%s", names->text,
					   *names->text ? " " : "", node->name);
	return true;
}

static void follow(struct walk *walk, uint32_t step, const char *so_far, unsigned char *visits)
{
	const struct flow_step *at = &walk->flow->steps[step];
	struct names names = { walk->arena, arena_copy(walk->arena, so_far, strlen(so_far)) };

	if (at->kind == FLOW_EXIT) {
		for (size_t i = 0; i < walk->count; i++)
			if (!strcmp(walk->paths[i], so_far))
				return;
		assert_true(walk->count < 64);
		walk->paths[walk->count++] = names.text;
		return;
	}
	if (visits[step] == 2)
		return;
	visits[step]++;
	if (at->kind != FLOW_EACH)
		expression_walk(at->expression, add_name, &names);
	if (at->kind == FLOW_CHOICE)
		for (size_t i = 0; i < at->case_count; i++)
			follow(walk, at->cases[i], names.text, visits);
	/* The second turn of a loop only leaves it. */
	for (int i = 0; i < 2; i++)
		if (at->kind != FLOW_CHOICE && at->next[i] != FLOW_NONE &&
		    !(at->kind == FLOW_REPEAT && visits[step] == 2))
			follow(walk, at->next[i], names.text, visits);
	visits[step]--;
}

static int compare_text(const void *left, const void *right)
{
	return strcmp(*(char *const *)left, *(char *const *)right);
}

static void expect(const char *body, const char *expected)
{
	struct arena arena = { 0 };
	struct syntax syntax;
	struct source source;
	struct flow flow;
	struct walk walk = { .arena = &arena, .flow = &flow };
	char *text = arena_printf(&arena, "void f(void)\n{\n%s\n}\n", body), *shown = "";
	unsigned char visits[200] = { 0 };

	assert_int_equal(source_set(&source, "f.c", text, strlen(text)), SOURCE_OK);
	syntax_parse(&syntax, &source, &arena);
	flow_build(&syntax, function_find(&syntax, "f"), &flow);
	assert_true(flow.count < sizeof(visits));
	follow(&walk, flow.entry, "", visits);
	qsort(walk.paths, walk.count, sizeof(*walk.paths), compare_text);
	for (size_t i = 0; i < walk.count; i++)
		shown = arena_printf(&arena, "%s%s%s", shown, i ? "|" : "", walk.paths[i]);
	assert_string_equal(shown, expected);
	flow_release(&flow);
	syntax_release(&syntax);
	source_release(&source);
	arena_release(&arena);
}

static void one_after_another(void **state)
{
	(void)state;
	expect("a(); b();", "a b");
	expect("int x = a(), y = b(); c();", "a b c");
	expect(";;", "");
}

static void if_and_else(void **state)
{
	(void)state;
	expect("if (a()) b(); c();", "a b c|a c");
	expect("if (a()) b(); else c();", "a b|a c");
	expect("if (a()) b(); else if (c()) d(); else e();", "a b|a c d|a c e");
	expect("if (a()) { b(); return; } c();", "a b|a c");
}

static void loops(void **state)
{
	(void)state;
	expect("while (a()) b(); c();", "a b a c|a c");
	expect("for (a(); b(); c()) d(); e();", "a b d c b e|a b e");
	expect("do a(); while (b()); c();", "a b a b c|a b c");
	expect("for (int i = a(); ; i++) { if (b()) break; }", "a b|a b b");
}

static void break_and_continue(void **state)
{
	(void)state;
	expect("while (a()) { if (b()) break; c(); } d();", "a b c a b d|a b c a d|a b d|a d");
	expect("for (; a(); b()) { if (c()) continue; d(); } e();",
	       "a c b a e|a c d b a e|a e");
	expect("do { if (a()) continue; b(); } while (c()); d();",
	       "a b c a b c d|a b c a c d|a b c d|a c a b c d|a c a c d|a c d");
}

static void goto_forwards_and_backwards(void **state)
{
	(void)state;
	expect("if (a()) goto out; b(); out: c();", "a b c|a c");
	expect("goto out; b(); out: c();", "c");
	expect("if (a()) goto one; b(); goto two; one: c(); two: d();", "a b d|a c d");
}

static void switch_falls_through(void **state)
{
	(void)state;
	expect("switch (a()) { case 1: b(); break; case 2: c(); default: d(); } e();",
	       "a b e|a c d e|a d e");
	expect("switch (a()) { case 1: b(); } c();", "a b c|a c");
	expect("while (a()) switch (b()) { case 1: continue; case 2: return; } c();",
	       "a b|a b a b|a b a c|a c");
}

static void macros_that_open_a_statement(void **state)
{
	(void)state;
	expect("list_for_each_entry(x, list(), m) { a(); } b();", "a b|b");
	expect("scoped_guard(mutex, lock()) { a(); } b();",
	       "scoped_guard lock a b");
}

static void return_values(void **state)
{
	(void)state;
	expect("return a();", "a");
	expect("if (a()) return b(); return c();", "a b|a c");
}

static void jumps_to_nowhere_end_the_path(void **state)
{
	(void)state;
	expect("if (a()) goto missing; b();", "a b");
	expect("if (a()) break; b();", "a b");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_after_another),
		cmocka_unit_test(if_and_else),
		cmocka_unit_test(loops),
		cmocka_unit_test(break_and_continue),
		cmocka_unit_test(goto_forwards_and_backwards),
		cmocka_unit_test(switch_falls_through),
		cmocka_unit_test(macros_that_open_a_statement),
		cmocka_unit_test(return_values),
		cmocka_unit_test(jumps_to_nowhere_end_the_path),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
