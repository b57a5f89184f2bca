// SPDX-License-Identifier: GPL-2.0-only
/*
 * Names that the target does not have any more, or not yet, and what takes their place.
 */
#include "analyse/dated_use.h"
#include "analyse/includes.h"
#include "analyse/preprocess.h"
#include "analyse/symbols.h"
#include "check.h"
#include "hidden_place.h"
#include "not_ported.h"

static void report_name(struct checker *checker, struct place place, const struct dated_name *name)
{
	if (checker->target->number >= name->until)
		add_finding(checker, "removed-name", place, "%s%s is gone since Linux %d.%d; %s",
			    name->name, name->form, name->until / 1000, name->until % 1000,
			    name->instead);
	else
		add_finding(checker, "later-name", place,
			    "%s%s is there only since Linux %d.%d; for Linux %s: %s", name->name,
			    name->form, name->since / 1000, name->since % 1000,
			    checker->target->name, name->instead);
}

static void look_at_name(struct checker *checker, const struct unit *unit, uint32_t token)
{
	struct dated_name name;

	/* A pointer to a struct that is gone compiles, and asks for nothing of it. */
	if (code_is(&unit->syntax, token - 1, "struct") && code_is(&unit->syntax, token + 1, "*"))
		return;
	if (!dated_use_at(&checker->program, unit, token, checker->target->number, &name) ||
	    brings_itself(&checker->program, unit, name.name) || waits_for_port(checker, unit))
		return;
	if (preprocess_undecided(&unit->syntax, code_start(&unit->syntax, token)))
		hidden_add(checker, unit, code_start(&unit->syntax, token));
	else
		report_name(checker, (struct place){ unit, token }, &name);
}

static void look_at_names(struct checker *checker)
{
	for (size_t u = 0; u < checker->program.unit_count; u++) {
		const struct unit *unit = &checker->program.units[u];

		for (uint32_t i = 0; i < unit->syntax.code.count; i++)
			if (unit->syntax.code.list[i].kind == TOKEN_IDENTIFIER)
				look_at_name(checker, unit, i);
	}
}

const struct check check_removed_name = {
	.rule = {
		.name = "removed-name",
		.summary = "a name is used that the target no longer has",
		.severity = SEVERITY_ERROR,
		.since = "5.4",
		.explanation =
"The driver does not compile for the target, or compiles only because a header\n"
"of its own defines the name with a meaning that is gone. The message says since\n"
"when the name is gone and what takes its place.\n"
"\n"
"Code that #if leaves out for the target is not looked at. Where an #if cannot be\n"
"decided, for instance one that asks for a name of the driver's configure script,\n"
"nothing inside it is reported; -DNAME behind -- decides it.",
		.code =
"+#ifndef MIGRATE_PFN_LOCKED\n"
"+#define MIGRATE_PFN_LOCKED 0\n"
"+#endif\n"
"+\n"
" static unsigned long drv_page_word(struct page *page)\n"
" {\n"
" \treturn migrate_pfn(page_to_pfn(page)) | MIGRATE_PFN_LOCKED;\n"
" }\n",
	},
	.program = look_at_names,
	.by_release = true,
};

const struct check check_later_name = {
	.rule = {
		.name = "later-name",
		.summary = "a name is used that the target does not have yet",
		.severity = SEVERITY_ERROR,
		.since = "5.4",
		.example = "6.0",
		.explanation =
"The driver does not compile for the target. The message says since when there is\n"
"such a name, and what a driver for the target does. For more than one release\n"
"ask for what a kernel has, best with a compile test: kernels of distributions\n"
"carry names of later releases.",
		.code =
" static void drv_page_init(struct page *page)\n"
" {\n"
"-\tzone_device_page_init(page);\n"
"+\tlock_page(page);\n"
" }\n",
	},
	.by_release = true,
};
