// SPDX-License-Identifier: GPL-2.0-only
#include "not_ported.h"

#include "analyse/preprocess.h"
#include "analyse/symbols.h"
#include "check.h"

/* "struct migrate_vma_ops;" and a pointer to one ask for nothing. */
static bool is_old_use(const struct reference *at, enum reference_kind kind)
{
	const struct syntax *syntax = &at->unit->syntax;

	return at->kind == kind && !code_is(syntax, at->token + 1, ";") &&
	       !code_is(syntax, at->token + 1, "*") &&
	       !preprocess_undecided(syntax, at->offset);
}

static const struct reference *first_use(const struct symbol *symbol, enum reference_kind kind,
					 const struct unit *unit)
{
	const struct reference *at = symbol ? symbol->references : NULL;

	for (; at; at = at->next)
		if (program_same_folder(at->unit, unit) && is_old_use(at, kind))
			return at;
	return NULL;
}

static const struct reference *old_use(const struct checker *checker, const struct unit *unit)
{
	const struct symbol *call = symbol_find(&checker->program, "migrate_vma");
	const struct symbol *type = symbol_find(&checker->program, "migrate_vma_ops");
	const struct reference *use = NULL;

	/* A function of the driver's own may have the name. */
	if (call && !symbol_declared(call, DECLARATION_FUNCTION) &&
	    !symbol_declared(call, DECLARATION_PROTOTYPE))
		use = first_use(call, REFERENCE_CALL, unit);
	return use ? use : first_use(type, REFERENCE_TAG, unit);
}

bool waits_for_port(const struct checker *checker, const struct unit *unit)
{
	return old_use(checker, unit);
}

static void look_at_files(struct checker *checker)
{
	for (size_t i = 0; i < checker->program.unit_count; i++) {
		const struct reference *use = old_use(checker, &checker->program.units[i]);

		if (use)
			add_finding(checker, "not-ported", (struct place){ use->unit, use->token },
				    "this driver still has the callbacks of migrate_vma(), which "
				    "are gone since Linux 5.4: port it first, with migrate-vma port "
				    "--target=%s", checker->target->name);
	}
}

const struct check check_not_ported = {
	.rule = {
		.name = "not-ported",
		.summary = "the driver still has callbacks",
		.severity = SEVERITY_ERROR,
		.since = "5.4",
		.explanation =
"migrate_vma() and struct migrate_vma_ops are gone since Linux 5.4. `migrate-vma\n"
"port` brings the driver to the three steps and says what is left for you; check\n"
"its result. Until then there is this one message for a folder, and none about\n"
"names that the target lacks.",
		.code =
"-static const struct migrate_vma_ops drv_ops = {\n"
"-\t.alloc_and_copy = drv_alloc_and_copy,\n"
"-\t.finalize_and_map = drv_finalize_and_map,\n"
"-};\n"
"+static int drv_move(struct drv *drv, struct migrate_vma *args)\n"
"+{\n"
"+\tint ret = migrate_vma_setup(args);\n"
"+\n"
"+\tif (ret)\n"
"+\t\treturn ret;\n"
"+\tdrv_copy_in(drv, args);\n"
"+\tmigrate_vma_pages(args);\n"
"+\tmigrate_vma_finalize(args);\n"
"+\treturn 0;\n"
"+}\n",
	},
	.program = look_at_files,
};
