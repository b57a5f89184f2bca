// SPDX-License-Identifier: GPL-2.0-only
/*
 * The call graph: who gets to a function, for small pieces of C.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "analyse/callers.h"
#include "changes/migrate_vma/two_apis.h"

static struct arena arena;
static struct source source;
static struct program program;

static void read_text(const char *text)
{
	program_open(&program, &arena, 1);
	assert_int_equal(source_set(&source, "a.c", text, strlen(text)), SOURCE_OK);
	program.units[0].source = &source;
	program.units[0].view = source;
	two_apis_read(&program, NULL, NULL, false);
}

static int release(void **state)
{
	(void)state;
	program_close(&program);
	source_release(&source);
	arena_release(&arena);
	return 0;
}

static struct call_node *node_of(const char *name)
{
	return call_node(&program, program_function(&program, &program.units[0], name));
}

/* Whether control may come from one function to another. */
static bool reaches(const char *from, const char *to)
{
	size_t count = call_graph(&program)->count;
	bool *reached = calloc(count, 1), answer;

	call_reach(&program, node_of(from), reached);
	answer = reached[node_of(to)->index];
	free(reached);
	return answer;
}

/* Whether code out of sight gets a function's address, or that of what leads to it. */
static bool escapes(const char *name)
{
	size_t count = call_graph(&program)->count;
	bool *reached = calloc(count, 1), answer;
	const struct call_node *outside = NULL;

	for (size_t i = 0; i < count; i++)
		if (program.calls->nodes[i]->kind == CALL_OUTSIDE)
			outside = program.calls->nodes[i];
	for (const struct call_edge *edge = outside->callees; edge; edge = edge->next_callee)
		call_reach(&program, edge->callee, reached);
	answer = reached[node_of(name)->index];
	free(reached);
	return answer;
}

static void a_call_by_name(void **state)
{
	(void)state;
	read_text("static int f(void) { return 0; }\n"
		  "static int g(void) { return (f)(); }\n"
		  "int h(void) { return g(); }\n");
	assert_true(reaches("h", "f"));
	assert_false(reaches("f", "h"));
	assert_false(escapes("f"));
}

static void a_variable_of_the_same_name_is_no_call(void **state)
{
	(void)state;
	read_text("static int f(void) { return 0; }\n"
		  "int g(int (*f)(void)) { return f(); }\n");
	assert_false(reaches("g", "f"));
}

static void a_table_with_named_members(void **state)
{
	(void)state;
	read_text("struct ops { int (*run)(void); };\n"
		  "static int f(void) { return 0; }\n"
		  "static const struct ops ops = { .run = f };\n"
		  "int g(const struct ops *o) { return o->run(); }\n"
		  "int other(void) { return 1; }\n");
	assert_true(reaches("g", "f"));
	assert_false(reaches("other", "f"));
	assert_false(escapes("f"));
}

static void a_table_of_a_struct_out_of_sight(void **state)
{
	(void)state;
	read_text("static int f(void) { return 0; }\n"
		  "static const struct ops ops = { .run = f };\n"
		  "int g(void) { return ops.run(); }\n");
	assert_true(reaches("g", "f"));
	assert_true(escapes("f"));
}

static void a_table_with_members_by_place(void **state)
{
	(void)state;
	read_text("struct ops { int x; int (*run)(void), (*stop)(void); };\n"
		  "static int f(void) { return 0; }\n"
		  "static int e(void) { return 0; }\n"
		  "static const struct ops ops[2] = { { 1, f, e }, { 2, f } };\n"
		  "int g(void) { return ops[0].run(); }\n");
	assert_true(reaches("g", "f"));
	assert_false(reaches("g", "e"));
	assert_false(escapes("f"));
}

static void an_array_of_pointers(void **state)
{
	(void)state;
	read_text("static int f(void) { return 0; }\n"
		  "static int (*const runs[])(void) = { [1] = f };\n"
		  "int g(int i) { return runs[i](); }\n");
	assert_true(reaches("g", "f"));
}

static void a_pointer_handed_on(void **state)
{
	(void)state;
	read_text("static int f(void) { return 0; }\n"
		  "static int call(int x, int (*run)(void)) { return (*run)(); }\n"
		  "int g(void) { int (*p)(void) = &f; return call(1, p); }\n"
		  "int other(void) { return 1; }\n");
	assert_true(reaches("call", "f"));
	assert_true(reaches("g", "f"));
	assert_false(reaches("other", "f"));
	assert_false(escapes("f"));
}

static void a_pointer_that_is_chosen(void **state)
{
	(void)state;
	read_text("static int f(void) { return 0; }\n"
		  "static int e(void) { return 0; }\n"
		  "int g(int x) { int (*p)(void); p = x ? (int (*)(void))f : e; return p(); }\n");
	assert_true(reaches("g", "f"));
	assert_true(reaches("g", "e"));
}

static void a_macro_that_calls(void **state)
{
	(void)state;
	read_text("#define INNER(x) f(x)\n"
		  "#define RUN(x) do { INNER(x); } while (0)\n"
		  "static int f(int x) { return 0; }\n"
		  "int g(void) { RUN(1); return 0; }\n");
	assert_true(reaches("g", "f"));
}

static void a_macro_that_is_given_the_function(void **state)
{
	(void)state;
	read_text("#define CALL(fn, x) fn(x)\n"
		  "#define SET(t, fn) ((t)->run = (fn), (t)->stop = fn)\n"
		  "struct ops { int (*run)(int), (*stop)(int); };\n"
		  "static int f(int x) { return 0; }\n"
		  "static int e(int x) { return 0; }\n"
		  "int g(void) { CALL(f, 1); return 0; }\n"
		  "int h(struct ops *o) { SET(o, e); return 0; }\n"
		  "int i(struct ops *o) { return o->stop(1); }\n");
	assert_true(reaches("g", "f"));
	assert_true(reaches("i", "e"));
}

static void an_address_that_is_lost(void **state)
{
	(void)state;
	read_text("static int f(void) { return 0; }\n"
		  "static int e(void) { return 0; }\n"
		  "static int d(void) { return 0; }\n"
		  "int g(void) { keep(f); if (e == 0 || !d) return 1; return 0; }\n");
	assert_true(escapes("f"));
	assert_false(escapes("e"));
	assert_false(escapes("d"));
	assert_false(reaches("g", "f"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(a_call_by_name, release),
		cmocka_unit_test_teardown(a_variable_of_the_same_name_is_no_call, release),
		cmocka_unit_test_teardown(a_table_with_named_members, release),
		cmocka_unit_test_teardown(a_table_of_a_struct_out_of_sight, release),
		cmocka_unit_test_teardown(a_table_with_members_by_place, release),
		cmocka_unit_test_teardown(an_array_of_pointers, release),
		cmocka_unit_test_teardown(a_pointer_handed_on, release),
		cmocka_unit_test_teardown(a_pointer_that_is_chosen, release),
		cmocka_unit_test_teardown(a_macro_that_calls, release),
		cmocka_unit_test_teardown(a_macro_that_is_given_the_function, release),
		cmocka_unit_test_teardown(an_address_that_is_lost, release),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
