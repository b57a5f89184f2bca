// SPDX-License-Identifier: GPL-2.0-only
/*
 * The lock of the page that faulted.
 *
 * Since 6.15 the page is locked when migrate_to_ram() is called, until it returns: a handler that
 * locks it waits for itself.  Where a handler's lock and unlock are statements, all of them go.
 */
#include "analyse/preprocess.h"
#include "analyse/symbols.h"
#include "edit/edit.h"
#include "edit/lines.h"
#include "fault_page.h"

static const char *const calls[] = { "lock_page", "unlock_page", "trylock_page" };

/* What a function does with the lock of the page. */
struct lock_uses {
	struct node *list[16];
	size_t count;
	size_t locks;
	bool other;
};

/* "lock_page(vmf->page)" */
static bool is_of_fault(const struct syntax *syntax, uint32_t at, const char *fault)
{
	return code_is(syntax, at + 1, "(") && code_is(syntax, at + 2, fault) &&
	       code_is(syntax, at + 3, "->") && code_is(syntax, at + 4, "page") &&
	       code_is(syntax, at + 5, ")");
}

static void look_at_use(const struct syntax *syntax, uint32_t at, struct lock_uses *uses)
{
	struct node *node = node_at(syntax, at);

	uses->locks += code_is(syntax, at, "lock_page");
	if (node->kind != NODE_EXPRESSION || node->parent->kind != NODE_COMPOUND ||
	    node->first != at || node->last != at + 6 || code_is(syntax, at, "trylock_page") ||
	    preprocess_undecided(syntax, code_start(syntax, at)) ||
	    uses->count == sizeof(uses->list) / sizeof(*uses->list))
		uses->other = true;
	else
		uses->list[uses->count++] = node;
}

static void drop_locks(const struct function *function, const char *fault)
{
	const struct unit *unit = function->unit;
	const struct syntax *syntax = &unit->syntax;
	struct lock_uses uses = { .count = 0 };

	for (uint32_t i = function->node->head_close; i < function->node->last; i++)
		for (size_t c = 0; c < sizeof(calls) / sizeof(*calls); c++)
			if (code_is(syntax, i, calls[c]) && is_of_fault(syntax, i, fault))
				look_at_use(syntax, i, &uses);
	/* One lock and what gives it back; more is a protocol of the driver's own. */
	if (uses.locks != 1 || uses.other || uses.count < 2)
		return;
	for (size_t i = 0; i < uses.count; i++)
		remove_lines(unit->edits, syntax, code_start(syntax, uses.list[i]->first),
			     code_end(syntax, uses.list[i]->last));
}

void rewrite_fault_locks(struct driver *driver)
{
	const struct call_node *member = call_member(&driver->program, "migrate_to_ram");

	if (!member || driver->target->number < SINCE_FAULT_PAGE_LOCKED)
		return;
	for (const struct call_edge *edge = member->callees; edge; edge = edge->next_callee) {
		const struct function *function = edge->callee->function;

		if (edge->callee->kind == CALL_FUNCTION && function->parameter_count == 1 &&
		    function->parameters[0].name && function->parameters[0].stars == 1)
			drop_locks(function, code_text(&function->unit->syntax,
						       function->parameters[0].name,
						       function->parameters[0].name));
	}
}
