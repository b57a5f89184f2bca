// SPDX-License-Identifier: GPL-2.0-only
/*
 * What each callback needs of its parameters, and what its void pointer really is.
 */
#include <ctype.h>
#include <string.h>

#include "edit/lines.h"
#include "driver.h"

static struct span body_span(const struct callback *callback)
{
	struct node *body = node_body(callback->function);

	return (struct span){ body->first + 1, body->last - 1 };
}

static const char *parameter_name(const struct callback *callback, size_t role)
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

static void understand_private(struct callback *callback)
{
	const struct syntax *syntax = &callback->unit->syntax;
	const char *name = parameter_name(callback, PARAMETER_PRIVATE);
	struct span body = body_span(callback);
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
	if (!agreed || !type || !strcmp(type, "void *"))
		return;
	/* Uses in a macro's text are out of reach. */
	if (uses != name_used(callback->unit, body, name))
		return;
	callback->private_type = type;
	callback->form = PRIVATE_TYPED;
	if (uses == 1 && copies == 1 && declared == 1 &&
	    declaration->parent == node_body(callback->function) &&
	    !name_used(callback->unit, (struct span){ body.first, declaration->first - 1 },
		       code_text(syntax, copy.name, copy.name))) {
		callback->form = PRIVATE_RENAMED;
		callback->private_name = code_text(syntax, copy.name, copy.name);
		callback->private_declaration = declaration;
	}
}

/* Other mentions of the callback: prototypes, which follow it, and calls, which do not. */
static void understand_mentions(struct driver *driver, struct callback *callback)
{
	for (size_t u = 0; u < driver->program.unit_count; u++) {
		struct unit *unit = &driver->program.units[u];
		const struct syntax *syntax = &unit->syntax;
		const struct function *meant =
			program_function(&driver->program, unit, callback->name);

		for (uint32_t i = 0; i < syntax->code.count; i++) {
			struct node *node;

			if (!code_is(syntax, i, callback->name) || is_member_name(syntax, i) ||
			    (meant ? meant->node : NULL) != callback->function)
				continue;
			node = node_at(syntax, i);
			if (node == callback->function && node->name == i)
				continue;
			if (ops_literal_at(driver, unit, i))
				continue;
			for (size_t o = 0; node && o < driver->ops_count; o++)
				if (driver->ops[o]->declaration == node ||
				    ops_assigns(driver->ops[o], node))
					node = NULL;
			if (!node)
				continue;
			if (node->kind == NODE_DECLARATION && !node_function(node) &&
			    code_is(syntax, i + 1, "("))
				continue;
			callback->keeps_signature = true;
		}
	}
}

/* A prototype in a header that was not given would contradict a new head. */
static void understand_header(struct driver *driver, struct callback *callback)
{
	const struct syntax *syntax = &callback->unit->syntax;
	const char *header;

	if (callback->keeps_signature ||
	    declared_static(syntax, callback->function->first, callback->function->name))
		return;
	header = header_declaring(driver, callback->unit, callback->name);
	if (!header && !driver_declares_function(driver, callback->name))
		header = header_missing(driver, callback->unit);
	if (!header)
		return;
	callback->keeps_signature = true;
	diagnose(driver->diagnostics, callback->unit->source,
		 code_start(syntax, callback->function->name), SEVERITY_NOTE, "callback-declared",
		 "%s() keeps its parameters, because %s declares it, or may; give that header as "
		 "well to have both changed",
		 callback->name, header);
}

static bool stores_error(const struct callback *callback)
{
	const struct syntax *syntax = &callback->unit->syntax;
	struct span body = body_span(callback);

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
		const char *name = parameter_name(callback, role);

		callback->used[role] = *name &&
				       name_used(callback->unit, body_span(callback), name) > 0;
	}
	callback->empty = body_span(callback).first > body_span(callback).last;
	if (callback->empty)
		callback->comment = comments_of(callback);
	callback->writes_error = stores_error(callback);
	understand_private(callback);
	understand_mentions(driver, callback);
	understand_header(driver, callback);
}

/* The type of "&name" or of "name" where the call passes it, or NULL when that is not known. */
static const char *argument_type(struct driver *driver, const struct site *site)
{
	const struct syntax *syntax = &site->unit->syntax;
	struct span argument = site->call.arguments[ARGUMENT_PRIVATE];
	bool address = code_is(syntax, argument.first, "&");
	struct declarator declarator;
	struct node *declaration;
	struct span words;

	argument.first += address;
	if (argument.first != argument.last || !code_identifier(syntax, argument.first) ||
	    !local_find(syntax, argument.first, code_text(syntax, argument.first, argument.first),
			&declarator, &declaration))
		return NULL;
	words = declarator.specifiers;
	while (words.first < words.last &&
	       (code_is(syntax, words.first, "static") || code_is(syntax, words.first, "register")))
		words.first++;
	if (address && declarator.array.last < declarator.array.first && !declarator.stars)
		return arena_printf(driver->arena, "%s *",
				    code_line(syntax, words.first, words.last));
	return address ? NULL : pointer_type(syntax, &declarator);
}

static bool same_type(const char *passed, const char *expected)
{
	if (!passed || !strcmp(passed, "void *") || !strcmp(passed, "const void *"))
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
	const char *passed = argument_type(driver, site);

	for (size_t which = 0; site->ops && which < 2; which++) {
		struct callback *callback = site->ops->callbacks[which];

		if (!callback || callback->form < PRIVATE_RENAMED ||
		    same_type(passed, callback->private_type))
			continue;
		callback->form = PRIVATE_VOID;
		callback->private_type = "void *";
		callback->private_name = parameter_name(callback, PARAMETER_PRIVATE);
		callback->private_declaration = NULL;
	}
}

void understand_callbacks(struct driver *driver)
{
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
						 ? parameter_name(callback, PARAMETER_PRIVATE)
						 : "private";
		callback->private_type = "void *";
	}
}
