// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a file in /proc does, which is a struct proc_ops since 5.6 and was a struct file_operations.
 */
#include <string.h>

#include "analyse/preprocess.h"
#include "analyse/symbols.h"
#include "changes/change.h"
#include "edit/edit.h"
#include "edit/lines.h"
#include "kernel/release.h"

/* Members of both; what is in neither list has no successor. */
static const struct {
	const char *file;
	const char *proc;
} members[] = {
	{ "open", "proc_open" },     { "read", "proc_read" },
	{ "write", "proc_write" },   { "llseek", "proc_lseek" },
	{ "release", "proc_release" }, { "poll", "proc_poll" },
	{ "unlocked_ioctl", "proc_ioctl" }, { "compat_ioctl", "proc_compat_ioctl" },
	{ "mmap", "proc_mmap" },     { "get_unmapped_area", "proc_get_unmapped_area" },
	{ "owner", NULL },
};

static const struct {
	const char *name;
	size_t argument;
} functions[] = {
	{ "proc_create", 3 }, { "proc_create_data", 3 },
};

/* The call that a "&name" is the operations of, or false. */
static bool is_given_to_proc(const struct reference *use)
{
	const struct unit *unit = use->unit;
	uint32_t first = node_at(&unit->syntax, use->token)->first;
	struct call call;

	if (use->kind != REFERENCE_ADDRESS)
		return false;
	for (size_t i = 0; i < sizeof(functions) / sizeof(*functions); i++)
		for (uint32_t at = first; at < use->token; at++)
			if (code_is(&unit->syntax, at, functions[i].name) &&
			    call_parse(&unit->syntax, at, &call) &&
			    call.count > functions[i].argument &&
			    call.arguments[functions[i].argument].last == use->token)
				return true;
	return false;
}

static const char *new_member(const struct syntax *syntax, uint32_t at, bool *known)
{
	for (size_t i = 0; i < sizeof(members) / sizeof(*members); i++)
		if (code_is(syntax, at, members[i].file)) {
			*known = true;
			return members[i].proc;
		}
	*known = false;
	return NULL;
}

/* The members that an initialiser names stand behind "." right within its braces. */
static bool is_member_set(const struct syntax *syntax, uint32_t at)
{
	return code_is(syntax, at - 1, ".") && code_is(syntax, at + 1, "=") &&
	       (code_is(syntax, at - 2, "{") || code_is(syntax, at - 2, ","));
}

static bool can_rewrite(const struct declaration *object, const struct symbol *symbol)
{
	const struct syntax *syntax = &object->unit->syntax;
	struct span value = object->declarator.value;
	bool known;

	if (object->next || object->kind != DECLARATION_VARIABLE || !code_is(syntax, value.first, "{") ||
	    !code_is(syntax, object->declarator.specifiers.last, "file_operations") ||
	    preprocess_undecided(syntax, code_start(syntax, object->token)))
		return false;
	for (uint32_t i = value.first; i < value.last; i++) {
		if (!is_member_set(syntax, i))
			continue;
		new_member(syntax, i, &known);
		if (!known)
			return false;
	}
	for (const struct reference *use = symbol->references; use; use = use->next)
		if (!is_given_to_proc(use))
			return false;
	return true;
}

/* ".owner = THIS_MODULE," with its line, or with the space behind it. */
static void remove_member(const struct declaration *object, uint32_t at)
{
	const struct syntax *syntax = &object->unit->syntax;
	uint32_t last = at + 2, start = code_start(syntax, at - 1);

	while (last < object->declarator.value.last && !code_is(syntax, last, ","))
		last++;
	if (!code_is(syntax, last, ","))
		last--;
	if (source_line(object->unit->source, start) !=
	    source_line(object->unit->source, code_start(syntax, last + 1)))
		remove_lines(object->unit->edits, syntax, start, code_end(syntax, last));
	else
		edit_remove(object->unit->edits, start, code_start(syntax, last + 1));
}

static void rewrite_object(const struct declaration *object)
{
	const struct syntax *syntax = &object->unit->syntax;
	struct span value = object->declarator.value;
	uint32_t type = object->declarator.specifiers.last;
	bool known;

	edit_replace(object->unit->edits, code_start(syntax, type), code_end(syntax, type), "proc_ops");
	for (uint32_t i = value.first; i < value.last; i++) {
		const char *name = is_member_set(syntax, i) ? new_member(syntax, i, &known) : NULL;

		if (name)
			edit_replace(object->unit->edits, code_start(syntax, i), code_end(syntax, i), name);
		else if (is_member_set(syntax, i))
			remove_member(object, i);
	}
}

static void follow(struct driver *driver, const struct reference *use, size_t argument)
{
	const struct syntax *syntax = &use->unit->syntax;
	const struct declaration *object;
	const struct symbol *symbol;
	struct call call;
	uint32_t last;

	if (!call_parse(syntax, use->token, &call) || call.count <= argument)
		return;
	last = call.arguments[argument].last;
	symbol = symbol_at(use->unit, last);
	object = symbol ? symbol->declarations : NULL;
	if (object && code_is(&object->unit->syntax, object->declarator.specifiers.last, "proc_ops"))
		return;
	if (object && call.arguments[argument].first + 1 == last && can_rewrite(object, symbol)) {
		if (!edits_cover(object->unit->edits,
				 code_start(&object->unit->syntax,
					    object->declarator.specifiers.last)))
			rewrite_object(object);
		return;
	}
	if (object)
		driver_warn(driver, use->unit, use->token, "neighbour",
			    "a file in /proc is described by a struct proc_ops since 5.6, in place of a "
			    "struct file_operations");
}

static void rewrite(struct driver *driver)
{
	for (size_t i = 0; i < sizeof(functions) / sizeof(*functions); i++) {
		const struct reference *use = name_references(&driver->program, functions[i].name);

		for (; driver->target->number >= SINCE_PROC_OPS && use; use = use->next)
			if (use->kind == REFERENCE_CALL && !preprocess_undecided(&use->unit->syntax, use->offset))
				follow(driver, use, functions[i].argument);
	}
}

const struct change change_proc_ops = { .rewrite = rewrite };
