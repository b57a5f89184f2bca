// SPDX-License-Identifier: GPL-2.0-only
/*
 * The members of a call's struct migrate_vma, and whether each can be set where it is declared.
 *
 * An argument was worked out at the call.  It may be worked out earlier, in the initialiser of the
 * struct, only when nothing between the two can change it.
 */
#include <ctype.h>
#include <string.h>

#include "analyse/alignment.h"
#include "plan.h"

/* Where the struct is declared: the token behind the last declaration that opens the block. */
static uint32_t declared_at(const struct layout *layout)
{
	uint32_t at = layout->block->first + 1;

	for (struct node *node = layout->block->child;
	     node && node != layout->before && node->kind == NODE_DECLARATION; node = node->next)
		at = node->last + 1;
	return at;
}

static bool assigns(const struct syntax *syntax, uint32_t at)
{
	static const char *const operators[] = { "=",  "+=", "-=",  "*=",  "/=", "%=", "&=",
						 "|=", "^=", "<<=", ">>=", "++", "--" };

	for (size_t i = 0; i < sizeof(operators) / sizeof(*operators); i++)
		if (code_is(syntax, at, operators[i]))
			return true;
	return false;
}

static bool is_constant_name(const char *name)
{
	for (; *name; name++)
		if (islower((unsigned char)*name))
			return false;
	return true;
}

/* What is called at "(" is a macro of the driver's that reports something. */
static bool only_prints(const struct syntax *syntax, uint32_t open)
{
	static const char *const words[] = { "BUG",  "WARN",  "ASSERT", "DEBUG", "DBG",	 "LOG",
					     "INFO", "TRACE", "PRINT",	"ERR",	 "CHECK" };
	const char *name = code_text(syntax, open - 1, open - 1);
	uint32_t close = syntax->match[open];

	for (uint32_t i = open + 1; i < close; i++)
		if (syntax->code.list[i].kind == TOKEN_STRING)
			return true;
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (strstr(name, words[i]))
			return true;
	return false;
}

/* "NAME(...);" is a statement of its own. */
static bool stands_alone(const struct syntax *syntax, uint32_t open)
{
	return node_at(syntax, open)->first == open - 1 &&
	       code_is(syntax, syntax->match[open] + 1, ";");
}

/* A macro can change a variable that it is given by its bare name. */
static bool changed_by_macro(const struct unit *unit, uint32_t at)
{
	static const char *const known[] = { "swap",	   "do_div",	      "get_user",
					     "__get_user", "unsafe_get_user", "WRITE_ONCE",
					     "va_arg",	   "__swap",	      NULL };
	const struct syntax *syntax = &unit->syntax;
	const char *name;

	if (!code_is(syntax, at + 1, ",") && !code_is(syntax, at + 1, ")"))
		return false;
	while (at-- > 0 && !code_is(syntax, at, ";") && !code_is(syntax, at, "{")) {
		if (syntax->match[at] < at)
			at = syntax->match[at];
		else if (code_is(syntax, at, "("))
			break;
	}
	if (at == 0 || !code_is(syntax, at, "(") || !code_identifier(syntax, at - 1))
		return false;
	name = code_text(syntax, at - 1, at - 1);
	for (size_t i = 0; known[i]; i++)
		if (!strcmp(name, known[i]))
			return true;
	if (strstr(name, "for_each") || strstr(name, "foreach") || strstr(name, "FOR_EACH"))
		return true;
	if (macro_find(unit, name))
		return !only_prints(syntax, at);
	return is_constant_name(name) && stands_alone(syntax, at) && !only_prints(syntax, at);
}

/* Whether the variable @name may get another value among some tokens. */
static bool changes(const struct unit *unit, struct span span, const char *name)
{
	const struct syntax *syntax = &unit->syntax;

	for (uint32_t i = span.first; i <= span.last; i++) {
		uint32_t behind = i + 1;

		if (!code_is(syntax, i, name) || is_member_name(syntax, i))
			continue;
		while (code_is(syntax, behind, "["))
			behind = syntax->match[behind] + 1;
		if (assigns(syntax, behind) || code_is(syntax, i - 1, "++") ||
		    code_is(syntax, i - 1, "--") || code_is(syntax, i - 1, "&") ||
		    changed_by_macro(unit, i))
			return true;
	}
	return false;
}

/* Macros of the kernel that only calculate. */
static bool only_calculates(const struct syntax *syntax, uint32_t at)
{
	static const char *const names[] = { "min",	"max",	  "min_t",    "max_t", "clamp",
					     "clamp_t", "likely", "unlikely", "min3",  "max3" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (code_is(syntax, at, names[i]))
			return true;
	return false;
}

static bool calls_something(const struct syntax *syntax, struct span span)
{
	for (uint32_t i = span.first; i < span.last; i++)
		if (code_identifier(syntax, i) && code_is(syntax, i + 1, "(") &&
		    !only_calculates(syntax, i) && !is_constant_name(code_text(syntax, i, i)))
			return true;
	return false;
}

/* Whether a member of this name, of whatever struct, may get another value among some tokens. */
static bool member_changes(const struct syntax *syntax, struct span span, const char *name)
{
	for (uint32_t i = span.first; i <= span.last; i++)
		if (code_is(syntax, i, name) && is_member_name(syntax, i) &&
		    (assigns(syntax, i + 1) || code_is(syntax, i + 1, "[")))
			return true;
	return false;
}

/* Number of "[...]" behind a name. */
static size_t subscripts(const struct syntax *syntax, uint32_t token)
{
	size_t count = 0;

	for (uint32_t at = token + 1; code_is(syntax, at, "[") && syntax->match[at] > at;
	     at = syntax->match[at] + 1)
		count++;
	return count;
}

/* An array within an array: "words[0]" of "words[2][64]" is an address and nothing is read. */
static bool names_row(const struct site *site, uint32_t token)
{
	const struct syntax *syntax = &site->unit->syntax;
	struct declarator declarator;
	struct node *declaration;

	if (is_member_name(syntax, token) ||
	    !local_find(syntax, site->call.name, code_text(syntax, token, token), &declarator,
			&declaration) ||
	    declaration->kind == NODE_FUNCTION || declarator.array.last < declarator.array.first)
		return false;
	return subscripts(syntax, token) < subscripts(syntax, declarator.array.first - 1);
}

/* A variable that keeps its value among the tokens between. */
static bool variable_stays(const struct site *site, struct span between, uint32_t token,
			   uint32_t declared)
{
	const struct syntax *syntax = &site->unit->syntax;
	const char *name = code_text(syntax, token, token);
	struct declarator declarator;
	struct node *declaration;
	bool array;

	if (is_constant_name(name))
		return true;
	if (!local_find(syntax, site->call.name, name, &declarator, &declaration))
		return code_is(syntax, token + 1, "(") || between.first > between.last ||
		       !calls_something(syntax, between);
	if (declarator.name >= declared && declaration->kind == NODE_DECLARATION)
		return false;
	array = declarator.array.last >= declarator.array.first;
	if ((array && (!code_is(syntax, token + 1, "[") || names_row(site, token))) ||
	    (token && code_is(syntax, token - 1, "&") && !code_is(syntax, token + 1, "->")))
		return true;
	if (declaration->kind == NODE_DECLARATION && !node_function(declaration) &&
	    between.first <= between.last && calls_something(syntax, between))
		return false;
	if (name_unread(site->unit, (struct span){ declared, site->statement->first - 1 },
			name))
		return false;
	/* What the statement itself does before the call counts as well. */
	return !changes(site->unit, between, name) &&
	       !changes(site->unit, (struct span){ site->statement->first, site->call.name - 1 },
			name);
}

/* Members of the struct vm_fault that a handler got do not change while it runs. */
static bool of_fault(const struct site *site, uint32_t token)
{
	const struct syntax *syntax = &site->unit->syntax;
	struct declarator declarator;
	struct node *declaration;

	if (!code_is(syntax, token - 1, "->") || token < 2 ||
	    !local_find(syntax, token, code_text(syntax, token - 2, token - 2), &declarator,
			&declaration))
		return false;
	return code_is(syntax, declarator.specifiers.last, "vm_fault");
}

static bool is_loop(const struct node *node)
{
	return node->kind == NODE_FOR || node->kind == NODE_WHILE || node->kind == NODE_DO ||
	       node->kind == NODE_MACRO;
}

/* Whether an argument has the same value at the declaration as at the call. */
static bool argument_stays(const struct site *site, const struct layout *layout, struct span span)
{
	const struct syntax *syntax = &site->unit->syntax;
	uint32_t declared = declared_at(layout);
	struct span between = { declared, site->statement->first - 1 };
	bool nothing_between = layout->before->first == declared &&
			       site->statement == layout->before;
	bool unread;

	/* What is tested in the head of an if around the call comes between as well. */
	if (declared > between.last)
		between = (struct span){ 1, 0 };
	/* In a loop, what stands behind the call may have run before it. */
	for (const struct node *node = site->statement; node != layout->block; node = node->parent)
		if (is_loop(node)) {
			between = (struct span){ declared, node->last };
			nothing_between = false;
		}
	unread = name_unread(site->unit,
			     (struct span){ declared, site->statement->first - 1 }, NULL);
	/* Behind a label anything of the block may have run before. */
	for (struct node *node = layout->block->child; node && node != layout->before;
	     node = node->next)
		if (node->kind == NODE_LABEL) {
			between = (struct span){ declared, layout->block->last - 1 };
			nothing_between = false;
		}
	for (uint32_t i = span.first; i <= span.last; i++) {
		bool call = code_identifier(syntax, i) && code_is(syntax, i + 1, "(");

		if (!nothing_between &&
		    (assigns(syntax, i) || (call && !is_constant_name(code_text(syntax, i, i)))))
			return false;
		/* What a pointer points to, and an element, can change through any store and call. */
		if (!nothing_between && (unread || between.first <= between.last) &&
		    ((code_is(syntax, i, "[") && !code_is(syntax, i - 2, "&") &&
		      !names_row(site, i - 1)) ||
		     (code_is(syntax, i, "*") &&
		      (i == span.first || !code_identifier(syntax, i - 1)) &&
		      code_identifier(syntax, i + 1) && !code_is(syntax, i - 1, ")") &&
		      syntax->code.list[i - 1].kind != TOKEN_NUMBER)))
			return false;
		if (!code_identifier(syntax, i))
			continue;
		if (is_member_name(syntax, i)) {
			if (!nothing_between && !of_fault(site, i) &&
			    (unread || calls_something(syntax, between) ||
			     member_changes(syntax, between, code_text(syntax, i, i))))
				return false;
		} else if (!variable_stays(site, between, i, declared)) {
			return false;
		}
	}
	return true;
}

const char *argument_comment(const struct site *site, size_t index)
{
	const struct syntax *syntax = &site->unit->syntax;
	struct span span = site->call.arguments[index];
	uint32_t start = code_end(syntax, span.first - 1), end = code_start(syntax, span.last + 1);
	const char *text = syntax->source->text;
	const char *comment = NULL;

	/* Behind the comma but on its line is still about this argument. */
	if (code_is(syntax, span.last + 1, ",")) {
		const char *line_end = strchr(text + end, '\n');

		if (line_end && code_start(syntax, span.last + 2) > line_end - text)
			end = line_end - text;
	}
	if (index > 0) {
		const char *line_end = strchr(text + start, '\n');

		if (line_end && code_start(syntax, span.first) > line_end - text)
			start = line_end - text;
	}
	for (size_t i = 0; i < syntax->all.count; i++) {
		const struct token *token = &syntax->all.list[i];

		if (token->kind != TOKEN_COMMENT || token->start < start || token->end > end)
			continue;
		comment = arena_printf(syntax->arena, "%s%s%.*s", comment ? comment : "",
				       comment ? " " : "", (int)(token->end - token->start),
				       text + token->start);
	}
	return comment;
}

static void add_member(struct layout *layout, const char *name, const char *value)
{
	layout->members[layout->member_count++] = (struct member){ .name = name, .value = value };
}

bool argument_alone(const struct site *site, size_t index)
{
	const struct syntax *syntax = &site->unit->syntax;
	const struct source *source = site->unit->source;
	uint32_t last = site->call.arguments[index].last;

	return code_is(syntax, last + 1, ",") &&
	       source_line(source, code_start(syntax, last + 2)) !=
		       source_line(source, code_start(syntax, last));
}

static void add_argument(const struct site *site, struct layout *layout, const char *name,
			 size_t index)
{
	const struct syntax *syntax = &site->unit->syntax;
	struct span span = site->call.arguments[index];
	struct member *member = &layout->members[layout->member_count];

	add_member(layout, name, code_line(syntax, span.first, span.last));
	member->comment = argument_comment(site, index);
	if (index == ARGUMENT_VMA && argument_comment(site, ARGUMENT_OPS) &&
	    !argument_alone(site, ARGUMENT_OPS))
		member->comment = arena_printf(syntax->arena, "%s%s%s",
					       argument_comment(site, ARGUMENT_OPS),
					       member->comment ? " " : "",
					       member->comment ? member->comment : "");
	if (layout->block && layout->form != FORM_LITERAL)
		member->assigned = !argument_stays(site, layout, span);
}

/* "start & PAGE_MASK", with brackets where the argument needs them. */
static const char *masked(const struct site *site)
{
	const struct syntax *syntax = &site->unit->syntax;
	struct span span = site->call.arguments[ARGUMENT_START];
	const char *text = code_line(syntax, span.first, span.last);
	uint32_t at = span.first;

	/* (type)name */
	if (code_is(syntax, span.first, "(") && syntax->match[span.first] < span.last &&
	    code_identifier(syntax, syntax->match[span.first] + 1))
		at = syntax->match[span.first] + 1;
	for (uint32_t i = at; i <= span.last; i++) {
		if (code_is(syntax, i, "[") && i > span.first && syntax->match[i] > i)
			i = syntax->match[i];
		else if (!code_identifier(syntax, i) && !code_is(syntax, i, "->") &&
			 !code_is(syntax, i, "."))
			return arena_printf(syntax->arena, "(%s) & PAGE_MASK", text);
	}
	return arena_printf(syntax->arena, "%s & PAGE_MASK", text);
}

static const char *flags_text(enum direction direction)
{
	static const char *const texts[] = {
		[DIRECTION_TO_DEVICE] = "MIGRATE_VMA_SELECT_SYSTEM",
		[DIRECTION_TO_RAM] = "MIGRATE_VMA_SELECT_DEVICE_PRIVATE",
		[DIRECTION_TO_DEVICE | DIRECTION_TO_RAM] =
			"MIGRATE_VMA_SELECT_SYSTEM | MIGRATE_VMA_SELECT_DEVICE_PRIVATE",
	};

	return texts[direction];
}

void site_members(const struct driver *driver, const struct site *site, struct layout *layout)
{
	const struct release *target = driver->target;
	struct member *start;

	add_argument(site, layout, "vma", ARGUMENT_VMA);
	start = &layout->members[layout->member_count];
	add_argument(site, layout, "start", ARGUMENT_START);
	add_argument(site, layout, "end", ARGUMENT_END);
	if (range_needs_mask(driver, site))
		start->value = masked(site);
	/* Both ends of the range stay together. */
	if (start[0].assigned || start[1].assigned)
		start[0].assigned = start[1].assigned = true;
	add_argument(site, layout, "src", ARGUMENT_SRC);
	add_argument(site, layout, "dst", ARGUMENT_DST);
	if (target->owner_member && site->owner)
		add_member(layout, target->owner_member, site->owner);
	if (target->flags_member)
		add_member(layout, "flags", flags_text(site->direction));
	if (target->fault_page_member && site->fault_page && (site->direction & DIRECTION_TO_RAM))
		add_member(layout, "fault_page", site->fault_page);
}
