// SPDX-License-Identifier: GPL-2.0-only
/*
 * A struct migrate_vma that a function declares without a value.
 *
 * Each release that added a member made garbage of what such a struct has there; fault_page, since
 * 6.1, is a pointer that the core follows.  Zeroed, the struct is right for every release: what a
 * driver sets it sets as before.
 */
#include "analyse/symbols.h"
#include "changes/change.h"
#include "edit/edit.h"

static bool is_bare(const struct declaration *declaration)
{
	const struct declarator *declarator = &declaration->declarator;
	const struct syntax *syntax = &declaration->unit->syntax;
	uint32_t tag = declarator->specifiers.last;

	return declaration->kind == DECLARATION_VARIABLE && node_function(declaration->node) &&
	       declaration->node->kind == NODE_DECLARATION && !declarator->stars &&
	       !declarator->function && declarator->array.last < declarator->array.first &&
	       declarator->value.last < declarator->value.first && tag &&
	       code_is(syntax, tag, "migrate_vma") && code_is(syntax, tag - 1, "struct") &&
	       !declared_static(syntax, declarator->specifiers.first, tag);
}

/* Members that the driver's release did not have, or that are pointers which the core follows. */
static bool has_new_members(const struct driver *driver)
{
	const char *owner = driver->target->owner_member;

	return driver->target->fault_page_member ||
	       (owner && !driver->site_count && !name_references(&driver->program, owner) &&
		!name_references(&driver->program, "src_owner"));
}

static void rewrite(struct driver *driver)
{
	const struct symbol *symbol;
	size_t at = 0;

	if (!has_new_members(driver))
		return;
	while ((symbol = symbol_next(&driver->program, &at)))
		for (const struct declaration *one = symbol->declarations; one; one = one->next)
			if (is_bare(one))
				edit_insert(one->unit->edits, code_end(&one->unit->syntax, one->token),
					    " = { 0 }");
}

const struct change change_zeroed_struct = { .rewrite = rewrite };
