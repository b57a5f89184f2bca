// SPDX-License-Identifier: GPL-2.0-only
/*
 * What is proven of values, and what is not although it looks alike.
 *
 * Each row is a function with a call of here(): what it is given is what is claimed.  A wrong yes is
 * a port that behaves otherwise; a wrong no is only a test that need not have stayed.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "analyse/proof.h"
#include "analyse/symbols.h"
#include "changes/migrate_vma/two_apis.h"

#define HEAD "static int f(unsigned long a, unsigned long b, unsigned int n, int s, char *p,\n" \
	     "\t\tstruct vm_area_struct *vma)\n{\n"

static struct expression *argument(const struct unit *unit, const struct call *call, size_t index)
{
	return index < call->count ? expression_parse(&unit->syntax, call->arguments[index]) : NULL;
}

static bool is_proven(const char *text, enum claim_kind kind)
{
	struct arena arena = { 0 };
	struct source source;
	struct program program;
	const struct unit *unit;
	const struct body *body;
	struct call call;
	uint32_t at;
	bool result;

	program_open(&program, &arena, 1);
	assert_int_equal(source_set(&source, "a.c", text, strlen(text)), SOURCE_OK);
	program.units[0].source = &source;
	program.units[0].view = source;
	two_apis_read(&program, NULL, NULL, false);
	unit = &program.units[0];
	at = symbol_find(&program, "here")->references->token;
	assert_true(call_parse(&unit->syntax, at, &call));
	body = body_of(&program, unit, node_function(node_at(&unit->syntax, at)));
	result = proven(body, body_step(body, at), kind, argument(unit, &call, 0),
			argument(unit, &call, 1));
	program_close(&program);
	source_release(&source);
	arena_release(&arena);
	return result;
}

/* Statements of f(), and whether the claim of here() in them is proven. */
struct row {
	const char *statements;
	bool proven;
};

static void expect(enum claim_kind kind, const struct row *rows, size_t count)
{
	size_t wrong = 0;

	for (size_t i = 0; i < count; i++) {
		char text[2048];

		snprintf(text, sizeof(text), HEAD "%s\n}\n", rows[i].statements);
		if (is_proven(text, kind) == rows[i].proven)
			continue;
		print_message("expected %s: %s\n", rows[i].proven ? "proven" : "not proven",
			      rows[i].statements);
		wrong++;
	}
	assert_int_equal(wrong, 0);
}

#define EXPECT(kind, ...) do {							\
	static const struct row rows[] = { __VA_ARGS__ };			\
										\
	(void)state;								\
	expect(kind, rows, sizeof(rows) / sizeof(*rows));			\
} while (0)

static void small_by_its_form(void **state)
{
	EXPECT(CLAIM_SMALL,
		{ "here(4 * PAGE_SIZE);", true },
		{ "here(sizeof(a));", true },
		{ "here(a);", false },
		{ "here(n);", true },
		{ "here(s);", false },
		{ "here(n + 1);", true },
		{ "here(n + a);", false },
		{ "here(n - 1);", false },
		{ "here(n * 8);", true },
		{ "here(n * a);", false },
		{ "here(a & 15);", true },
		{ "here(a & b);", false },
		{ "here(n << 3);", true },
		{ "here(n << b);", false },
		{ "here(a << 3);", false },
		{ "here(n >> s);", true },
		{ "here((unsigned long)n << 3);", true },
		{ "here(s ? n : 1);", true },
		{ "here(s ? a : 1);", false },
		{ "here(s ? 1 : a);", false },
		{ "here(a < 4 ? a : 4);", true },
		{ "here(a > 4 ? a : 4);", false },
		{ "here(s < 4 ? s : 4);", false });
}

static void small_where_a_sign_matters(void **state)
{
	EXPECT(CLAIM_SMALL,
		{ "here(a % 4);", true },
		{ "here(s % 4);", false },
		{ "here(a % b);", false },
		{ "here(4 / n);", true },
		{ "here(4 / s);", false },
		{ "here(a / 4);", false },
		{ "here(min(a, 4UL));", true },
		{ "here(min(s, 4));", false },
		{ "here(min(a, b));", false },
		{ "here(max(n, 4));", true },
		{ "here(max(a, 4UL));", false },
		{ "here(min_t(u64, a, 4));", true },
		{ "here(min_t(s64, a, 4));", false });
}

static void small_by_a_condition(void **state)
{
	EXPECT(CLAIM_SMALL,
		{ "if (a > 16)\n\t\treturn 1;\n\there(a);", true },
		{ "if (a >= 16)\n\t\treturn 1;\n\there(a);", true },
		{ "if (a < 16)\n\t\treturn 1;\n\there(a);", false },
		{ "if (a > 16 && n)\n\t\treturn 1;\n\there(a);", false },
		{ "if (a > 16 || n)\n\t\treturn 1;\n\there(a);", true },
		{ "if (!(a <= 16))\n\t\treturn 1;\n\there(a);", true },
		{ "if (unlikely(a > 16))\n\t\treturn 1;\n\there(a);", true },
		{ "if (a > b)\n\t\treturn 1;\n\there(a);", false },
		{ "if (s > 16)\n\t\treturn 1;\n\there(s);", false },
		{ "if (a > 16)\n\t\treturn 1;\n\ta += 1;\n\there(a);", true },
		{ "if (a > 16)\n\t\treturn 1;\n\tg(&a);\n\there(a);", false },
		{ "if (a > 16)\n\t\ta = 16;\n\there(a);", true },
		{ "if (a > 16)\n\t\ta = b;\n\there(a);", false });
}

static void ordered_by_its_form(void **state)
{
	EXPECT(CLAIM_ORDERED,
		{ "here(a, a);", true },
		{ "here(a, b);", false },
		{ "here(0, b);", true },
		{ "here(a, a + PAGE_SIZE);", true },
		{ "here(a, a - PAGE_SIZE);", false },
		{ "here(a - PAGE_SIZE, a);", true },
		{ "here(a, a + b);", false },
		{ "here(a, a + n);", true },
		{ "here(a, n + a);", true },
		{ "here(a, a + s);", false },
		{ "here(a & PAGE_MASK, a);", true },
		{ "here(a, a & PAGE_MASK);", false },
		{ "here(a, PAGE_ALIGN(a));", true },
		{ "here(a, round_down(a, 4));", false },
		{ "here(round_down(a, 4), a);", true },
		{ "here(vma->vm_start, vma->vm_end);", true },
		{ "here(vma->vm_end, vma->vm_start);", false },
		{ "here(a, min(a + PAGE_SIZE, a + n));", true },
		{ "here(a, min(a + PAGE_SIZE, b));", false },
		{ "here(a, max(a, b));", true },
		{ "here(a, max(n, b));", false },
		{ "here(a, max_t(s32, a, b));", false },
		{ "here(a, s ? a : a + 1);", true },
		{ "here(a, s ? a : b);", false },
		{ "here(a, s ? b : a);", false },
		{ "here(a, a < b ? b : a);", true },
		{ "here(s ? a : b, a);", false });
}

static void ordered_by_a_condition(void **state)
{
	EXPECT(CLAIM_ORDERED,
		{ "if (a > b)\n\t\treturn 1;\n\there(a, b);", true },
		{ "if (a < b)\n\t\there(a, b);", true },
		{ "if (b >= a)\n\t\there(a, b);", true },
		{ "if (a == b)\n\t\there(a, b);", true },
		{ "if (a != b)\n\t\there(a, b);", false },
		{ "if (a > b)\n\t\there(a, b);", false },
		{ "if (b - a > 16)\n\t\treturn 1;\n\there(a, b);", true },
		{ "if (a - b > 16)\n\t\treturn 1;\n\there(a, b);", false },
		{ "if ((b - a) >> PAGE_SHIFT > 16)\n\t\treturn 1;\n\there(a, b);", true },
		{ "if ((b - a) / n > 16)\n\t\treturn 1;\n\there(a, b);", false },
		{ "if ((long)(b - a) > 16)\n\t\treturn 1;\n\there(a, b);", false },
		{ "if ((long)(b - a) > (long)PAGE_SIZE)\n\t\treturn 1;\n\there(a, b);", false },
		{ "if (a > b)\n\t\treturn 1;\n\tb -= 1;\n\there(a, b);", false },
		{ "if (a > b)\n\t\treturn 1;\n\there(a, b + PAGE_SIZE);", true },
		{ "if (a > b)\n\t\treturn 1;\n\there(a, b + n);", false },
		{ "unsigned int c = b;\n\n\tif (a > c)\n\t\treturn 1;\n\there(a, b);", false },
		{ "unsigned long c;\n\n\tif (a > b)\n\t\treturn 1;\n\tc = b;\n\there(a, c);", true },
		{ "unsigned int c;\n\n\tif (a > b)\n\t\treturn 1;\n\tc = b;\n\there(a, c);", false });
}

static void ordered_in_loops(void **state)
{
	EXPECT(CLAIM_ORDERED,
		{ "while (a < b) {\n\t\there(a, b);\n\t\ta += PAGE_SIZE;\n\t}", true },
		{ "do {\n\t\there(a, b);\n\t\ta += PAGE_SIZE;\n\t} while (a < b);", false },
		{ "for (; a != b; a++)\n\t\there(a, b);", false },
		{ "b = a;\n\twhile (n--)\n\t\tb += PAGE_SIZE;\n\there(a, b);", true },
		{ "b = a;\n\twhile (n--)\n\t\tb -= PAGE_SIZE;\n\there(a, b);", false },
		{ "b = a;\nagain:\n\tb += PAGE_SIZE;\n\tif (s)\n\t\tgoto again;\n\there(a, b);", true },
		{ "b = a;\nagain:\n\tb -= n;\n\tif (s)\n\t\tgoto again;\n\there(a, b);", false });
}

/* The values grow with each turn; the proof ends all the same. */
static void a_loop_whose_values_grow(void **state)
{
	EXPECT(CLAIM_ORDERED,
		{ "unsigned long x = a;\n\n\twhile (a) {\n\t\tunsigned long m = a < b ? a : b;\n\n"
		  "\t\ts = here(x, x + m);\n\t\tx += m;\n\t\ta -= m;\n\t}", false });
}

static void whole_pages(void **state)
{
	EXPECT(CLAIM_WHOLE_PAGES,
		{ "here(a);", false },
		{ "here(a & PAGE_MASK);", true },
		{ "here(a * PAGE_SIZE);", true },
		{ "here(a << PAGE_SHIFT);", true },
		{ "here(a << 3);", false },
		{ "here(PAGE_ALIGN(a));", true },
		{ "here(ALIGN(a, PAGE_SIZE));", true },
		{ "here(ALIGN(a, 64));", false },
		{ "here(round_down(a, 512));", false },
		{ "here(65536);", true },
		{ "here(4096);", false },
		{ "here(SZ_64K);", true },
		{ "here(SZ_4K);", false },
		{ "here(SZ_512);", false },
		{ "here(a % PAGE_SIZE);", false },
		{ "here(vma->vm_start);", true },
		{ "here(vma->vm_pgoff);", false },
		{ "here(vma->address);", false },
		{ "if (a & (PAGE_SIZE - 2))\n\t\treturn 1;\n\there(a);", false },
		{ "here(vma->vm_start + PAGE_SIZE);", true },
		{ "here(vma->vm_start + n);", false },
		{ "here(vma->vm_end - vma->vm_start);", true },
		{ "here(s ? PAGE_SIZE : vma->vm_end);", true },
		{ "here(s ? PAGE_SIZE : 1);", false },
		{ "here(min(vma->vm_end, vma->vm_start + PAGE_SIZE));", true },
		{ "here(min(vma->vm_end, a));", false },
		{ "if (a & ~PAGE_MASK)\n\t\treturn 1;\n\there(a);", true },
		{ "if (a & (PAGE_SIZE - 1))\n\t\treturn 1;\n\there(a);", true },
		{ "if (a % PAGE_SIZE)\n\t\treturn 1;\n\there(a);", true },
		{ "if (!PAGE_ALIGNED(a | b))\n\t\treturn 1;\n\there(a);", true },
		{ "if (!PAGE_ALIGNED(a + b))\n\t\treturn 1;\n\there(a);", false },
		{ "if (!IS_ALIGNED(a, PAGE_SIZE))\n\t\treturn 1;\n\there(a);", true },
		{ "if (!IS_ALIGNED(a, 8))\n\t\treturn 1;\n\there(a);", false },
		{ "if (PAGE_ALIGNED(a))\n\t\treturn 1;\n\there(a);", false },
		{ "a &= PAGE_MASK;\n\ta++;\n\there(a);", false },
		{ "a &= PAGE_MASK;\n\ta += PAGE_SIZE;\n\there(a);", true },
		{ "a &= PAGE_MASK;\n\tg(&a);\n\there(a);", false },
		/* It may be a macro. */
		{ "a &= PAGE_MASK;\n\tg(a);\n\there(a);", false },
		{ "a &= PAGE_MASK;\n\twhile (n--)\n\t\ta += PAGE_SIZE;\n\there(a);", true },
		{ "a &= PAGE_MASK;\n\twhile (n--)\n\t\ta += 8;\n\there(a);", false },
		{ "if (n)\n\t\ta &= PAGE_MASK;\n\there(a);", false });
}

static void not_null(void **state)
{
	EXPECT(CLAIM_NOT_NULL,
		{ "here(p);", false },
		{ "here(&a);", true },
		{ "here(NULL);", false },
		{ "here(\"text\");", true },
		{ "here(s ? &a : &b);", true },
		{ "here(s ? &a : p);", false },
		{ "here(p ? p : &n);", true },
		{ "here(p ?: &n);", true },
		{ "if (!p)\n\t\treturn 1;\n\there(p);", true },
		{ "if (p == NULL)\n\t\treturn 1;\n\there(p);", true },
		{ "if (p)\n\t\treturn 1;\n\there(p);", false },
		{ "if (p)\n\t\there(p);", true },
		{ "if (p && n)\n\t\there(p);", true },
		{ "if (p || n)\n\t\there(p);", false },
		{ "if (!p)\n\t\tp = &n;\n\there(p);", true },
		{ "if (!p)\n\t\treturn 1;\n\tp = g();\n\there(p);", false });
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(small_by_its_form),
		cmocka_unit_test(small_where_a_sign_matters),
		cmocka_unit_test(small_by_a_condition),
		cmocka_unit_test(ordered_by_its_form),
		cmocka_unit_test(ordered_by_a_condition),
		cmocka_unit_test(ordered_in_loops),
		cmocka_unit_test(a_loop_whose_values_grow),
		cmocka_unit_test(whole_pages),
		cmocka_unit_test(not_null),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
