// SPDX-License-Identifier: GPL-2.0-only
/*
 * What compiles for the target as it did for an older release, and means something else.
 */
#include <string.h>

#include "analyse/preprocess.h"
#include "check.h"
#include "fixes.h"

/* Where the value of a macro ends; a comment behind it stays. */
static uint32_t value_end(const struct tokens *words)
{
	size_t last = words->count - 1;

	while (last > 2 && words->list[last].kind == TOKEN_COMMENT)
		last--;
	return words->list[last].end;
}

static void look_at_define(struct checker *checker, const struct unit *unit,
			   const struct token *directive)
{
	static const struct {
		const char *name;
		int since;
	} flags[] = {
		{ "MIGRATE_PFN_LOCKED", SINCE_NO_LOCKED_FLAG },
		{ "MIGRATE_PFN_DEVICE", SINCE_COMPOUND_FLAG },
		{ "MIGRATE_PFN_ERROR", SINCE_COMPOUND_FLAG },
	};
	const char *text = unit->view.text;
	struct tokens words = { 0 };
	struct finding *finding;

	lex(text, directive->start + 1, directive->end, &words);
	for (size_t i = 0; i < sizeof(flags) / sizeof(*flags); i++) {
		bool zero = words.count > 2 &&
			    (token_is(text, &words.list[2], "0") ||
			     token_is(text, &words.list[2], "0UL") ||
			     token_is(text, &words.list[2], "0ul"));

		if (words.count < 3 || !token_is(text, &words.list[0], "define") ||
		    !token_is(text, &words.list[1], flags[i].name) || zero ||
		    checker->target->number < flags[i].since ||
		    preprocess_left_out(&unit->syntax, directive->start))
			continue;
		finding = add_finding_at(checker, "flag-fallback",
					 (struct spot){ unit, directive->start },
					 "%s is gone, and its old bit is free for another flag since "
					 "Linux %d.%d; the fallback is 0", flags[i].name,
					 flags[i].since / 1000, flags[i].since % 1000);
		add_edit(checker, finding, words.list[2].start, value_end(&words), "0");
	}
	tokens_release(&words);
}

static void look_at_flags(struct checker *checker)
{
	for (size_t u = 0; u < checker->program.unit_count; u++) {
		const struct unit *unit = &checker->program.units[u];
		const struct syntax *syntax = &unit->syntax;

		for (size_t i = 0; i < syntax->directive_count; i++)
			look_at_define(checker, unit, &syntax->all.list[syntax->directives[i]]);
	}
}

/* ret of "ret = hmm_range_fault(range)" */
static const char *kept_in(const struct expression *expression)
{
	const struct expression *call = expression_inner(expression->right);

	return expression->kind == EXPRESSION_ASSIGN &&
	       expression_is(call, EXPRESSION_CALL, "hmm_range_fault") &&
	       expression->left->kind == EXPRESSION_NAME ? expression->left->name : NULL;
}

static bool asks_for_count(const struct expression *condition, const char *name)
{
	condition = expression_inner(condition);
	return (expression_is(condition, EXPRESSION_BINARY, "<=") ||
		expression_is(condition, EXPRESSION_BINARY, "==")) &&
	       expression_is(expression_inner(condition->left), EXPRESSION_NAME, name) &&
	       !strcmp(expression_inner(condition->right)->text, "0");
}

/* What is done where the condition holds leaves the function with an error. */
static bool fails(const struct function *function, const struct flow_step *branch)
{
	const struct flow_step *step = &function->flow.steps[branch->next[0]];
	const struct expression *value = step->kind == FLOW_RETURN ?
						 expression_inner(step->expression) : NULL;

	return value && (expression_is(value, EXPRESSION_PREFIX, "-") ||
			 value->kind == EXPRESSION_CHOICE);
}

static void look_at_result(struct checker *checker, const struct function *function)
{
	const struct flow *flow = &function->flow;
	const char *name = NULL;

	for (size_t i = 0; i < flow->count && !name; i++) {
		const struct flow_step *step = &flow->steps[i];

		if (step->kind == FLOW_EXPRESSION && step->expression)
			name = kept_in(step->expression);
		else if (step->kind == FLOW_DECLARE && step->declarator &&
			 expression_is(expression_inner(step->expression), EXPRESSION_CALL,
				       "hmm_range_fault"))
			name = code_text(&function->unit->syntax, step->declarator->name,
					 step->declarator->name);
	}
	for (size_t i = 0; name && i < flow->count; i++) {
		const struct expression *condition = expression_inner(flow->steps[i].expression);
		struct finding *finding;

		if (flow->steps[i].kind != FLOW_BRANCH || !asks_for_count(condition, name) ||
		    !fails(function, &flow->steps[i]))
			continue;
		finding = add_finding(checker, "old-result",
				    (struct place){ function->unit,
						    flow->steps[i].node->first },
				    "hmm_range_fault() returns 0 for success since Linux 5.8, and "
				    "no count of pages: this takes success for an error");
		if (!strcmp(condition->name, "<="))
			fix_token(checker, finding, condition->left->last + 1, "<");
	}
}

static void look_at_results(struct checker *checker)
{
	for (size_t i = 0; i < checker->program.function_count; i++)
		if (checker->target->number >= SINCE_FAULT_RETURNS_ZERO &&
		    function_mentions(&checker->program.functions[i], "hmm_range_fault"))
			look_at_result(checker, &checker->program.functions[i]);
}

const struct check check_flag_fallback = {
	.rule = {
		.name = "flag-fallback",
		.summary = "a flag that is gone is defined with its old value",
		.severity = SEVERITY_ERROR,
		.since = "5.16",
		.explanation =
"A driver for several kernels may define a flag that its target lacks. The value\n"
"has to be 0: the bit that the flag had is free, and the core gives it to another\n"
"flag sooner or later. Bit 4 was MIGRATE_PFN_DEVICE once, and since 6.19 it is\n"
"MIGRATE_PFN_COMPOUND.",
		.code =
" #ifndef MIGRATE_PFN_LOCKED\n"
"-#define MIGRATE_PFN_LOCKED (1UL << 2)\n"
"+#define MIGRATE_PFN_LOCKED 0\n"
" #endif\n",
	},
	.program = look_at_flags,
	.by_release = true,
};

const struct check check_old_result = {
	.rule = {
		.name = "old-result",
		.summary = "success of hmm_range_fault() is taken for an error",
		.severity = SEVERITY_ERROR,
		.since = "5.8",
		.explanation =
"Up to Linux 5.7 hmm_range_fault() returned how many pages it had faulted in, so 0\n"
"was no success. Since 5.8 it returns 0 or a negative error number. The code\n"
"compiles as before. Test for a result that is not 0.",
		.code =
" #include <linux/hmm.h>\n"
" \n"
" static long drv_mirror(struct hmm_range *range)\n"
" {\n"
" \tlong ret = hmm_range_fault(range);\n"
" \n"
"-\tif (ret <= 0)\n"
"-\t\treturn ret ? ret : -EBUSY;\n"
"+\tif (ret)\n"
"+\t\treturn ret;\n"
" \treturn 0;\n"
" }\n",
	},
	.program = look_at_results,
	.by_release = true,
};
