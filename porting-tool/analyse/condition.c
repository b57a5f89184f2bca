// SPDX-License-Identifier: GPL-2.0-only
/*
 * A value is a range: LINUX_VERSION_CODE of 5.8 is that of 5.8.0, of 5.8.255 or one in between, and
 * a name that nothing is known of is any number at all.
 */
#include "condition.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "kernel/dated_names.h"
#include "range.h"

/* What the depth of brackets, and of macros in macros, is limited to. */
#define DEPTH_MAX 100
#define STEPS_MAX 1000

/* A position in a condition. */
struct reader {
	struct condition_context *context;
	const char *text;
	struct tokens tokens;
	size_t at;
	unsigned int depth;
	bool broken;
};

static struct range read_conditional(struct reader *reader);

static void open_reader(struct reader *reader, struct condition_context *context, const char *text,
			size_t start, size_t end, unsigned int depth)
{
	size_t kept = 0;

	*reader = (struct reader){ .context = context, .text = text, .depth = depth };
	lex(text, start, end, &reader->tokens);
	for (size_t i = 0; i < reader->tokens.count; i++)
		if (reader->tokens.list[i].kind != TOKEN_COMMENT)
			reader->tokens.list[kept++] = reader->tokens.list[i];
	reader->tokens.count = kept;
}

static bool at_end(const struct reader *reader)
{
	return reader->at >= reader->tokens.count;
}

static bool is(const struct reader *reader, const char *spelling)
{
	return !at_end(reader) &&
	       token_is(reader->text, &reader->tokens.list[reader->at], spelling);
}

static bool take(struct reader *reader, const char *spelling)
{
	bool found = is(reader, spelling);

	reader->at += found;
	return found;
}

static struct range broken(struct reader *reader)
{
	reader->broken = true;
	reader->at = reader->tokens.count;
	return anything;
}

/* From the token of an index to the ")" that closes the "(" behind it, without white space. */
static const char *joined(struct reader *reader, size_t first, size_t *last)
{
	const struct token *list = reader->tokens.list;
	size_t depth = 0, length = 0;
	char *text;

	for (*last = first; *last + 1 < reader->tokens.count; ++*last) {
		depth += token_is(reader->text, &list[*last], "(");
		if (token_is(reader->text, &list[*last], ")") && depth && !--depth)
			break;
	}
	text = arena_alloc(reader->context->arena, list[*last].end - list[first].start + 1);
	for (size_t i = first; i <= *last; i++) {
		memcpy(text + length, reader->text + list[i].start, list[i].end - list[i].start);
		length += list[i].end - list[i].start;
	}
	return text;
}

/* Notes that a condition depends on something. */
static void ask(struct condition_context *context, const char *name, size_t length)
{
	struct known_name *macro = known_find(context->given, name, length);

	context->asked = true;
	if (name_is_everywhere(name, length)) {
		context->asked_option = true;
	} else if (context->marking) {
		macro = known_add(context->given, context->arena, name, length);
		macro->tells_apart = true;
	}
	context->asked_api = context->asked_api || (macro && macro->tells_apart);
}

static const struct known_name *find(const struct condition_context *context, const char *name,
				size_t length)
{
	const struct known_name *macro = known_find(context->defined, name, length);

	if (macro && macro->known)
		return macro;
	macro = known_find(context->given, name, length);
	return macro && macro->known ? macro : NULL;
}

static bool version_number(const struct condition_context *context, const char *name,
			   size_t length, struct range *value)
{
	static const char *const names[] = { "LINUX_VERSION_CODE", "LINUX_VERSION_MAJOR",
					     "LINUX_VERSION_PATCHLEVEL", "LINUX_VERSION_SUBLEVEL" };
	int number = context->target ? context->target->number : 0;
	long long major = RELEASE_MAJOR(number), minor = RELEASE_MINOR(number);
	long long code = (major << 16) + (minor << 8);
	const struct range values[] = { { code, code + 255 }, { major, major }, { minor, minor },
					{ 0, 255 } };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (strlen(names[i]) == length && !memcmp(names[i], name, length)) {
			*value = context->target ? values[i] : (struct range){ 0, LLONG_MAX };
			return true;
		}
	return false;
}

static struct range expand(struct reader *reader, const struct known_name *macro)
{
	const char *text = macro->text;
	size_t length = macro->text_length;
	struct reader inner;
	struct range value;

	if (!reader->context->steps || reader->depth >= DEPTH_MAX)
		return broken(reader);
	reader->context->steps--;
	if (macro->parameters) {
		size_t close;

		joined(reader, reader->at, &close);
		text = known_replace(reader->context->arena, macro, reader->text,
				     reader->tokens.list, reader->at + 1, close);
		reader->at = close + 1;
		length = strlen(text);
	}
	open_reader(&inner, reader->context, text, 0, length, reader->depth + 1);
	value = read_conditional(&inner);
	if (inner.broken || !at_end(&inner))
		value = anything;
	tokens_release(&inner.tokens);
	return value;
}

/* A macro with arguments that nothing says the meaning of. */
static struct range read_unknown_call(struct reader *reader, size_t name)
{
	size_t last;
	const char *text = joined(reader, name, &last);
	const struct known_name *macro;

	reader->at = last + 1;
	ask(reader->context, text, strlen(text));
	macro = find(reader->context, text, strlen(text));
	return macro && macro->text ? expand(reader, macro) : anything;
}

static enum truth is_defined(struct reader *reader, const struct token *token)
{
	struct condition_context *context = reader->context;
	const char *name = reader->text + token->start;
	size_t length = token->end - token->start;
	const struct known_name *macro;
	struct range value;
	long number;
	enum truth defined;

	ask(context, name, length);
	macro = find(context, name, length);
	if (macro)
		return macro->defined;
	if (version_number(context, name, length, &value) ||
	    token_is(reader->text, token, "KERNEL_VERSION"))
		return TRUTH_YES;
	return macro_of_release(name, length, context->target, &defined, &number) ?
		       defined : TRUTH_UNKNOWN;
}

static struct range name_value(struct reader *reader, size_t at)
{
	const struct token *token = &reader->tokens.list[at];
	struct condition_context *context = reader->context;
	const char *name = reader->text + token->start;
	size_t length = token->end - token->start;
	const struct known_name *macro = find(context, name, length);
	struct range value;
	enum truth defined;
	long number;

	if (!macro && version_number(context, name, length, &value)) {
		context->asked = true;
		return value;
	}
	if (is(reader, "(") && (!macro || !macro->parameters))
		return read_unknown_call(reader, at);
	ask(context, name, length);
	if (macro && macro->defined == TRUTH_NO)
		return exactly(0);
	if (macro)
		return macro->text && (!macro->parameters || is(reader, "(")) ?
			       expand(reader, macro) : anything;
	if (macro_of_release(name, length, context->target, &defined, &number) &&
	    defined != TRUTH_UNKNOWN)
		return exactly(defined == TRUTH_YES ? number : 0);
	return anything;
}

/* defined X, defined(X), IS_ENABLED(X); of the option of a module, X_MODULE is not looked at. */
static struct range read_defined(struct reader *reader)
{
	bool parenthesis = take(reader, "(");
	enum truth defined;

	if (at_end(reader) || reader->tokens.list[reader->at].kind != TOKEN_IDENTIFIER)
		return broken(reader);
	defined = is_defined(reader, &reader->tokens.list[reader->at++]);
	if (parenthesis && !take(reader, ")"))
		return broken(reader);
	return of_truth(defined);
}

static struct range read_version(struct reader *reader)
{
	long long code = 0;
	bool known = true;
	size_t last;
	const char *text = joined(reader, reader->at - 1, &last);

	ask(reader->context, text, strlen(text));
	if (!take(reader, "("))
		return broken(reader);
	for (int i = 0; i < 3; i++) {
		struct range part = read_conditional(reader);

		known = known && is_one_number(part) && part.low >= 0 && part.low < 65536;
		if (!take(reader, i < 2 ? "," : ")"))
			return broken(reader);
		if (known)
			code = (code << 8) + (i == 2 && part.low > 255 ? 255 : part.low);
	}
	return known ? exactly(code) : anything;
}

static struct range read_number(struct reader *reader)
{
	const struct token *token = &reader->tokens.list[reader->at++];
	char *end;
	long long value = strtoll(reader->text + token->start, &end, 0);

	while (end < reader->text + token->end && strchr("uUlL", *end))
		end++;
	return end == reader->text + token->end ? exactly(value) : broken(reader);
}

static struct range read_primary(struct reader *reader)
{
	const struct token *token = &reader->tokens.list[reader->at];
	size_t at = reader->at;
	struct range value;

	if (at_end(reader))
		return broken(reader);
	if (take(reader, "(")) {
		value = read_conditional(reader);
		return take(reader, ")") ? value : broken(reader);
	}
	if (token->kind == TOKEN_NUMBER)
		return read_number(reader);
	reader->at++;
	if (token->kind == TOKEN_CHARACTER)
		return anything;
	if (token->kind != TOKEN_IDENTIFIER)
		return broken(reader);
	if (token_is(reader->text, token, "defined") ||
	    token_is(reader->text, token, "IS_ENABLED") ||
	    token_is(reader->text, token, "IS_BUILTIN") ||
	    token_is(reader->text, token, "IS_REACHABLE"))
		return read_defined(reader);
	if (token_is(reader->text, token, "KERNEL_VERSION"))
		return read_version(reader);
	return name_value(reader, at);
}

static struct range read_unary(struct reader *reader)
{
	struct range value;

	if (++reader->depth > DEPTH_MAX)
		return broken(reader);
	if (take(reader, "!")) {
		value = of_truth(negated(truth_of(read_unary(reader))));
	} else if (take(reader, "-")) {
		value = read_unary(reader);
		value = is_one_number(value) && value.low != LLONG_MIN ? exactly(-value.low) :
									  anything;
	} else if (take(reader, "~")) {
		value = read_unary(reader);
		value = is_one_number(value) ? exactly(~value.low) : anything;
	} else if (take(reader, "+")) {
		value = read_unary(reader);
	} else {
		value = read_primary(reader);
	}
	reader->depth--;
	return value;
}

static struct range read_binary(struct reader *reader, int level)
{
	struct range left = read_unary(reader);

	for (size_t i = 0; i < OPERATOR_COUNT;) {
		if (operators[i].level < level || !take(reader, operators[i].spelling)) {
			i++;
			continue;
		}
		left = combine((enum operator)i, left,
			       read_binary(reader, operators[i].level + 1));
		i = 0;
	}
	return left;
}

static struct range read_conditional(struct reader *reader)
{
	struct range condition, yes, no;

	if (++reader->depth > DEPTH_MAX)
		return broken(reader);
	condition = read_binary(reader, 0);
	if (take(reader, "?")) {
		yes = read_conditional(reader);
		if (!take(reader, ":"))
			return broken(reader);
		no = read_conditional(reader);
		if (truth_of(condition) == TRUTH_YES)
			condition = yes;
		else if (truth_of(condition) == TRUTH_NO || equal(yes, no) == TRUTH_YES)
			condition = no;
		else
			condition = anything;
	}
	reader->depth--;
	return condition;
}

/* A condition as one word, which stands for its value as a name does. */
static const char *whole(const struct reader *reader)
{
	const struct token *list = reader->tokens.list;
	size_t count = reader->tokens.count, length = 0;
	char *text = arena_copy(reader->context->arena, "", 0);

	if (count)
		text = arena_alloc(reader->context->arena, list[count - 1].end - list[0].start + 1);
	for (size_t i = 0; i < count; i++) {
		memcpy(text + length, reader->text + list[i].start, list[i].end - list[i].start);
		length += list[i].end - list[i].start;
	}
	return text;
}

/* What is known of a condition that is the same, word for word, as another one. */
static enum truth value_of_same(const struct reader *reader, enum truth value)
{
	struct condition_context *context = reader->context;
	const char *text = whole(reader);
	struct known_name *name = known_find(context->given, text, strlen(text));

	if (context->marking) {
		name = known_add(context->given, context->arena, text, strlen(text));
		name->tells_apart = true;
	}
	context->asked_api = context->asked_api || (name && name->tells_apart);
	return value == TRUTH_UNKNOWN && name && name->known ? name->defined : value;
}

enum truth condition_value(struct condition_context *context, const char *text,
			   const struct token *directive)
{
	const char *rest;
	enum directive kind = directive_kind(text, directive, &rest);
	struct reader reader;
	enum truth value;
	bool name_only = kind != DIRECTIVE_IF && kind != DIRECTIVE_ELIF;

	context->asked = context->asked_api = context->asked_option = false;
	context->steps = STEPS_MAX;
	if (kind == DIRECTIVE_ELSE)
		return TRUTH_YES;
	open_reader(&reader, context, text, rest - text, directive->end, 0);
	value = truth_of(name_only ? read_defined(&reader) : read_conditional(&reader));
	if (reader.broken || !at_end(&reader))
		value = TRUTH_UNKNOWN;
	else if (!name_only && context->asked)
		value = value_of_same(&reader, value);
	else if (kind == DIRECTIVE_IFNDEF || kind == DIRECTIVE_ELIFNDEF)
		value = negated(value);
	tokens_release(&reader.tokens);
	return value;
}

/* The name that "X", "defined X", "defined(X)" or "X(1,2)" asks for; NULL for anything else. */
static const char *only_name(struct reader *reader, size_t first, size_t last, bool *is_defined)
{
	const char *text = reader->text;
	const struct token *list = reader->tokens.list;
	bool asks = token_is(text, &list[first], "defined") ||
		    token_is(text, &list[first], "IS_ENABLED");
	size_t close;

	*is_defined = *is_defined || asks;
	if (asks)
		first++;
	if (asks && first + 2 == last && token_is(text, &list[first], "("))
		first = --last;
	if (first > last || list[first].kind != TOKEN_IDENTIFIER)
		return NULL;
	if (first == last)
		return arena_copy(reader->context->arena, text + list[first].start,
				  list[first].end - list[first].start);
	if (asks || !token_is(text, &list[first + 1], "("))
		return NULL;
	text = joined(reader, first, &close);
	return close == last ? text : NULL;
}

void condition_assume(struct condition_context *context, const char *text,
		      const struct token *directive, bool holds)
{
	const char *rest, *name = NULL;
	enum directive kind = directive_kind(text, directive, &rest);
	bool negates = kind == DIRECTIVE_IFNDEF || kind == DIRECTIVE_ELIFNDEF;
	bool is_defined = kind != DIRECTIVE_IF && kind != DIRECTIVE_ELIF;
	struct known_name *macro;
	struct reader reader;
	size_t first = 0, last, close;

	if (kind == DIRECTIVE_ELSE)
		return;
	open_reader(&reader, context, text, rest - text, directive->end, 0);
	for (last = reader.tokens.count; first < last && first < DEPTH_MAX;) {
		if (token_is(text, &reader.tokens.list[first], "!")) {
			negates = !negates;
			first++;
		} else if (token_is(text, &reader.tokens.list[first], "(") &&
			   joined(&reader, first, &close) && close + 1 == last) {
			first++;
			last--;
		} else {
			name = only_name(&reader, first, last - 1, &is_defined);
			break;
		}
	}
	if (!name) {
		name = whole(&reader);
		negates = false;
		is_defined = true;
	}
	tokens_release(&reader.tokens);
	macro = known_add(context->given, context->arena, name, strlen(name));
	macro->known = true;
	macro->defined = !is_defined && holds == negates ? TRUTH_UNKNOWN :
			 holds != negates		 ? TRUTH_YES : TRUTH_NO;
	macro->text = is_defined ? NULL : holds != negates ? "1" : "0";
	macro->text_length = macro->text ? 1 : 0;
}
