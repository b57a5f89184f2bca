// SPDX-License-Identifier: GPL-2.0-only
/*
 * The type of an expression, as far as the files of a driver declare it.
 */
#include "type.h"

#include <string.h>

#include "syntax/expression.h"

/* The words of a type and how often it is to be dereferenced; without words: not known. */
struct type {
	const char *words;
	int stars;
};

static const struct type unknown = { 0 };

static bool is_storage(const struct syntax *syntax, uint32_t token)
{
	static const char *const words[] = { "static", "extern", "register", "inline",
					     "__always_inline", "noinline", "volatile" };

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (code_is(syntax, token, words[i]))
			return true;
	return false;
}

/* The words of a type without those that say where an object is, or NULL for one without a name. */
static const char *type_words(const struct unit *unit, uint32_t first, uint32_t last)
{
	const struct syntax *syntax = &unit->syntax;
	char *words = NULL;

	for (uint32_t i = first; i <= last && !code_is(syntax, i, "{"); i++) {
		if (syntax->code.list[i].kind != TOKEN_IDENTIFIER)
			return NULL;
		if (!is_storage(syntax, i))
			words = arena_printf(syntax->arena, "%s%s%s", words ? words : "",
					     words ? " " : "", code_text(syntax, i, i));
	}
	return words;
}

static struct type declared_type(const struct declaration *declaration)
{
	const struct declarator *declarator;
	const struct syntax *syntax;
	struct type type;

	if (!declaration || declaration->kind == DECLARATION_FUNCTION ||
	    declaration->kind == DECLARATION_PROTOTYPE || !declaration->declarator.name)
		return unknown;
	syntax = &declaration->unit->syntax;
	declarator = &declaration->declarator;
	type = (struct type){ type_words(declaration->unit, declarator->specifiers.first,
					 declarator->specifiers.last),
			      (int)declarator->stars };
	for (uint32_t i = declarator->whole.first; i < declarator->name; i++)
		if (!code_is(syntax, i, "*"))
			return unknown;
	/* Each dimension: "[2][3]" are two. */
	for (uint32_t i = declarator->array.first; i <= declarator->array.last; i++) {
		type.stars++;
		i = syntax->match[i] > i ? syntax->match[i] : i;
	}
	return type;
}

/* What a name of this file means, or what a header of the driver declares. */
static struct type name_type(const struct unit *unit, uint32_t token)
{
	const struct declaration *declaration = declaration_at(unit, token);

	return declared_type(declaration ? declaration :
			     symbol_declared(symbol_at(unit, token), DECLARATION_EXTERN));
}

static struct type returned_type(const struct program *program, const struct unit *unit,
				 const char *name)
{
	const struct function *function = program_function(program, unit, name);
	const struct syntax *syntax;
	struct type type = { 0 };
	uint32_t last;

	if (!function)
		return unknown;
	syntax = &function->unit->syntax;
	last = function->node->name;
	while (last > function->node->first && code_is(syntax, last - 1, "*")) {
		type.stars++;
		last--;
	}
	if (last > function->node->first)
		type.words = type_words(function->unit, function->node->first, last - 1);
	return type;
}

static struct type member_type(const struct program *program, struct type of, const char *name)
{
	const char *tag = of.words;
	const struct declaration *type;

	if (!tag || !name)
		return unknown;
	if (!strncmp(tag, "const ", 6))
		tag += 6;
	if (strncmp(tag, "struct ", 7) && strncmp(tag, "union ", 6))
		return unknown;
	type = symbol_declared(symbol_find(program, strchr(tag, ' ') + 1), DECLARATION_STRUCT);
	if (!type)
		return unknown;
	for (const struct declaration *member = type->members; member; member = member->sibling)
		if (!strcmp(member->symbol->name, name))
			return declared_type(member);
	return unknown;
}

/* "(struct T *)": a cast's words and stars. */
static struct type cast_type(const struct syntax *syntax, const char *text)
{
	size_t length = strlen(text);
	struct type type = { 0 };

	while (length && strchr("* \t\n", text[length - 1]))
		type.stars += text[--length] == '*';
	if (!strpbrk(text, "([{") && !memchr(text, '*', length))
		type.words = arena_copy(syntax->arena, text, length);
	return type;
}

static struct type type_of(const struct program *program, const struct unit *unit,
			   const struct expression *expression)
{
	static const struct type converts = { "void", 1 };
	struct type type = unknown;

	if (!expression)
		return unknown;
	switch (expression->kind) {
	case EXPRESSION_NAME:
		if (!strcmp(expression->name, "NULL"))
			return converts;
		return name_type(unit, expression->first);
	case EXPRESSION_NUMBER:
		return !strcmp(expression->text, "0") ? converts : unknown;
	case EXPRESSION_STRING:
		return (struct type){ "const char", 1 };
	case EXPRESSION_CALL:
		return expression->name ? returned_type(program, unit, expression->name) : unknown;
	case EXPRESSION_MEMBER:
		type = type_of(program, unit, expression->left);
		return type.stars == expression->arrow ?
			       member_type(program, type, expression->name) : unknown;
	case EXPRESSION_INDEX:
		type = type_of(program, unit, expression->left);
		type.stars--;
		return type;
	case EXPRESSION_PREFIX:
		type = type_of(program, unit, expression->left);
		type.stars += !strcmp(expression->name, "&") - !strcmp(expression->name, "*");
		return strpbrk(expression->name, "!~-+") && strlen(expression->name) == 1 ? unknown :
											 type;
	case EXPRESSION_POSTFIX:
	case EXPRESSION_ASSIGN:
		return type_of(program, unit, expression->left);
	case EXPRESSION_BINARY:
		type = type_of(program, unit, expression->left);
		return strpbrk(expression->name, "+-") && type.stars > 0 ? type : unknown;
	case EXPRESSION_CHOICE:
		type = type_of(program, unit, expression->right ? expression->right : expression->left);
		if (type.words && !strcmp(type.words, "void"))
			type = type_of(program, unit, expression->third);
		return type;
	case EXPRESSION_CAST:
		return cast_type(&unit->syntax, expression->name);
	case EXPRESSION_COMMA:
		return type_of(program, unit, expression->right);
	default:
		return unknown;
	}
}

const char *pointed_to(const struct program *program, const struct unit *unit, struct span span)
{
	struct type type = type_of(program, unit, expression_parse(&unit->syntax, span));

	if (!type.words || type.stars != 1)
		return NULL;
	return arena_printf(unit->syntax.arena, "%s *", type.words);
}

/* The tag in "struct tag *name". */
static const char *tag_of(const struct declaration *declaration)
{
	const struct syntax *syntax = &declaration->unit->syntax;
	struct span specifiers = declaration->declarator.specifiers;

	for (uint32_t i = specifiers.first; i < specifiers.last; i++)
		if (code_is(syntax, i, "struct") && code_identifier(syntax, i + 1))
			return code_text(syntax, i + 1, i + 1);
	return NULL;
}

static const char *tag_of_member(const struct program *program, const char *name)
{
	const struct symbol *symbol = symbol_find(program, name);
	const char *tag = NULL;

	for (const struct declaration *one = symbol ? symbol->declarations : NULL; one;
	     one = one->next) {
		const char *other = one->kind == DECLARATION_MEMBER ? tag_of(one) : NULL;

		if (one->kind == DECLARATION_MEMBER && (!other || (tag && strcmp(tag, other))))
			return NULL;
		tag = other ? other : tag;
	}
	return tag;
}

const char *struct_before(const struct program *program, const struct unit *unit, uint32_t token)
{
	const struct syntax *syntax = &unit->syntax;
	const struct declaration *declaration;
	uint32_t base = token - 2;

	if (token < 2)
		return NULL;
	if (code_is(syntax, base, "]"))
		base = syntax->match[base] - 1;
	if (!code_identifier(syntax, base))
		return NULL;
	if (is_member_name(syntax, base))
		return tag_of_member(program, code_text(syntax, base, base));
	declaration = declaration_at(unit, base);
	return declaration && (declaration->kind == DECLARATION_VARIABLE ||
			       declaration->kind == DECLARATION_PARAMETER) ? tag_of(declaration) : NULL;
}
