// SPDX-License-Identifier: GPL-2.0-only
/*
 * hmm_range_fault() and what went with it, as far as one call shows what it becomes.
 *
 * Its second argument said "block" until 5.3 and was flags from 5.4 to 5.6, so true compiles there
 * and means that mmap_sem may be dropped.  It returned a number of pages until 5.7, and 0 since:
 * "if (ret <= 0)" takes that for a failure.
 */
#include "analyse/preprocess.h"
#include "analyse/symbols.h"
#include "changes/change.h"
#include "edit/edit.h"
#include "kernel/release.h"

static void replace(const struct reference *use, uint32_t first, uint32_t last, const char *text)
{
	const struct syntax *syntax = &use->unit->syntax;

	edit_replace(use->unit->edits, code_start(syntax, first), code_end(syntax, last), text);
}

static bool is_bool(const struct unit *unit, uint32_t at)
{
	const struct declaration *declaration = declaration_at(unit, at);
	struct span specifiers;

	if (!declaration)
		return false;
	specifiers = declaration->declarator.specifiers;
	for (uint32_t i = specifiers.first; i <= specifiers.last; i++)
		if (code_is(&declaration->unit->syntax, i, "bool"))
			return true;
	return false;
}

static void follow_argument(struct driver *driver, const struct reference *use,
			    const struct call *call)
{
	const struct syntax *syntax = &use->unit->syntax;
	struct span argument = call->arguments[1];
	bool blocks = code_is(syntax, argument.first, "true");
	bool known = argument.first == argument.last &&
		     (blocks || code_is(syntax, argument.first, "false"));

	if (driver->target->number >= SINCE_FAULT_WITHOUT_FLAGS) {
		/* It keeps the lock in any case. */
		if (known || (argument.first == argument.last &&
			      (code_is(syntax, argument.first, "0") ||
			       code_is(syntax, argument.first, "HMM_FAULT_ALLOW_RETRY"))))
			edit_remove(use->unit->edits, code_end(syntax, call->arguments[0].last),
				    code_end(syntax, argument.last));
	} else if (known) {
		replace(use, argument.first, argument.last, blocks ? "0" : "HMM_FAULT_ALLOW_RETRY");
	} else if (argument.first == argument.last && is_bool(use->unit, argument.first)) {
		driver_warn(driver, use->unit, argument.first, "neighbour",
			    "this is flags since 5.4 and was \"block\" before: pass 0 where it is true, "
			    "and HMM_FAULT_ALLOW_RETRY where it is false");
	}
}

/* "ret = hmm_range_fault(...);" and then "if (ret <= 0)" */
static void follow_result(struct driver *driver, const struct reference *use,
			  const struct call *call)
{
	const struct syntax *syntax = &use->unit->syntax;
	uint32_t next = call->close + 2, result = use->token - 2;
	bool tested = code_is(syntax, use->token - 1, "=") && code_identifier(syntax, result) &&
		      code_is(syntax, call->close + 1, ";") && code_is(syntax, next, "if") &&
		      code_is(syntax, next + 1, "(") && syntax->match[next + 1] == next + 5 &&
		      code_is(syntax, next + 2, code_text(syntax, result, result)) &&
		      code_is(syntax, next + 4, "0");

	if (tested && code_is(syntax, next + 3, "<="))
		replace(use, next + 3, next + 3, "<");
	else if (call->count == 2 && !(tested && code_is(syntax, next + 3, "<")))
		driver_warn(driver, use->unit, use->token, "neighbour",
			    "hmm_range_fault() returns 0 since 5.8, where it returned how many pages "
			    "there are: see what becomes of its result");
}

static void follow_fault(struct driver *driver, const struct reference *use, const struct call *call)
{
	if (call->count == 2 && driver->target->number >= SINCE_FAULT_FLAGS)
		follow_argument(driver, use, call);
	if (driver->target->number >= SINCE_FAULT_RETURNS_ZERO)
		follow_result(driver, use, call);
}

static const struct {
	const char *name;
	void (*follow)(struct driver *driver, const struct reference *use, const struct call *call);
} functions[] = {
	{ "hmm_range_fault", follow_fault },
};

static void rewrite(struct driver *driver)
{
	for (size_t i = 0; i < sizeof(functions) / sizeof(*functions); i++) {
		const struct symbol *symbol = symbol_find(&driver->program, functions[i].name);
		struct call call;

		if (!symbol || symbol_is_own_call(symbol))
			continue;
		for (const struct reference *use = symbol->references; use; use = use->next)
			if (use->kind == REFERENCE_CALL &&
			    !preprocess_undecided(&use->unit->syntax, use->offset) &&
			    !edits_cover(use->unit->edits, use->offset) &&
			    call_parse(&use->unit->syntax, use->token, &call))
				functions[i].follow(driver, use, &call);
	}
}

const struct change change_hmm_range = { .rewrite = rewrite };
