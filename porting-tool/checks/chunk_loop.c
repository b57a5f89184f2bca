// SPDX-License-Identifier: GPL-2.0-only
/*
 * A range is migrated in chunks: each turn of the loop has to begin where the one before it ended,
 * and to end further on.  Up to Linux 5.19 nouveau's loop moved start and computed end from the
 * function's parameter, which never moved: of a long range only the first chunk was migrated.
 */
#include <string.h>

#include "check.h"
#include "checks/paths/subject.h"

/* More variables than a loop moves. */
#define VARIABLES_MAX 32

/* Everything that one loop does with the two ends. */
struct loop {
	const struct function *function;
	const struct subject *subject;
	const struct node *node;
	const char *counters[VARIABLES_MAX];
	size_t counter_count;
	const char *moving[VARIABLES_MAX];
	size_t moving_count;
	bool sets_up;
	bool start_set;
	bool start_moves;
	bool start_is_end;
	bool end_set;
	bool end_moves;
	bool end_computed;
	uint32_t start_token;
	uint32_t end_token;
};

static bool contains(const char *const *list, size_t count, const char *text)
{
	for (size_t i = 0; i < count; i++)
		if (!strcmp(list[i], text))
			return true;
	return false;
}

static bool add(const char **list, size_t *count, const char *text)
{
	if (*count == VARIABLES_MAX || contains(list, *count, text))
		return false;
	list[(*count)++] = text;
	return true;
}

/* The first clause of a for runs once, before the loop. */
static bool runs_before(const struct loop *loop, const struct flow_step *step)
{
	const struct syntax *syntax = &loop->function->unit->syntax;
	uint32_t semicolon = loop->node->head_open;
	uint32_t first = step->declarator ? step->declarator->name :
			 step->expression ? step->expression->first : 0;

	if (step->node != loop->node || loop->node->kind != NODE_FOR)
		return false;
	while (semicolon < loop->node->head_close && !code_is(syntax, semicolon, ";"))
		semicolon++;
	return first < semicolon;
}

static bool in_loop(const struct loop *loop, const struct flow_step *step)
{
	return step->node && step->node->first >= loop->node->first &&
	       step->node->last <= loop->node->last && !runs_before(loop, step);
}

/* Functions whose value is no further on than what they are given. */
static bool only_limits(const char *name)
{
	static const char *const names[] = { "min", "min_t", "min3", "max", "max_t", "clamp",
					     "clamp_t", "umin", "umax", "ARRAY_SIZE", "sizeof" };

	for (size_t i = 0; name && i < sizeof(names) / sizeof(*names); i++)
		if (!strcmp(names[i], name))
			return true;
	return false;
}

struct search {
	const struct loop *loop;
	bool counters_only;
};

static bool stands_still(const struct expression *node, void *data)
{
	const struct search *search = data;
	const struct loop *loop = search->loop;
	const char *member;

	if (node->kind == EXPRESSION_CALL && !only_limits(node->name))
		return false;
	if (node->kind == EXPRESSION_UNKNOWN)
		return false;
	if (node->kind != EXPRESSION_NAME && node->kind != EXPRESSION_MEMBER)
		return true;
	if (contains(loop->counters, loop->counter_count, node->text))
		return false;
	if (search->counters_only)
		return true;
	/* The ends themselves move where the loop sets them. */
	member = subject_member(loop->subject, node);
	if (member && ((!strcmp(member, "start") && loop->start_set) ||
		       (!strcmp(member, "end") && loop->end_set)))
		return false;
	return !contains(loop->moving, loop->moving_count, node->text);
}

static bool mentions_moving(const struct loop *loop, const struct expression *expression,
			    bool counters_only)
{
	struct search search = { loop, counters_only };

	return !expression_walk(expression, stands_still, &search);
}

/*
 * Whether an address moves from turn to turn.  In "start + (count << PAGE_SHIFT)" count is the
 * size of a chunk unless it counts up: how large chunks are does not move them.
 */
static bool moves(const struct loop *loop, const struct expression *expression)
{
	expression = expression_inner(expression);
	if (!expression)
		return false;
	if (expression_is(expression, EXPRESSION_BINARY, "+") ||
	    expression_is(expression, EXPRESSION_BINARY, "-") ||
	    expression_is(expression, EXPRESSION_BINARY, "&"))
		return moves(loop, expression->left) || moves(loop, expression->right);
	if (expression->kind == EXPRESSION_BINARY)
		return mentions_moving(loop, expression, true);
	if (expression->kind == EXPRESSION_CHOICE)
		return moves(loop, expression->right) || moves(loop, expression->third);
	if (expression->kind == EXPRESSION_CALL && only_limits(expression->name)) {
		for (const struct expression *child = expression->child; child; child = child->next)
			if (moves(loop, child))
				return true;
		return false;
	}
	return mentions_moving(loop, expression, false);
}

static bool is_variable(const struct expression *expression)
{
	return expression->kind == EXPRESSION_NAME || expression->kind == EXPRESSION_MEMBER;
}

static bool counts_down(const struct expression *value)
{
	return expression_is(expression_inner(value), EXPRESSION_BINARY, "-");
}

/* i++, i += n, i = i + n; &i handed to a function that may move it. */
static bool find_counter(const struct expression *node, void *data)
{
	struct loop *loop = data;

	if ((expression_is(node, EXPRESSION_POSTFIX, "++") ||
	     expression_is(node, EXPRESSION_PREFIX, "++") ||
	     expression_is(node, EXPRESSION_ASSIGN, "+=")) && is_variable(node->left))
		add(loop->counters, &loop->counter_count, node->left->text);
	if (expression_is(node, EXPRESSION_ASSIGN, "=") && is_variable(node->left) &&
	    !counts_down(node->right) && text_mentions(node->right->text, node->left->text))
		add(loop->counters, &loop->counter_count, node->left->text);
	if (node->kind == EXPRESSION_CALL)
		for (const struct expression *child = node->child; child; child = child->next)
			if (expression_is(child, EXPRESSION_PREFIX, "&") &&
			    is_variable(child->left) &&
			    subject_role(loop->subject, child->left) == ROLE_NONE)
				add(loop->counters, &loop->counter_count, child->left->text);
	if (node->kind == EXPRESSION_CALL && step_of_call(node) == STEP_SETUP &&
	    subject_role(loop->subject, expression_argument(node, 0)) == ROLE_POINTER)
		loop->sets_up = true;
	return true;
}

/* What a variable is computed from, within the loop. */
struct dependence {
	const struct loop *loop;
	const char *from[VARIABLES_MAX];
	size_t from_count;
};

static bool collect_operands(const struct expression *node, void *data)
{
	struct dependence *dependence = data;

	if (is_variable(node))
		add(dependence->from, &dependence->from_count, node->text);
	return true;
}

static bool collect_values(const struct expression *node, void *data)
{
	struct dependence *dependence = data;

	if (expression_is(node, EXPRESSION_ASSIGN, "=") && !counts_down(node->right) &&
	    contains(dependence->from, dependence->from_count, node->left->text))
		expression_walk(node->right, collect_operands, dependence);
	return true;
}

/* addr = next, where next = min(end, addr + size): each depends on itself through the other. */
static bool depends_on_itself(const struct loop *loop, const struct expression *assignment)
{
	const struct flow *flow = &loop->function->flow;
	const struct syntax *syntax = &loop->function->unit->syntax;
	struct dependence dependence = { .loop = loop };
	size_t before;

	expression_walk(assignment->right, collect_operands, &dependence);
	do {
		before = dependence.from_count;
		for (size_t i = 0; i < flow->count; i++) {
			const struct flow_step *step = &flow->steps[i];

			if (!in_loop(loop, step))
				continue;
			expression_walk(step->expression, collect_values, &dependence);
			if (step->kind == FLOW_DECLARE && !counts_down(step->expression) &&
			    contains(dependence.from, dependence.from_count,
				     code_text(syntax, step->declarator->name,
					       step->declarator->name)))
				expression_walk(step->expression, collect_operands, &dependence);
		}
	} while (dependence.from_count != before);
	return contains(dependence.from, dependence.from_count, assignment->left->text);
}

/* addr = next, where next moves. */
static bool find_moving(const struct expression *node, void *data)
{
	struct loop *loop = data;

	if (expression_is(node, EXPRESSION_ASSIGN, "=") && is_variable(node->left) &&
	    !subject_member(loop->subject, node->left) &&
	    (moves(loop, node->right) ||
	     (!counts_down(node->right) && depends_on_itself(loop, node))))
		add(loop->moving, &loop->moving_count, node->left->text);
	return true;
}

static void find_variables(struct loop *loop)
{
	const struct flow *flow = &loop->function->flow;
	const struct syntax *syntax = &loop->function->unit->syntax;
	size_t before;

	for (size_t i = 0; i < flow->count; i++) {
		const struct flow_step *step = &flow->steps[i];

		if (!in_loop(loop, step))
			continue;
		expression_walk(step->expression, find_counter, loop);
		/* What a loop macro sets is different in each turn. */
		if (step->kind == FLOW_EACH && step->expression)
			for (const struct expression *child = step->expression->child; child;
			     child = child->next)
				if (is_variable(child))
					add(loop->counters, &loop->counter_count, child->text);
	}
	do {
		before = loop->moving_count;
		for (size_t i = 0; i < flow->count; i++) {
			const struct flow_step *step = &flow->steps[i];

			if (!in_loop(loop, step))
				continue;
			expression_walk(step->expression, find_moving, loop);
			if (step->kind == FLOW_DECLARE && moves(loop, step->expression))
				add(loop->moving, &loop->moving_count,
				    code_text(syntax, step->declarator->name,
					      step->declarator->name));
		}
	} while (loop->moving_count != before);
}

static bool calls_nothing_unknown(const struct expression *node, void *data)
{
	(void)data;
	return node->kind != EXPRESSION_CALL || only_limits(node->name);
}

static void set_end_of_range(struct loop *loop, const char *member, uint32_t token,
			     const char *operator, const struct expression *value)
{
	const char *value_member = subject_member(loop->subject, value);
	bool moved = strcmp(operator, "=") || moves(loop, value);

	/* What a function of the driver makes of an end says nothing about the other. */
	if (!expression_walk(value, calls_nothing_unknown, NULL))
		loop->start_moves = loop->end_moves = true;
	if (!strcmp(member, "start")) {
		loop->start_set = true;
		loop->start_moves |= moved;
		loop->start_token = token;
		loop->start_is_end |= value_member && !strcmp(value_member, "end");
	}
	if (!strcmp(member, "end")) {
		loop->end_set = true;
		loop->end_moves |= moved;
		if (!is_variable(expression_inner(value))) {
			loop->end_computed = true;
			loop->end_token = token;
		}
	}
}

static bool find_ends(const struct expression *node, void *data)
{
	struct loop *loop = data;
	const char *member;

	if (node->kind != EXPRESSION_ASSIGN)
		return true;
	member = subject_member(loop->subject, node->left);
	if (member)
		set_end_of_range(loop, member, node->left->first, node->name, node->right);
	return true;
}

static void find_ends_of_range(struct loop *loop)
{
	const struct flow *flow = &loop->function->flow;
	const struct syntax *syntax = &loop->function->unit->syntax;

	for (size_t i = 0; i < flow->count; i++) {
		const struct flow_step *step = &flow->steps[i];
		const char *name;

		if (!in_loop(loop, step))
			continue;
		expression_walk(step->expression, find_ends, loop);
		if (step->kind != FLOW_DECLARE || !step->expression ||
		    step->expression->kind != EXPRESSION_BRACES)
			continue;
		name = code_text(syntax, step->declarator->name, step->declarator->name);
		for (size_t n = 0; n < loop->subject->count; n++) {
			if (strcmp(loop->subject->names[n].text, name) ||
			    loop->subject->names[n].role != ROLE_STRUCT)
				continue;
			for (const struct expression *child = step->expression->child; child;
			     child = child->next)
				if (child->name && child->left)
					set_end_of_range(loop, child->name, child->first, "=",
							 child->left);
		}
	}
}

static void judge_loop(struct checker *checker, const struct loop *loop)
{
	struct place start = { loop->function->unit, loop->start_token };
	struct place end = { loop->function->unit, loop->end_token };

	if (loop->start_set && !loop->end_set && loop->start_is_end)
		add_finding(checker, "chunk-loop", start,
			    "start moves to end, and end stays: the next migrate_vma_setup() "
			    "gets an empty range and fails with -EINVAL");
	else if (loop->start_moves && loop->end_set && !loop->end_moves && loop->end_computed)
		add_finding(checker, "chunk-loop", end,
			    "start moves from turn to turn, but end is computed from values that "
			    "do not: from the second turn on the range is empty, and only the "
			    "first chunk migrates");
	else if (loop->end_set && loop->end_computed && !loop->end_moves && !loop->start_set)
		add_finding(checker, "chunk-loop", end,
			    "end is computed anew in each turn, but start does not move: every "
			    "turn migrates the same range");
	else if (loop->end_moves && loop->start_set && !loop->start_moves)
		add_finding(checker, "chunk-loop", start,
			    "end moves from turn to turn, but start is the same in each: every "
			    "turn migrates the whole range again, and more words than the arrays "
			    "may hold");
}

static void lint_subject(struct checker *checker, const struct function *function,
			 const struct subject *subject)
{
	for (const struct node *node = function->node; node;
	     node = node_after(node, function->node)) {
		struct loop loop = { .function = function, .subject = subject, .node = node };

		if (node->kind != NODE_FOR && node->kind != NODE_WHILE && node->kind != NODE_DO &&
		    node->kind != NODE_MACRO)
			continue;
		/* First whether the ends are set at all, then whether they move. */
		find_ends_of_range(&loop);
		loop.start_moves = loop.end_moves = loop.end_computed = false;
		find_variables(&loop);
		if (!loop.sets_up)
			continue;
		find_ends_of_range(&loop);
		judge_loop(checker, &loop);
	}
}

static void look_at_loops(struct checker *checker)
{
	for (size_t i = 0; i < checker->program.function_count; i++) {
		struct subject *subjects;
		size_t count = subjects_find(checker, &checker->program.functions[i], &subjects);

		for (size_t s = 0; s < count; s++)
			if (!subjects[s].device)
				lint_subject(checker, &checker->program.functions[i], &subjects[s]);
	}
}

const struct check check_chunk_loop = {
	.rule = {
		.name = "chunk-loop",
		.summary = "a loop over a range in chunks does not move both start and end",
		.severity = SEVERITY_ERROR,
		.since = "5.4",
		.explanation =
"migrate_vma() of the old API was given start and end anew in each turn. With\n"
"the struct it is easy to move only one of them: start = end at the bottom of\n"
"the loop, and end computed from a variable that no longer moves. The second\n"
"turn then has an empty range, the setup fails, and all but the first chunk stay\n"
"where they are. A driver of the kernel shipped with that from 5.4 to 5.19.\n"
"\n"
"Compute end from the new start in each turn, and keep it within the range: the\n"
"last chunk is often shorter. The setup may change both, as it aligns them.",
		.code =
" static int drv_move_in(struct drv *drv, struct migrate_vma *args,\n"
" \t\t       unsigned long start, unsigned long end)\n"
" {\n"
" \tint ret;\n"
" \n"
" \targs->start = start;\n"
" \twhile (args->start < end) {\n"
"-\t\targs->end = min(end, start + DRV_CHUNK);\n"
"+\t\targs->end = min(end, args->start + DRV_CHUNK);\n"
" \t\tret = migrate_vma_setup(args);\n"
" \t\tif (ret)\n"
" \t\t\treturn ret;\n"
" \t\tdrv_copy_in(drv, args);\n"
" \t\tmigrate_vma_pages(args);\n"
" \t\tmigrate_vma_finalize(args);\n"
" \t\targs->start = args->end;\n"
" \t}\n"
" \treturn 0;\n"
" }\n",
	},
	.program = look_at_loops,
};
