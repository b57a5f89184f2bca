// SPDX-License-Identifier: GPL-2.0-only
/*
 * The index of names: what is found for small pieces of C.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "analyse/symbols.h"
#include "changes/migrate_vma/two_apis.h"

#define FILES_MAX 2

/* One program of up to two files, "a.c" and "b.c". */
struct sample {
	struct arena arena;
	struct source sources[FILES_MAX];
	struct program program;
};

static void sample_read(struct sample *sample, const char *a, const char *b)
{
	const char *texts[FILES_MAX] = { a, b };
	const char *names[FILES_MAX] = { "a.c", "b.c" };

	*sample = (struct sample){ 0 };
	program_open(&sample->program, &sample->arena, b ? 2 : 1);
	for (size_t i = 0; i < sample->program.unit_count; i++) {
		assert_int_equal(source_set(&sample->sources[i], names[i], texts[i],
					    strlen(texts[i])), SOURCE_OK);
		sample->program.units[i].source = &sample->sources[i];
		sample->program.units[i].view = sample->sources[i];
	}
	two_apis_read(&sample->program, NULL, NULL, false);
}

static void sample_release(struct sample *sample)
{
	program_close(&sample->program);
	for (size_t i = 0; i < sample->program.unit_count; i++)
		source_release(&sample->sources[i]);
	arena_release(&sample->arena);
}

/* The kinds of all uses of a name, a letter each, in the order of the files. */
static const char *uses(struct sample *sample, const char *name)
{
	static const char letters[] = "cavmtTM#u";
	const struct symbol *symbol = symbol_find(&sample->program, name);
	char *text = arena_printf(&sample->arena, "%s", "");

	for (const struct reference *use = symbol ? symbol->references : NULL; use; use = use->next)
		text = arena_printf(&sample->arena, "%s%c", text, letters[use->kind]);
	return text;
}

/* The same for its declarations. */
static const char *declared(struct sample *sample, const char *name)
{
	static const char letters[] = "fpvePtsmM";
	const struct symbol *symbol = symbol_find(&sample->program, name);
	const struct declaration *one = symbol ? symbol->declarations : NULL;
	char *text = arena_printf(&sample->arena, "%s", "");

	for (; one; one = one->next)
		text = arena_printf(&sample->arena, "%s%c", text, letters[one->kind]);
	return text;
}

/* What the name means at its nth use, as the line of the declaration; 0 for nothing. */
static unsigned int meant(struct sample *sample, const char *name, int nth)
{
	const struct reference *use = symbol_find(&sample->program, name)->references;
	const struct declaration *means;

	while (nth-- > 0)
		use = use->next;
	means = declaration_at(use->unit, use->token);
	return means ? place_line((struct place){ means->unit, means->token }) : 0;
}

static void uses_of_a_function(void **state)
{
	struct sample sample;

	(void)state;
	sample_read(&sample,
		    "static int f(int x);\n"
		    "static struct table t = { .run = f, .f = g, };\n"
		    "static int f(int x) { return x ? f(x - 1) : 0; }\n"
		    "#define F f(1)\n"
		    "int g(void) { struct f *s = &f; s->f(1); return 1 & f(2); }\n", NULL);
	assert_string_equal(declared(&sample, "f"), "pf");
	assert_string_equal(uses(&sample, "f"), "vmcMtamc");
	sample_release(&sample);
}

static void a_name_means_the_innermost_declaration(void **state)
{
	struct sample sample;

	(void)state;
	sample_read(&sample,
		    "int n;\n"
		    "int f(void) { return n; }\n"
		    "int g(int n) { return n; }\n"
		    "int h(void) {\n"
		    "	for (int n = 0;\n"
		    "	     n < 3;) {\n"
		    "		int n = 1;\n"
		    "		use(n);\n"
		    "	}\n"
		    "	return n;\n"
		    "}\n", NULL);
	assert_string_equal(declared(&sample, "n"), "vPvv");
	assert_int_equal(meant(&sample, "n", 0), 1);
	assert_int_equal(meant(&sample, "n", 1), 3);
	assert_int_equal(meant(&sample, "n", 2), 5);
	assert_int_equal(meant(&sample, "n", 3), 7);
	assert_int_equal(meant(&sample, "n", 4), 1);
	sample_release(&sample);
}

static void members_know_their_struct_and_place(void **state)
{
	struct sample sample;
	const struct declaration *member;

	(void)state;
	sample_read(&sample,
		    "struct ops { int (*open)(int fd), count; struct { int flag; }; };\n"
		    "union u { int open; };\n", NULL);
	member = symbol_find(&sample.program, "open")->declarations;
	assert_string_equal(declared(&sample, "open"), "mm");
	assert_string_equal(member->of->symbol->name, "ops");
	assert_string_equal(member->next->of->symbol->name, "u");
	assert_string_equal(declared(&sample, "fd"), "");
	assert_string_equal(declared(&sample, "flag"), "m");
	assert_int_equal(symbol_find(&sample.program, "count")->declarations->index, 1);
	sample_release(&sample);
}

static void what_is_not_read_is_indexed_as_well(void **state)
{
	struct sample sample;

	(void)state;
	sample_read(&sample,
		    "#if 0\n"
		    "int x = name;\n"
		    "#endif\n"
		    "#ifdef name\n"
		    "#define twice(a) (name + \\\n"
		    "		      name)\n"
		    "#endif\n", NULL);
	assert_string_equal(uses(&sample, "name"), "u#MM");
	assert_string_equal(declared(&sample, "twice"), "M");
	assert_string_equal(symbol_find(&sample.program, "name")->references->next->next
				    ->macro->symbol->name, "twice");
	sample_release(&sample);
}

static void a_function_of_another_file(void **state)
{
	struct sample sample;
	const struct program *program = &sample.program;

	(void)state;
	sample_read(&sample, "static int own(void) { return 1; }\nint both(void) { return 1; }\n",
		    "int both(void);\nint f(void) { return both() + own(); }\n");
	assert_ptr_equal(program_function(program, &program->units[1], "both"),
			 &program->functions[1]);
	assert_null(program_function(program, &program->units[1], "own"));
	assert_non_null(program_function(program, &program->units[0], "own"));
	assert_string_equal(uses(&sample, "both"), "c");
	sample_release(&sample);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(uses_of_a_function),
		cmocka_unit_test(a_name_means_the_innermost_declaration),
		cmocka_unit_test(members_know_their_struct_and_place),
		cmocka_unit_test(what_is_not_read_is_indexed_as_well),
		cmocka_unit_test(a_function_of_another_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
