// SPDX-License-Identifier: GPL-2.0-only
/*
 * Prototypes for what is called above its definition.
 *
 * An ops object could be declared at the top of a file and name its callbacks at the end.  Where
 * its place is taken by calls, what they call has to be declared before them.
 */
#include <string.h>

#include "edit/lines.h"
#include "plan.h"

/* A prototype that has to stand before a place in a file. */
struct wanted {
	struct unit *unit;
	const struct callback *callback;
	const struct ops_object *ops;
	uint32_t before;
	bool written;
};

struct list {
	struct wanted *entries;
	size_t count;
};

/* Whether the file itself declares a function above a place. */
static bool declared_above(const struct unit *unit, const char *name, uint32_t before)
{
	const struct syntax *syntax = &unit->syntax;

	for (struct node *node = syntax->file->child; node && node->first < before;
	     node = node->next) {
		struct declarator *list;

		if (node->kind == NODE_FUNCTION && code_is(syntax, node->name, name))
			return true;
		if (node->kind == NODE_DECLARATION &&
		    declaration_parse(syntax, (struct span){ node->first, node->last }, &list) &&
		    list[0].function && code_is(syntax, list[0].name, name))
			return true;
	}
	return false;
}

static void want(struct list *list, struct unit *unit, const struct callback *callback,
		 const struct ops_object *ops, uint32_t before)
{
	for (size_t i = 0; i < list->count; i++) {
		struct wanted *entry = &list->entries[i];

		if (entry->unit != unit || entry->callback != callback ||
		    (!callback && entry->ops != ops))
			continue;
		if (before < entry->before)
			entry->before = before;
		return;
	}
	list->entries[list->count++] = (struct wanted){ unit, callback, ops, before, false };
}

/* A callback that is called at a place, if that is above its definition. */
static void want_callback(struct list *list, struct unit *unit, const struct callback *callback,
			  uint32_t before)
{
	if (callback && callback->unit == unit && callback->function->first >= before &&
	    (!callback->empty || callback->keeps_signature) &&
	    !declared_above(unit, callback->name, before))
		want(list, unit, callback, NULL, before);
}

/* Behind which token the function for an object stands: its callbacks', or where the object was. */
static uint32_t helper_place(const struct ops_object *ops)
{
	const struct node *around = node_function(ops->declaration);
	const struct callback *last;

	if (around || (!ops->assignments[0] && !ops->assignments[1]))
		return around ? around->first : ops->declaration->first;
	last = ops_last_callback(ops);
	return last ? last->function->last : 0;
}

/* What a call needs: the function that stands for its ops object, or the callbacks. */
static void want_for_site(struct list *list, const struct site *site)
{
	struct ops_object *ops = site->ops;
	struct unit *unit = site->unit;
	uint32_t before = site->function->first;

	if (!ops || ops->unit != unit || ops->place == OPS_ELEMENT)
		return;
	if (ops->helper) {
		if (!node_function(ops->declaration) && helper_place(ops) > before)
			want(list, unit, NULL, ops, before);
		return;
	}
	for (size_t which = 0; which < 2; which++)
		want_callback(list, unit, ops->callbacks[which], before);
}

/* What a helper calls may have been declared in a header, which does not do so any more. */
static void want_for_helper(struct list *list, const struct ops_object *ops)
{
	for (size_t which = 0; ops->helper && which < 2; which++)
		if (ops->callbacks[which] && !ops->callbacks[which]->keeps_signature)
			want_callback(list, ops->unit, ops->callbacks[which], helper_place(ops));
}

static char *prototype_text(const struct driver *driver, const struct wanted *entry)
{
	const char *head = entry->callback ? callback_head(driver, entry->callback)
					   : helper_head(driver, entry->ops);

	return arena_printf(driver->arena, "%s;\n", head);
}

static bool names_ops(const struct wanted *entry, const struct ops_object *ops)
{
	if (!entry->callback)
		return entry->ops == ops;
	return ops->callbacks[0] == entry->callback || ops->callbacks[1] == entry->callback;
}

/* A declaration of an ops object without its initialiser: the prototypes take its place. */
static void write_in_place(struct driver *driver, struct list *list, struct unit *unit,
			   struct node *node)
{
	const struct syntax *syntax = &unit->syntax;
	const struct ops_object *ops = driver_declares_ops(driver, unit, node);
	char *text = NULL;

	for (size_t i = 0; ops && i < list->count; i++) {
		struct wanted *entry = &list->entries[i];

		if (entry->unit != unit || entry->written || node->first > entry->before ||
		    !names_ops(entry, ops))
			continue;
		entry->written = true;
		text = arena_printf(driver->arena, "%s%s", text ? text : "",
				    prototype_text(driver, entry));
	}
	if (text)
		edit_supersede(unit->edits, code_start(syntax, node->first),
			       code_end(syntax, node->last),
			       arena_printf(driver->arena, "%.*s", (int)strlen(text) - 1, text));
}

/* Where no declaration makes room: above the function that calls. */
static void write_above(struct driver *driver, struct list *list, size_t index)
{
	struct wanted *first = &list->entries[index];
	const struct syntax *syntax = &first->unit->syntax;
	char *text = arena_printf(driver->arena, "%s", "");

	for (size_t i = index; i < list->count; i++) {
		struct wanted *entry = &list->entries[i];

		if (entry->written || entry->unit != first->unit || entry->before != first->before)
			continue;
		entry->written = true;
		text = arena_printf(driver->arena, "%s%s", text, prototype_text(driver, entry));
	}
	edit_insert(first->unit->edits,
		    top_with_comment(syntax, code_start(syntax, first->before)),
		    arena_printf(driver->arena, "%s\n", text));
}

void plan_prototypes(struct driver *driver)
{
	struct list list = { arena_alloc(driver->arena,
					 (2 * (driver->site_count + driver->ops_count) + 1) *
						 sizeof(*list.entries)),
			     0 };

	for (size_t i = 0; i < driver->site_count; i++)
		want_for_site(&list, driver->sites[i]);
	for (size_t i = 0; i < driver->ops_count; i++)
		want_for_helper(&list, driver->ops[i]);
	for (size_t i = 0; i < list.count; i++) {
		const struct wanted *entry = &list.entries[i];

		if (entry->callback)
			want_tag(driver, entry->callback, entry->unit, entry->before);
		for (size_t which = 0; !entry->callback && which < 2; which++)
			if (callback_uses_private(entry->ops->callbacks[which]))
				want_tag(driver, entry->ops->callbacks[which], entry->unit,
					 entry->before);
	}
	plan_tags(driver);
	for (size_t u = 0; u < driver->program.unit_count; u++)
		for (struct node *node = driver->program.units[u].syntax.file->child; node;
		     node = node->next)
			write_in_place(driver, &list, &driver->program.units[u], node);
	for (size_t i = 0; i < list.count; i++)
		if (!list.entries[i].written)
			write_above(driver, &list, i);
}
