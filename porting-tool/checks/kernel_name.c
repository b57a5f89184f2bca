// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "absent_names.h"
#include "analyse/includes.h"
#include "analyse/preprocess.h"
#include "check.h"
#include "hidden_place.h"
#include "kernel/substitutions.h"
#include "not_ported.h"

static bool is_own(const struct reference *at, const char *name, void *data)
{
	struct checker *checker = data;

	return waits_for_port(checker, at->unit) ||
	       header_bringing(&checker->program, at->unit, name);
}

static void report(const struct reference *at, const char *text, void *data)
{
	add_finding(data, "kernel-name", (struct place){ at->unit, at->token }, "%s", text);
}

static void pass_over(const struct reference *at, const char *name, void *data)
{
	if (!is_own(at, name, data))
		hidden_add(data, at->unit, at->offset);
}

/* The member that since some release only functions write. */
static const struct substitution *read_only_member(const struct checker *checker)
{
	const struct substitution *row;

	for (size_t i = 0; (row = substitution_at(i)); i++)
		if (row->form == SUBSTITUTE_FLAGS && checker->target->number >= row->since)
			return row;
	return NULL;
}

static bool is_written(const struct reference *at)
{
	static const char *const operators[] = { "=", "|=", "&=", "^=", "+=", "-=" };

	for (size_t i = 0; i < sizeof(operators) / sizeof(*operators); i++)
		if (code_is(&at->unit->syntax, at->token + 1, operators[i]))
			return true;
	return false;
}

/* Its name says "vma", where the declaration does not say what it is. */
static bool is_member_of(const struct reference *at, const char *tag)
{
	const char *known = struct_of_member(at->unit, at->token);

	return known ? !strcmp(known, tag) : code_is(&at->unit->syntax, at->token - 2, "vma");
}

static void look_at_writes(struct checker *checker)
{
	const struct substitution *row = read_only_member(checker);
	const struct symbol *symbol = row ? symbol_find(&checker->program, row->name) : NULL;

	for (const struct reference *at = symbol ? symbol->references : NULL; at; at = at->next) {
		if (at->kind != REFERENCE_MEMBER || !is_written(at) ||
		    !is_member_of(at, row->of) || waits_for_port(checker, at->unit))
			continue;
		if (preprocess_undecided(&at->unit->syntax, at->offset))
			hidden_add(checker, at->unit, at->offset);
		else
			add_finding(checker, "kernel-name", (struct place){ at->unit, at->token },
				    "%s of struct %s is read only since Linux %d.%d; use "
				    "%s_set(), %s_clear() or %s_reset()", row->name, row->of,
				    row->since / 1000, row->since % 1000, row->with, row->with,
				    row->with);
	}
}

static void look_at_names(struct checker *checker)
{
	const struct absent_names wanted = { is_own, report, pass_over, checker };

	absent_names_find(&checker->program, &checker->arena, checker->target, &wanted);
	look_at_writes(checker);
}

const struct check check_kernel_name = {
	.rule = {
		.name = "kernel-name",
		.summary = "a name or a number of arguments that the target's kernel does not have",
		.severity = SEVERITY_WARNING,
		.since = "5.4",
		.explanation =
"The driver uses a function, a macro, a struct or a member that the headers of the\n"
"target lack, or calls a function with another number of arguments, and `port`\n"
"does not take care of it. The message says which release had it last, or has it\n"
"first. The driver does not build until this is changed.\n"
"\n"
"`migrate-vma explain NAME` tells what became of the name release by release. A\n"
"name that a file of the driver declares is not the kernel's; give that file, too.",
		.code =
" #include <linux/mmu_notifier.h>\n"
" \n"
"-static bool drv_is_ours(const struct mmu_notifier_range *range)\n"
"+static bool drv_is_ours(const struct mmu_notifier_range *range, struct drv *drv)\n"
" {\n"
"-\treturn range->vma->vm_private_data;\n"
"+\treturn range->start >= drv->start && range->end <= drv->end;\n"
" }\n",
	},
	.program = look_at_names,
};
