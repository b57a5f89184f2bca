// SPDX-License-Identifier: GPL-2.0-only
/*
 * What each callback needs of its parameters, and what its void pointer really is.
 */
#include <ctype.h>
#include <string.h>

#include "analyse/type.h"
#include "edit/lines.h"
#include "driver.h"

struct span callback_body(const struct callback *callback)
{
	struct node *body = node_body(callback->function);

	return (struct span){ body->first + 1, body->last - 1 };
}

const char *callback_parameter(const struct callback *callback, size_t role)
{
	uint32_t name = callback->parameters[role].name;

	return name ? code_text(&callback->unit->syntax, name, name) : "";
}

/* "struct T *" from a declarator; NULL when it is no plain pointer. */
static const char *pointer_type(const struct syntax *syntax, const struct declarator *declarator)
{
	struct span words = declarator->specifiers;

	if (declarator->stars != 1 || declarator->array.last >= declarator->array.first ||
	    !code_is(syntax, declarator->whole.first, "*"))
		return NULL;
	return arena_printf(syntax->arena, "%s *", code_line(syntax, words.first, words.last));
}

/* What a cast "(struct T *)" before token @at casts to, or NULL. */
static const char *cast_before(const struct syntax *syntax, uint32_t at)
{
	uint32_t open, star;

	if (at == 0 || !code_is(syntax, at - 1, ")"))
		return NULL;
	open = syntax->match[at - 1];
	star = at - 2;
	if (open >= star || !code_is(syntax, star, "*"))
		return NULL;
	for (uint32_t i = open + 1; i < star; i++)
		if (syntax->code.list[i].kind != TOKEN_IDENTIFIER)
			return NULL;
	return arena_printf(syntax->arena, "%s *", code_line(syntax, open + 1, star - 1));
}

/* The declaration "T *t = private" or "T *t = (T *)private" that token @at is the value of. */
static bool copied_by(const struct syntax *syntax, uint32_t at, struct node **declaration,
		      struct declarator *declarator, size_t *count)
{
	struct node *node = node_at(syntax, at);
	struct declarator *list;

	if (node->kind != NODE_DECLARATION)
		return false;
	*count = declaration_parse(syntax, (struct span){ node->first, node->last }, &list);
	for (size_t i = 0; i < *count; i++) {
		struct span value = list[i].value;

		if (value.last != at || value.first > value.last)
			continue;
		if (value.first != at && !cast_before(syntax, at))
			continue;
		if (value.first != at && syntax->match[at - 1] != value.first)
			continue;
		*declaration = node;
		*declarator = list[i];
		return true;
	}
	return false;
}

/* Notes a type the void pointer is used with; false when it is another one than before. */
static bool agree(const char **type, const char *other)
{
	if (!other)
		return true;
	if (!*type)
		*type = other;
	return !strcmp(*type, other);
}

/* The tag in "struct T *" or "const struct T *", or the name of another type; @tag says which. */
static const char *type_name(const struct callback *callback, const char *type, bool *tag)
{
	struct tokens tokens = { 0 };
	const char *name = NULL;

	*tag = false;
	lex(type, 0, strlen(type), &tokens);
	for (size_t i = 0; i < tokens.count; i++) {
		if (tokens.list[i].kind != TOKEN_IDENTIFIER)
			continue;
		*tag = name && (!strcmp(name, "struct") || !strcmp(name, "union"));
		name = arena_copy(callback->unit->syntax.arena, type + tokens.list[i].start,
				  tokens.list[i].end - tokens.list[i].start);
		if (*tag)
			break;
	}
	tokens_release(&tokens);
	return name;
}

/*
 * Whether the head of a function can name a type that its body names.  It cannot name one that is
 * defined in the body.  A struct can be declared above the head, another type has to be known
 * there: at the first prototype, which is where the file first names the function.
 */
static bool type_reaches_head(const struct callback *callback, const char *type)
{
	const struct syntax *syntax = &callback->unit->syntax;
	const struct node *function = callback->function;
	uint32_t first = code_start(syntax, function->first);
	bool tag, above = false, below = false;
	const char *name = type_name(callback, type, &tag);

	if (!name || strpbrk(type, "({"))
		return false;
	/* Which types the header with its prototype knows is not looked for. */
	if (callback->shared && !tag && !is_keyword(name, strlen(name)))
		return false;
	for (uint32_t i = node_body(function)->first; i < function->last; i++)
		if (code_is(syntax, i, name) && !is_member_name(syntax, i) &&
		    (tag ? code_is(syntax, i + 1, "{") || code_is(syntax, i + 1, ";")
			 : code_is(syntax, node_at(syntax, i)->first, "typedef")))
			return false;
	for (uint32_t i = 1; i < function->first; i++)
		if (code_is(syntax, i, callback->name)) {
			first = code_start(syntax, i);
			break;
		}
	for (size_t i = 0; !tag && i < syntax->all.count; i++) {
		const struct token *token = &syntax->all.list[i];
		bool named = token->kind == TOKEN_DIRECTIVE
				     ? memmem(syntax->source->text + token->start,
					      token->end - token->start, name, strlen(name)) != NULL
				     : token_is(syntax->source->text, token, name);

		above = above || (named && token->start < first);
		below = below || (named && token->start < code_start(syntax, function->first));
	}
	return tag || above || !below;
}

static void understand_private(struct driver *driver, struct callback *callback)
{
	const struct syntax *syntax = &callback->unit->syntax;
	const char *name = callback_parameter(callback, PARAMETER_PRIVATE);
	struct span body = callback_body(callback);
	const char *type = NULL;
	bool agreed = true;
	size_t copies = 0, uses = 0, declared = 0;
	struct declarator copy = { 0 };
	struct node *declaration = NULL;

	callback->private_name = name;
	callback->form = PRIVATE_UNUSED;
	if (!callback->used[PARAMETER_PRIVATE])
		return;
	callback->form = PRIVATE_VOID;
	callback->private_type = "void *";
	for (uint32_t i = body.first; i <= body.last; i++) {
		struct declarator declarator;
		struct node *where;

		if (!code_is(syntax, i, name) || is_member_name(syntax, i))
			continue;
		uses++;
		if (copied_by(syntax, i, &where, &declarator, &declared)) {
			agreed = agreed && agree(&type, pointer_type(syntax, &declarator));
			copy = declarator;
			declaration = where;
			copies++;
		} else {
			agreed = agreed && agree(&type, cast_before(syntax, i));
		}
	}
	if (!agreed || !type || !strcmp(type, "void *") || !type_reaches_head(callback, type))
		return;
	/* Uses in a macro's text are out of reach. */
	if (uses != name_used(driver, callback->unit, body, name))
		return;
	callback->private_type = type;
	callback->form = PRIVATE_TYPED;
	if (uses == 1 && copies == 1 && declared == 1 &&
	    declaration->parent == node_body(callback->function) &&
	    !name_used(driver, callback->unit, (struct span){ body.first, declaration->first - 1 },
		       code_text(syntax, copy.name, copy.name))) {
		callback->form = PRIVATE_RENAMED;
		callback->private_name = code_text(syntax, copy.name, copy.name);
		callback->private_declaration = declaration;
	}
}

static bool stores_error(const struct callback *callback)
{
	const struct syntax *syntax = &callback->unit->syntax;
	struct span body = callback_body(callback);

	for (uint32_t i = body.first; i <= body.last; i++)
		if (code_is(syntax, i, "MIGRATE_PFN_ERROR"))
			return true;
	return false;
}

/* "nothing to do" says no more than that the callback was empty. */
static bool says_nothing(const char *text, size_t length)
{
	static const char *const phrases[] = { "nothing", "empty", "no-op",  "noop",
					       "unused",  "not needed" };
	char lower[64];

	if (length >= sizeof(lower) || memchr(text, '\n', length))
		return false;
	for (size_t i = 0; i < length; i++)
		lower[i] = tolower((unsigned char)text[i]);
	lower[length] = '\0';
	for (size_t i = 0; i < sizeof(phrases) / sizeof(*phrases); i++)
		if (strstr(lower, phrases[i]) && length < 32)
			return true;
	return false;
}

static const char *comments_of(const struct callback *callback)
{
	const struct syntax *syntax = &callback->unit->syntax;
	uint32_t start = top_with_comment(syntax, code_start(syntax, callback->function->first));
	uint32_t end = code_end(syntax, callback->function->last);
	char *text = NULL;

	for (size_t i = 0; i < syntax->all.count; i++) {
		const struct token *token = &syntax->all.list[i];

		if (token->kind == TOKEN_COMMENT && token->start >= start && token->end <= end &&
		    !says_nothing(syntax->source->text + token->start, token->end - token->start))
			text = arena_printf(syntax->arena, "%s%.*s\n", text ? text : "",
					    (int)(token->end - token->start),
					    syntax->source->text + token->start);
	}
	return text;
}

/* "static void copy(COPY_PARAMETERS)": a macro of the file writes the parameters. */
static bool has_macro_parameters(const struct callback *callback)
{
	struct span span = callback->parameters[0].whole;
	const char *name = code_text(&callback->unit->syntax, span.first, span.last);
	const char *text = macro_find(callback->unit, name);
	size_t commas = 0;

	for (; text && *text; text++)
		commas += *text == ',';
	return commas == PARAMETER_COUNT - 1;
}

static bool is_shared(const struct driver *driver, const struct callback *callback)
{
	if (declared_static(&callback->unit->syntax, callback->function->first,
			    callback->function->name))
		return false;
	for (size_t i = 0; i < driver->ops_count; i++) {
		const struct ops_object *ops = driver->ops[i];

		if (ops->unit != callback->unit &&
		    (ops->callbacks[0] == callback || ops->callbacks[1] == callback))
			return true;
	}
	return false;
}

static void understand_callback(struct driver *driver, struct callback *callback)
{
	size_t count = parameters_parse(&callback->unit->syntax, callback->function,
					&callback->parameters);

	if (count == 1 && has_macro_parameters(callback)) {
		callback->parameters = arena_alloc(driver->arena, PARAMETER_COUNT *
								  sizeof(*callback->parameters));
		callback->keeps_signature = true;
		return;
	}
	if (count != PARAMETER_COUNT) {
		driver_block(driver, callback->unit, callback->function->name,
			     "callback-parameters",
			     "%s() has %zu parameters where the callback API passed %d; it cannot "
			     "have been called through an ops object",
			     callback->name, count, PARAMETER_COUNT);
		return;
	}
	for (size_t role = 0; role < PARAMETER_COUNT; role++) {
		const char *name = callback_parameter(callback, role);

		callback->used[role] = *name &&
				       name_used(driver, callback->unit, callback_body(callback), name) > 0;
	}
	callback->empty = callback_body(callback).first > callback_body(callback).last;
	if (callback->empty)
		callback->comment = comments_of(callback);
	callback->writes_error = stores_error(callback);
	callback->shared = is_shared(driver, callback);
	understand_private(driver, callback);
	understand_kept(driver, callback);
}

/* What is not known to fit may not: a void pointer fits everything. */
static bool same_type(const char *passed, const char *expected)
{
	if (!passed)
		return false;
	if (!strcmp(passed, "void *") || !strcmp(passed, "const void *"))
		return true;
	if (!strncmp(expected, "const ", 6))
		expected += 6;
	if (!strncmp(passed, "const ", 6))
		passed += 6;
	return !strcmp(passed, expected);
}

/* Two calls may pass different things to one callback: then its pointer stays void. */
static void compare_types(struct driver *driver, struct site *site)
{
	const char *passed = pointed_to(&driver->program, site->unit,
					site->call.arguments[ARGUMENT_PRIVATE]);

	for (size_t which = 0; site->ops && which < 2; which++) {
		struct callback *callback = site->ops->callbacks[which];

		if (!callback || callback->form < PRIVATE_RENAMED ||
		    same_type(passed, callback->private_type))
			continue;
		callback->form = PRIVATE_VOID;
		callback->private_type = "void *";
		callback->private_name = callback_parameter(callback, PARAMETER_PRIVATE);
		callback->private_declaration = NULL;
	}
}

void understand_callbacks(struct driver *driver)
{
	macros_find(driver);
	for (size_t i = 0; i < driver->callback_count; i++)
		if (driver->callbacks[i]->function)
			understand_callback(driver, driver->callbacks[i]);
	if (driver->blocked)
		return;
	for (size_t i = 0; i < driver->site_count; i++)
		compare_types(driver, driver->sites[i]);
	/* A function that something else calls keeps everything. */
	for (size_t i = 0; i < driver->callback_count; i++) {
		struct callback *callback = driver->callbacks[i];

		if (!callback->keeps_signature)
			continue;
		memset(callback->used, true, sizeof(callback->used));
		callback->form = PRIVATE_VOID;
		callback->private_name = callback->parameters[PARAMETER_PRIVATE].name
						 ? callback_parameter(callback, PARAMETER_PRIVATE)
						 : "private";
		callback->private_type = "void *";
	}
}
