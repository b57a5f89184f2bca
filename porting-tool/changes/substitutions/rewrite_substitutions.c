// SPDX-License-Identifier: GPL-2.0-only
/*
 * What became another expression: see kernel/substitutions.h.
 *
 * A use that does not have the form of its row stays, and is reported as left later.  Text of macros,
 * arms of #if that the release leaves out or does not decide, and names that the driver declares
 * itself are never touched; nor is text that another change takes the place of.
 */
#include "changes/change.h"

#include <string.h>

#include "analyse/includes.h"
#include "analyse/preprocess.h"
#include "analyse/symbols.h"
#include "analyse/type.h"
#include "edit/edit.h"
#include "kernel/substitutions.h"

/* A use of a name, and what its row says. */
struct use_site {
	const struct program *program;
	struct unit *unit;
	const struct syntax *syntax;
	const struct substitution *row;
	uint32_t at;
};

static void replace(const struct use_site *use, uint32_t first, uint32_t last, const char *text)
{
	edit_replace(use->unit->edits, code_start(use->syntax, first), code_end(use->syntax, last),
		     text);
}

static const char *text_of(const struct use_site *use, struct span span)
{
	return code_text(use->syntax, span.first, span.last);
}

/* The first token of the postfix expression that ends at @last: a->b[i].c, f(x) */
static uint32_t postfix_first(const struct syntax *syntax, uint32_t last)
{
	uint32_t at = last;

	for (;;) {
		while (syntax->match[at] < at)
			at = code_identifier(syntax, syntax->match[at] - 1) ||
					     code_is(syntax, syntax->match[at] - 1, ")") ||
					     code_is(syntax, syntax->match[at] - 1, "]") ?
				     syntax->match[at] - 1 : syntax->match[at];
		if (at < 2 || (!code_is(syntax, at - 1, "->") && !code_is(syntax, at - 1, ".")))
			return at;
		at -= 2;
	}
}

/* Whether one of the texts between "|" is @text. */
static bool is_one_of(const char *list, const char *text)
{
	size_t length = strlen(text);

	for (const char *at = list; at; at = strchr(at, '|') ? strchr(at, '|') + 1 : NULL)
		if (!strncmp(at, text, length) && (!at[length] || at[length] == '|'))
			return true;
	return false;
}

/* A name, its members and constant subscripts: it may be written twice. */
static bool is_plain(const struct syntax *syntax, struct span span)
{
	for (uint32_t i = span.first; i <= span.last; i++)
		if (!code_identifier(syntax, i) && !code_is(syntax, i, "->") &&
		    !code_is(syntax, i, "."))
			return false;
	return true;
}

/* A name that stays is written anew as well, so that its place counts as changed. */
static void write_name(const struct use_site *use)
{
	replace(use, use->at, use->at, use->row->with ? use->row->with : use->row->name);
}

static bool substitute_drop(const struct use_site *use, const struct call *call)
{
	const struct syntax *syntax = use->syntax;
	const struct span *argument = &call->arguments[use->row->index];

	if (!is_one_of(use->row->text, text_of(use, *argument)) ||
	    (use->row->ignored && (node_at(syntax, use->at)->kind != NODE_EXPRESSION ||
				   node_at(syntax, use->at)->first != use->at)))
		return false;
	write_name(use);
	if (use->row->index)
		edit_remove(use->unit->edits, code_end(syntax, argument[-1].last),
			    code_end(syntax, argument->last));
	else
		edit_remove(use->unit->edits, code_start(syntax, argument->first),
			    code_start(syntax, argument[1].first));
	return true;
}

static bool substitute_add(const struct use_site *use, const struct call *call)
{
	struct span first = call->arguments[0];

	if (strstr(use->row->text, "%s") && !is_plain(use->syntax, first))
		return false;
	write_name(use);
	edit_insert(use->unit->edits, code_end(use->syntax, call->close - 1),
		    arena_printf(use->syntax->arena, ", %s",
				 arena_printf(use->syntax->arena, use->row->text,
					      text_of(use, first))));
	return true;
}

/* The first argument is a struct pci_dev *, which no device had none of. */
static bool substitute_device(const struct use_site *use, const struct call *call)
{
	const struct syntax *syntax = use->syntax;
	struct span first = call->arguments[0];
	bool plain = is_plain(syntax, first);

	if (code_is(syntax, first.first, "NULL"))
		return false;
	write_name(use);
	edit_insert(use->unit->edits, code_start(syntax, first.first), plain ? "&" : "&(");
	edit_insert(use->unit->edits, code_end(syntax, first.last), plain ? "->dev" : ")->dev");
	if (use->row->text)
		edit_insert(use->unit->edits, code_end(syntax, call->close - 1), use->row->text);
	return true;
}

static void substitute_first(const struct use_site *use, const struct call *call)
{
	const struct syntax *syntax = use->syntax;
	struct span first = call->arguments[0];
	/* What is no name keeps the brackets that the call was. */
	bool brackets = use->row->with || !is_plain(syntax, first);

	edit_replace(use->unit->edits, code_start(syntax, use->at), code_start(syntax, first.first),
		     arena_printf(syntax->arena, "%s%s", use->row->with ? use->row->with : "",
				  brackets ? "(" : ""));
	edit_replace(use->unit->edits, code_end(syntax, first.last), code_end(syntax, call->close),
		     brackets ? ")" : "");
}

/* name(&mm->mmap_sem): the tokens of mm. */
static bool lock_operand(const struct use_site *use, const struct call *call, struct span *mm)
{
	const struct syntax *syntax = use->syntax;
	struct span argument = call->arguments[0];

	if (!code_is(syntax, argument.first, "&") || argument.last < argument.first + 3 ||
	    !code_is(syntax, argument.last, use->row->of) ||
	    !code_is(syntax, argument.last - 1, "->"))
		return false;
	*mm = (struct span){ argument.first + 1, argument.last - 2 };
	return postfix_first(syntax, mm->last) == mm->first;
}

static bool substitute_call(const struct use_site *use)
{
	const struct substitution *row = use->row;
	const struct syntax *syntax = use->syntax;
	struct call call;
	struct span mm;

	if (!call_parse(syntax, use->at, &call) || call.count != row->arguments)
		return false;
	switch (row->form) {
	case SUBSTITUTE_CALL:
		replace(use, use->at, use->at, row->with);
		return true;
	case SUBSTITUTE_DROP:
		return substitute_drop(use, &call);
	case SUBSTITUTE_ADD:
		return substitute_add(use, &call);
	case SUBSTITUTE_DEVICE:
		return substitute_device(use, &call);
	case SUBSTITUTE_FIRST:
		substitute_first(use, &call);
		return true;
	case SUBSTITUTE_LOCK:
		if (!lock_operand(use, &call, &mm))
			return false;
		replace(use, use->at, call.close,
			arena_printf(syntax->arena, "%s(%s)", row->with, text_of(use, mm)));
		return true;
	case SUBSTITUTE_STRING:
		if (call.arguments[0].first != call.arguments[0].last ||
		    !code_identifier(syntax, call.arguments[0].first))
			return false;
		replace(use, call.arguments[0].first, call.arguments[0].last,
			arena_printf(syntax->arena, "\"%s\"", text_of(use, call.arguments[0])));
		return true;
	default:
		return false;
	}
}

/* Members and functions whose type every driver author knows by their names. */
static bool is_known_value(const struct use_site *use)
{
	static const struct {
		const char *tag, *name;
	} known[] = {
		{ "page", "page" }, { "page", "fault_page" }, { "vm_area_struct", "vma" },
	};
	static const char *const functions[] = { "migrate_pfn_to_page", "pfn_to_page",
						 "virt_to_page" };
	const struct syntax *syntax = use->syntax;
	uint32_t before = use->at - 2;

	for (size_t i = 0; is_member_name(syntax, before) && i < sizeof(known) / sizeof(*known); i++)
		if (!strcmp(known[i].tag, use->row->of) && code_is(syntax, before, known[i].name))
			return true;
	for (size_t i = 0; code_is(syntax, before, ")") && !strcmp(use->row->of, "page") &&
			   i < sizeof(functions) / sizeof(*functions); i++)
		if (code_is(syntax, syntax->match[before] - 1, functions[i]))
			return true;
	return false;
}

/* ".member = value" in the initialiser of an object of the struct */
static bool is_listed_in(const struct use_site *use)
{
	const struct syntax *syntax = use->syntax;
	const struct node *node = node_at(syntax, use->at);

	if (!code_is(syntax, use->at - 2, "{") && !code_is(syntax, use->at - 2, ","))
		return false;
	for (uint32_t i = node->first; i < use->at && !code_is(syntax, i, "="); i++)
		if (code_is(syntax, i, use->row->of))
			return true;
	return false;
}

static bool is_member_of(const struct use_site *use)
{
	const char *tag;

	if (use->at < 3 || !is_member_name(use->syntax, use->at))
		return false;
	if (!use->row->of || is_listed_in(use))
		return true;
	tag = struct_before(use->program, use->unit, use->at);
	return tag ? !strcmp(tag, use->row->of) : is_known_value(use);
}

/* A comma would make two arguments of one value. */
static bool has_comma(const struct syntax *syntax, uint32_t first, uint32_t last)
{
	for (uint32_t i = first; i <= last; i++) {
		if (syntax->match[i] > i)
			i = syntax->match[i];
		else if (code_is(syntax, i, ","))
			return true;
	}
	return false;
}

/* "x->flags |= F;", "x->flags &= ~F;" */
static bool substitute_flags(const struct use_site *use)
{
	const struct syntax *syntax = use->syntax;
	const struct node *node = node_at(syntax, use->at);
	bool set = code_is(syntax, use->at + 1, "|=");
	uint32_t first = use->at + 2, last = node->last - 1;

	if (node->kind != NODE_EXPRESSION || !code_is(syntax, use->at - 1, "->") ||
	    node->first != postfix_first(syntax, use->at - 2) || !code_is(syntax, node->last, ";"))
		return false;
	if (!set) {
		if (!code_is(syntax, use->at + 1, "&=") || !code_is(syntax, first, "~"))
			return false;
		first++;
		if (code_is(syntax, first, "(") && syntax->match[first] == last) {
			first++;
			last--;
		} else if (first != last) {
			return false;
		}
	}
	if (has_comma(syntax, first, last))
		return false;
	replace(use, node->first, node->last,
		arena_printf(syntax->arena, "%s_%s(%s, %s);", use->row->with,
			     set ? "set" : "clear",
			     text_of(use, (struct span){ node->first, use->at - 2 }),
			     text_of(use, (struct span){ first, last })));
	return true;
}

static bool is_assigned(const struct use_site *use)
{
	static const char *const operators[] = { "=", "|=", "&=", "^=", "+=", "-=" };

	for (size_t i = 0; i < sizeof(operators) / sizeof(*operators); i++)
		if (code_is(use->syntax, use->at + 1, operators[i]))
			return true;
	return false;
}

static bool substitute_member(const struct use_site *use)
{
	const struct syntax *syntax = use->syntax;
	uint32_t first;

	if (!is_member_of(use))
		return false;
	switch (use->row->form) {
	case SUBSTITUTE_MEMBER:
		replace(use, use->at, use->at, use->row->with);
		return true;
	case SUBSTITUTE_FLAGS:
		return substitute_flags(use);
	case SUBSTITUTE_MEMBER_CALL:
		/* A member that is written to is another thing, and a result has no address. */
		first = postfix_first(syntax, use->at - 2);
		if (!code_is(syntax, use->at - 1, "->") || is_assigned(use) ||
		    (code_is(syntax, first - 1, "&") && !code_identifier(syntax, first - 2) &&
		     !code_is(syntax, first - 2, ")") && !code_is(syntax, first - 2, "]") &&
		     !code_is(syntax, use->at + 1, "->")))
			return false;
		replace(use, first, use->at,
			arena_printf(syntax->arena, "%s(%s)", use->row->with,
				     text_of(use, (struct span){ first, use->at - 2 })));
		return true;
	default:
		return false;
	}
}

static bool is_member_form(enum substitution_form form)
{
	return form == SUBSTITUTE_MEMBER || form == SUBSTITUTE_MEMBER_CALL ||
	       form == SUBSTITUTE_FLAGS;
}

/*
 * Whether the driver brings the thing itself, so that it is not the kernel's.  A struct of its own
 * may well have a member of that name: where the row names the struct, the type of each use decides.
 */
static bool is_own(const struct symbol *symbol, const struct substitution *row)
{
	static const enum declaration_kind kinds[] = {
		DECLARATION_FUNCTION, DECLARATION_PROTOTYPE, DECLARATION_VARIABLE,
		DECLARATION_EXTERN, DECLARATION_PARAMETER, DECLARATION_MACRO,
	};

	if (is_member_form(row->form))
		return !row->of && symbol_declared(symbol, DECLARATION_MEMBER);
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (symbol_declared(symbol, kinds[i]))
			return true;
	return false;
}

static void substitute(struct driver *driver, const struct use_site *use,
		       const struct reference *reference)
{
	const struct substitution *row = use->row;

	if (is_member_form(row->form)) {
		if (reference->kind == REFERENCE_MEMBER && !substitute_member(use) &&
		    row->form == SUBSTITUTE_FLAGS && is_member_of(use) && is_assigned(use))
			driver_warn(driver, use->unit, use->at, "kernel-name",
				    "%s is read-only since %d.%d: use %s_set(), %s_clear(), "
				    "%s_reset(), or %s_init() for a new VMA",
				    row->name, row->since / 1000, row->since % 1000, row->with,
				    row->with, row->with, row->with);
	} else if (use->row->form == SUBSTITUTE_NAME) {
		if (reference->kind == REFERENCE_VALUE)
			replace(use, use->at, use->at, use->row->with);
	} else if (reference->kind == REFERENCE_CALL) {
		substitute_call(use);
	}
}

static void rewrite(struct driver *driver)
{
	const struct substitution *row;

	for (size_t i = 0; (row = substitution_at(i)); i++) {
		const struct symbol *symbol = symbol_find(&driver->program, row->name);

		if (!symbol || !symbol->references || driver->target->number < row->since ||
		    is_own(symbol, row) ||
		    (!is_member_form(row->form) &&
		     header_bringing(&driver->program, symbol->references->unit, row->name)))
			continue;
		for (const struct reference *at = symbol->references; at; at = at->next) {
			struct use_site use = { &driver->program, at->unit, &at->unit->syntax, row, at->token };

			if (at->kind != REFERENCE_MACRO && at->kind != REFERENCE_DIRECTIVE &&
			    at->kind != REFERENCE_UNREAD &&
			    !preprocess_undecided(use.syntax, at->offset) &&
			    !edits_cover(at->unit->edits, at->offset))
				substitute(driver, &use, at);
		}
	}
}

const struct change change_substitutions = { .rewrite = rewrite };
