// SPDX-License-Identifier: GPL-2.0-only
/*
 * What evaluating an expression may write.
 */
#include <ctype.h>
#include <string.h>

#include "values.h"
#include "known_calls.h"
#include "symbols.h"

/* How many macros deep the text of a macro is looked at. */
#define MACRO_DEPTH 4

/*
 * What is asked: a variable's name, or NULL for memory; @statement: the
 * expression that is a statement of its own, or NULL.
 */
struct question {
	const struct body *body;
	const char *name;
	const struct expression *statement;
	bool reached;
};

const char *macro_text(const struct body *body, const char *name)
{
	const struct declaration *found = NULL, *macro;
	const struct token *directive;
	struct tokens tokens = { 0 };
	const char *text;

	for (macro = symbol_declared(symbol_find(body->program, name), DECLARATION_MACRO); macro;
	     macro = macro->next)
		if (macro->kind == DECLARATION_MACRO && (!found || macro->unit == body->unit))
			found = macro;
	if (!found)
		return NULL;
	directive = &found->unit->syntax.all.list[found->token];
	text = found->unit->syntax.source->text;
	lex(text, directive->start + 1, directive->end, &tokens);
	/* define NAME text */
	text = tokens.count < 3 ? "" : arena_copy(body->program->arena, text + tokens.list[2].start,
						  directive->end - tokens.list[2].start);
	tokens_release(&tokens);
	return text;
}

static bool in_capitals(const char *name)
{
	for (; *name; name++)
		if (islower((unsigned char)*name))
			return false;
	return true;
}

bool is_constant(const struct body *body, const char *name)
{
	return in_capitals(name) && !body_variable(body, name);
}

static bool assigns(const char *text, const struct token *token)
{
	static const char *const operators[] = { "=",  "+=", "-=", "*=",  "/=",	 "%=", "&=",
						 "|=", "^=", "<<=", ">>=", "++", "--" };

	for (size_t i = 0; i < sizeof(operators) / sizeof(*operators); i++)
		if (token_is(text, token, operators[i]))
			return true;
	return false;
}

/* What the text of a macro does, as far as tokens tell. */
struct macro_effect {
	bool assigns;
	bool mentions;
	bool unknown;
};

static void look_at_macro(const struct body *body, const char *text, const char *name, int depth,
			  struct macro_effect *effect)
{
	struct tokens tokens = { 0 };

	lex(text, 0, strlen(text), &tokens);
	for (size_t i = 0; i < tokens.count; i++) {
		const struct token *token = &tokens.list[i];
		const char *word, *inner;

		effect->assigns |= assigns(text, token) ||
				   (token_is(text, token, "&") && i &&
				    (token_is(text, token - 1, "(") || token_is(text, token - 1, ",")));
		if (token->kind != TOKEN_IDENTIFIER)
			continue;
		if (name && token_is(text, token, name))
			effect->mentions = true;
		if (i && (token_is(text, token - 1, ".") || token_is(text, token - 1, "->")))
			continue;
		word = arena_copy(body->program->arena, text + token->start,
				  token->end - token->start);
		if (known_call(word) || !in_capitals(word))
			continue;
		inner = depth ? macro_text(body, word) : NULL;
		if (inner)
			look_at_macro(body, inner, name, depth - 1, effect);
		else if (i + 1 < tokens.count && token_is(text, token + 1, "("))
			effect->unknown = true;
	}
	tokens_release(&tokens);
}

/* A macro that is used, with or without arguments; @arguments: one of them mentions the name. */
static bool macro_may_write(const struct question *question, const char *text, bool arguments)
{
	struct macro_effect effect = { 0 };

	look_at_macro(question->body, text, question->name, MACRO_DEPTH, &effect);
	if (!question->name)
		return effect.assigns || effect.unknown;
	return effect.unknown || (effect.assigns && (effect.mentions || arguments));
}

/* A macro by whose name one knows that it only reports something. */
static bool only_prints(const struct expression *call)
{
	static const char *const words[] = { "BUG",  "WARN",  "ASSERT", "DEBUG", "DBG",	 "LOG",
					     "INFO", "TRACE", "PRINT",	"ERR",	 "CHECK" };

	for (const struct expression *child = call->child; child; child = child->next)
		if (child->kind == EXPRESSION_STRING)
			return true;
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (strstr(call->name, words[i]))
			return true;
	return false;
}

static bool arguments_mention(const struct expression *call, const char *name)
{
	for (const struct expression *child = call->child; name && child; child = child->next)
		if (expression_mentions(child, name))
			return true;
	return false;
}

/* A call that is a statement may be that of a macro, which is given the variable itself. */
static bool may_be_macro(const struct question *question, const struct expression *call)
{
	const struct symbol *symbol = symbol_find(question->body->program, call->name);

	if (call != question->statement || only_prints(call) ||
	    symbol_declared(symbol, DECLARATION_FUNCTION) ||
	    symbol_declared(symbol, DECLARATION_PROTOTYPE))
		return false;
	for (const struct expression *child = call->child; child; child = child->next)
		if (expression_is(child, EXPRESSION_NAME, question->name))
			return true;
	return false;
}

static bool call_writes(const struct question *question, const struct expression *call)
{
	const char *name = call->name, *text = name ? macro_text(question->body, name) : NULL;
	bool mentions = arguments_mention(call, question->name);

	switch (name ? known_call(name) : CALL_UNKNOWN) {
	case CALL_PURE:
	case CALL_ARITHMETIC:
		return false;
	case CALL_WRITES_ARGUMENTS:
		return mentions || !question->name;
	case CALL_KEEPS_ARGUMENTS:
		if (!text)
			return !question->name;
		break;
	default:
		break;
	}
	if (text)
		return macro_may_write(question, text, mentions);
	if (!name || !in_capitals(name))
		return !question->name || (name && may_be_macro(question, call));
	/* A macro of a header that is not there may write whatever it likes. */
	return !only_prints(call);
}

/* The variable that an lvalue is part of, or NULL when it is reached through a pointer. */
static const char *stored_in(const struct body *body, const struct expression *lvalue)
{
	lvalue = expression_inner(lvalue);
	while (lvalue && ((lvalue->kind == EXPRESSION_MEMBER && !lvalue->arrow) ||
			  lvalue->kind == EXPRESSION_INDEX)) {
		const struct expression *base = expression_inner(lvalue->left);

		if (lvalue->kind == EXPRESSION_INDEX && base && base->kind == EXPRESSION_NAME) {
			const struct variable *variable = body_variable(body, base->name);

			if (!variable || variable->index != SIZE_MAX ||
			    variable->declarator->array.last < variable->declarator->array.first)
				return NULL;
		}
		lvalue = base;
	}
	return lvalue && lvalue->kind == EXPRESSION_NAME ? lvalue->name : NULL;
}

static bool store_reaches(const struct question *question, const struct expression *lvalue)
{
	const char *name = stored_in(question->body, lvalue);

	if (question->name)
		return name && !strcmp(name, question->name);
	return !name || !body_variable(question->body, name) ||
	       !body_variable(question->body, name)->known;
}

static bool is_step(const struct expression *node)
{
	return (node->kind == EXPRESSION_PREFIX || node->kind == EXPRESSION_POSTFIX) &&
	       (!strcmp(node->name, "++") || !strcmp(node->name, "--"));
}

static void look(const struct expression *node, struct question *question)
{
	const char *text;

	if (!node || question->reached)
		return;
	switch (node->kind) {
	case EXPRESSION_UNKNOWN:
		question->reached = !question->name || text_mentions(node->text, question->name);
		return;
	case EXPRESSION_CALL:
		if (node->name && known_call(node->name) == CALL_ARITHMETIC &&
		    (!strcmp(node->name, "sizeof") || !strcmp(node->name, "offsetof")))
			return;
		question->reached = call_writes(question, node);
		for (const struct expression *child = node->child; child; child = child->next)
			/* A type as an argument. */
			if (child->kind != EXPRESSION_UNKNOWN || !node->name ||
			    known_call(node->name) == CALL_UNKNOWN ||
			    known_call(node->name) == CALL_KEEPS_ARGUMENTS)
				look(child, question);
		return;
	case EXPRESSION_NAME:
		if (body_variable(question->body, node->name))
			return;
		text = macro_text(question->body, node->name);
		question->reached = text && macro_may_write(question, text, false);
		return;
	default:
		break;
	}
	if (node->kind == EXPRESSION_ASSIGN || is_step(node))
		question->reached = store_reaches(question, node->left);
	look(node->left, question);
	look(node->right, question);
	look(node->third, question);
	for (const struct expression *child = node->child; child; child = child->next)
		look(child, question);
}

bool may_store(const struct body *body, const struct expression *expression)
{
	struct question question = { body, NULL, NULL, false };

	look(expression, &question);
	return question.reached;
}

static bool writes(const struct body *body, const struct expression *expression, const char *name,
		   const struct expression *statement)
{
	const struct variable *variable = body_variable(body, name);
	struct question question = { body, name, statement, false };

	if (!variable && is_constant(body, name))
		return false;
	look(expression, &question);
	return question.reached || ((!variable || !variable->known) && may_store(body, expression));
}

bool may_write(const struct body *body, const struct expression *expression, const char *name)
{
	return writes(body, expression, name, NULL);
}

static bool statement_mentions(const struct body *body, const struct node *node, const char *name)
{
	for (uint32_t i = node->first; i <= node->last; i++)
		if (code_is(&body->unit->syntax, i, name))
			return true;
	return false;
}

bool step_may_write(const struct body *body, const struct flow_step *step, const char *name)
{
	if (is_constant(body, name))
		return false;
	if (step->kind == FLOW_UNKNOWN)
		return statement_mentions(body, step->node, name) ||
		       !body_variable(body, name) || !body_variable(body, name)->known;
	if (step->kind == FLOW_EACH && expression_mentions(step->expression, name))
		return true;
	if (step->declarator &&
	    code_is(&body->unit->syntax, step->declarator->name, name))
		return true;
	return writes(body, step->expression, name,
		      step->kind == FLOW_EXPRESSION ? step->expression : NULL);
}

bool step_may_store(const struct body *body, const struct flow_step *step)
{
	return step->kind == FLOW_UNKNOWN || may_store(body, step->expression);
}

static bool has_own_effect(const struct expression *node, void *body)
{
	if (node->kind == EXPRESSION_CALL)
		return node->name && (known_call(node->name) == CALL_ARITHMETIC ||
				      known_call(node->name) == CALL_PURE);
	return node->kind != EXPRESSION_ASSIGN && node->kind != EXPRESSION_UNKNOWN &&
	       !is_step(node) &&
	       (node->kind != EXPRESSION_NAME || body_variable(body, node->name) ||
		!may_store(body, node));
}

bool has_effect(const struct body *body, const struct expression *expression)
{
	return !expression_walk(expression, has_own_effect, (void *)body);
}
