// SPDX-License-Identifier: GPL-2.0-only
/*
 * Locks and references that one function takes and gives back: twice, never, or without having them.
 *
 * Each argument of such a call ("mm", "dpage", "job->to[i]") is followed by itself through the control
 * flow.  Only what is so on every way to a place is reported, so that code whose conditions belong
 * together is left alone.
 */
#include <stdlib.h>
#include <string.h>

#include "check.h"

/* What is known of a thing at a place: a bit for each way that leads there. */
#define AS_ON_ENTRY 1
#define HELD 2
#define GIVEN_BACK 4
#define ANY (AS_ON_ENTRY | HELD | GIVEN_BACK)

/* More things than a function takes and gives back. */
#define THINGS_MAX 16

enum thing_class { MMAP_LOCK, PAGE_LOCK, PAGE_REFERENCE };

enum action { NOTHING, TAKE, TRY_TO_TAKE, GIVE };

static const struct {
	const char *name;
	enum thing_class class;
	enum action action;
} calls[] = {
	{ "mmap_read_lock", MMAP_LOCK, TAKE },
	{ "mmap_write_lock", MMAP_LOCK, TAKE },
	{ "mmap_read_lock_killable", MMAP_LOCK, TRY_TO_TAKE },
	{ "mmap_write_lock_killable", MMAP_LOCK, TRY_TO_TAKE },
	{ "mmap_read_trylock", MMAP_LOCK, TRY_TO_TAKE },
	{ "mmap_write_trylock", MMAP_LOCK, TRY_TO_TAKE },
	{ "mmap_read_unlock", MMAP_LOCK, GIVE },
	{ "mmap_write_unlock", MMAP_LOCK, GIVE },
	{ "lock_page", PAGE_LOCK, TAKE },
	{ "trylock_page", PAGE_LOCK, TRY_TO_TAKE },
	{ "unlock_page", PAGE_LOCK, GIVE },
	{ "get_page", PAGE_REFERENCE, TRY_TO_TAKE },
	{ "put_page", PAGE_REFERENCE, GIVE },
	{ "__free_page", PAGE_REFERENCE, GIVE },
};

/* One thing in one function. */
struct thing {
	struct checker *checker;
	const struct function *function;
	enum thing_class class;
	const char *text;
	uint8_t *before;	/* for each step what is known when it begins */
	bool report;
	bool alone;		/* no other text stands for a lock of an address space */
	uint8_t now;
	bool taken_here;
	bool held_on_entry;	/* it is given back before it is taken */
	bool named_here;	/* its name gets a value in the function */
};

static bool is_call_of(const struct expression *node, enum thing_class class, enum action *action)
{
	for (size_t i = 0; node->kind == EXPRESSION_CALL && node->name &&
			   i < sizeof(calls) / sizeof(*calls); i++)
		if (calls[i].class == class && !strcmp(calls[i].name, node->name)) {
			*action = calls[i].action;
			return true;
		}
	return false;
}

/* mutex_unlock(), unlock_page() and the like have nothing to do with the address space. */
static bool is_other_lock(const char *name)
{
	static const char *const beginnings[] = {
		"mutex_", "spin_", "raw_spin_", "rcu_", "srcu_", "lock_page", "trylock_page",
		"unlock_page", "folio_", "dma_resv_", "lockdep_", "ww_mutex_", "mmput",
	};

	for (size_t i = 0; i < sizeof(beginnings) / sizeof(*beginnings); i++)
		if (!strncmp(name, beginnings[i], strlen(beginnings[i])))
			return true;
	return false;
}

static bool takes_mmap_lock(struct checker *checker, const struct function *function)
{
	const char *names[sizeof(calls) / sizeof(*calls) + 1] = { NULL };
	size_t count = 0;

	for (size_t i = 0; i < sizeof(calls) / sizeof(*calls); i++)
		if (calls[i].class == MMAP_LOCK && calls[i].action != GIVE)
			names[count++] = calls[i].name;
	return checker_reaches(checker, function, names);
}

static const char *const setup_names[] = { "migrate_vma_setup", NULL };

/* Whether a call sets a migration up, and takes no lock for that. */
static bool sets_up(const struct thing *thing, const struct expression *call)
{
	const struct function *called = program_function(&thing->checker->program,
							 thing->function->unit, call->name);

	if (!called)
		return step_of_call(call) == STEP_SETUP;
	return checker_reaches(thing->checker, called, setup_names) &&
	       !takes_mmap_lock(thing->checker, called);
}

/* Whether a function that is called may take or give back the thing. */
static bool may_change(const struct thing *thing, const struct expression *call)
{
	const struct function *called = program_function(&thing->checker->program,
							 thing->function->unit, call->name);
	enum call_effect effect = call_effect(call->name);

	if (thing->class == MMAP_LOCK) {
		for (size_t i = 0; called && i < sizeof(calls) / sizeof(*calls); i++)
			if (calls[i].class == MMAP_LOCK && function_mentions(called, calls[i].name))
				return true;
		return call->name && !is_other_lock(call->name) &&
		       (strstr(call->name, "lock") || strstr(call->name, "mmput"));
	}
	if (effect != CALL_UNKNOWN || !expression_mentions(call, thing->text))
		return false;
	return true;
}

static void say(const struct thing *thing, const struct expression *call, const char *what)
{
	if (thing->report)
		add_finding(thing->checker, thing->class == MMAP_LOCK ? "mmap-lock-balance" :
									  "page-balance",
			    (struct place){ thing->function->unit, call->first }, "%s(): %s",
			    call->name, what);
}

static void take(struct thing *thing, const struct expression *call)
{
	if (thing->now == HELD)
		say(thing, call, thing->class == MMAP_LOCK ?
			    "the lock is held already, on every way to this place" :
			    "the page is locked already, and this waits for itself");
	thing->now = HELD;
	thing->taken_here = true;
}

/* Others may have references to a page that the function did not get by itself, or count more. */
static bool may_have_more(const struct thing *thing)
{
	return thing->class == PAGE_REFERENCE &&
	       (!thing->named_here || function_mentions(thing->function, "get_page") ||
		function_mentions(thing->function, "isolate_lru_page"));
}

static void give(struct thing *thing, const struct expression *call)
{
	if (thing->now == GIVEN_BACK && !may_have_more(thing))
		say(thing, call, thing->class == MMAP_LOCK ?
			    "the lock was given back before, on every way to this place" :
			    "that was done before, on every way to this place");
	thing->held_on_entry |= thing->now & AS_ON_ENTRY;
	thing->now = GIVEN_BACK;
}

/* A name in the thing's text gets another value, so the text means another thing. */
static bool is_renamed(const struct thing *thing, const struct expression *target)
{
	target = expression_inner(target);
	return target && target->kind == EXPRESSION_NAME && text_mentions(thing->text, target->name);
}

static bool lacks_lock(const struct thing *thing)
{
	return thing->now == GIVEN_BACK || (thing->now == AS_ON_ENTRY && !thing->held_on_entry);
}

static bool go_through(const struct expression *node, void *data)
{
	struct thing *thing = data;
	const struct expression *argument;
	enum action action;

	if ((node->kind == EXPRESSION_ASSIGN || node->kind == EXPRESSION_POSTFIX ||
	     expression_is(node, EXPRESSION_PREFIX, "++") ||
	     expression_is(node, EXPRESSION_PREFIX, "--")) && is_renamed(thing, node->left)) {
		thing->now = ANY;
		thing->named_here |= node->kind == EXPRESSION_ASSIGN;
	}
	if (node->kind != EXPRESSION_CALL)
		return true;
	argument = expression_argument(node, 0);
	if (argument && is_call_of(node, thing->class, &action) &&
	    !strcmp(expression_inner(argument)->text, thing->text)) {
		if (action == TAKE)
			take(thing, node);
		else if (action == GIVE)
			give(thing, node);
		else
			thing->now = ANY;
	} else if (thing->report && thing->class == MMAP_LOCK && thing->alone &&
		   thing->taken_here && lacks_lock(thing) && sets_up(thing, node)) {
		say(thing, node, thing->now == GIVEN_BACK ?
			    "the lock that migrate_vma_setup() needs was given back before" :
			    "the lock that migrate_vma_setup() needs is taken only behind it");
	} else if (may_change(thing, node)) {
		thing->now = ANY;
	}
	return true;
}

static uint8_t after_step(struct thing *thing, const struct flow_step *step, uint8_t before)
{
	const struct syntax *syntax = &thing->function->unit->syntax;

	thing->now = before;
	expression_walk(step->expression, go_through, thing);
	if (step->kind == FLOW_UNKNOWN || step->kind == FLOW_EACH ||
	    (step->kind == FLOW_DECLARE && step->declarator &&
	     text_mentions(thing->text, code_text(syntax, step->declarator->name,
						  step->declarator->name)))) {
		thing->now = ANY;
		thing->named_here |= step->kind == FLOW_DECLARE;
	}
	return thing->now;
}

static void spread(struct thing *thing)
{
	const struct flow *flow = &thing->function->flow;
	bool changed = true;

	while (changed) {
		changed = false;
		for (uint32_t i = 0; i < flow->count; i++) {
			const uint32_t *next;
			size_t count;
			uint8_t now;

			if (!thing->before[i])
				continue;
			now = after_step(thing, &flow->steps[i], thing->before[i]);
			count = flow_successors(&flow->steps[i], &next);
			for (size_t n = 0; n < count; n++) {
				uint8_t *before = next[n] == FLOW_NONE ? NULL :
									&thing->before[next[n]];

				if (!before || (*before | now) == *before)
					continue;
				*before |= now;
				changed = true;
			}
		}
	}
}

/* The lock is taken here, and still held at the end of this way. */
static void look_at_end(struct thing *thing, const struct flow_step *step, uint8_t now)
{
	const struct function *function = thing->function;

	if (now != HELD || !step->node)
		return;
	add_finding(thing->checker, "mmap-lock-balance",
		    (struct place){ function->unit, step->kind == FLOW_RETURN ?
						    step->node->first : function->node->last },
		    "the lock of the address space is still held when the function ends here");
}

/* "name(" in a function; a struct may have the same name. */
static bool function_calls(const struct function *function, const char *name)
{
	const struct syntax *syntax = &function->unit->syntax;

	for (uint32_t i = function->node->head_close; i < function->node->last; i++)
		if (code_is(syntax, i, name) && code_is(syntax, i + 1, "("))
			return true;
	return false;
}

/* The function gives back a lock that neither it nor who calls it takes. */
static bool nobody_takes(const struct thing *thing)
{
	const struct program *program = &thing->checker->program;

	if (!thing->function->private || thing->taken_here ||
	    !(function_mentions(thing->function, "find_vma") ||
	      function_mentions(thing->function, "vma_lookup") ||
	      function_mentions(thing->function, "migrate_vma_setup")))
		return false;
	for (size_t i = 0; i < program->function_count; i++)
		if (&program->functions[i] != thing->function &&
		    function_calls(&program->functions[i], thing->function->name))
			for (size_t c = 0; c < sizeof(calls) / sizeof(*calls); c++)
				if (calls[c].class == MMAP_LOCK && calls[c].action != GIVE &&
				    function_mentions(&program->functions[i], calls[c].name))
					return false;
	return true;
}

/* A function may lock for its caller, or let go of the lock for a while. */
static bool has_to_give_back(const struct thing *thing, uint8_t at_ends)
{
	const struct function *function = thing->function;

	if (thing->class != MMAP_LOCK || !thing->taken_here)
		return false;
	return (at_ends & GIVEN_BACK) ||
	       (!function_mentions(function, "mmap_read_unlock") &&
		!function_mentions(function, "mmap_write_unlock") &&
		checker_reaches(thing->checker, function, setup_names));
}

static bool is_end(const struct flow_step *step)
{
	return step->kind == FLOW_RETURN || step->next[0] == 0;
}

static void look_at_ends(struct thing *thing)
{
	const struct flow *flow = &thing->function->flow;
	uint8_t at_ends = 0;
	bool judge;

	for (uint32_t i = 1; i < flow->count; i++)
		if (thing->before[i] && is_end(&flow->steps[i]))
			at_ends |= after_step(thing, &flow->steps[i], thing->before[i]);
	judge = has_to_give_back(thing, at_ends);
	thing->report = true;
	for (uint32_t i = 1; i < flow->count; i++) {
		const struct flow_step *step = &flow->steps[i];
		uint8_t now;

		if (!thing->before[i])
			continue;
		now = after_step(thing, step, thing->before[i]);
		if (judge && is_end(step))
			look_at_end(thing, step, now);
	}
}

static bool look_for_unlock(const struct expression *node, void *data)
{
	struct thing *thing = data;
	enum action action;

	if (is_call_of(node, MMAP_LOCK, &action) && action == GIVE) {
		thing->report = true;
		say(thing, node, "the lock is given back, and nobody took it");
		return false;
	}
	return true;
}

static void follow(struct checker *checker, const struct function *function,
		   enum thing_class class, const char *text, bool alone)
{
	struct thing thing = { .checker = checker, .function = function, .class = class,
			       .text = text, .alone = alone };
	const struct flow *flow = &function->flow;

	thing.before = calloc(flow->count, 1);
	if (!thing.before)
		abort();
	thing.before[flow->entry] = AS_ON_ENTRY;
	spread(&thing);
	look_at_ends(&thing);
	if (class == MMAP_LOCK && nobody_takes(&thing))
		for (size_t i = 0; i < flow->count; i++)
			if (!expression_walk(flow->steps[i].expression, look_for_unlock, &thing))
				break;
	free(thing.before);
}

struct things {
	struct { enum thing_class class; const char *text; } list[THINGS_MAX];
	size_t count;
};

static bool collect(const struct expression *node, void *data)
{
	struct things *things = data;
	const struct expression *argument = node->kind == EXPRESSION_CALL ?
						    expression_argument(node, 0) : NULL;

	for (size_t c = 0; argument && node->name && c < sizeof(calls) / sizeof(*calls); c++) {
		size_t i = 0;

		if (strcmp(calls[c].name, node->name))
			continue;
		argument = expression_inner(argument);
		while (i < things->count && (things->list[i].class != calls[c].class ||
					     strcmp(things->list[i].text, argument->text)))
			i++;
		if (i == things->count && i < THINGS_MAX) {
			things->list[i].class = calls[c].class;
			things->list[things->count++].text = argument->text;
		}
		break;
	}
	return true;
}

static size_t count_locks(const struct things *things)
{
	size_t count = 0;

	for (size_t i = 0; i < things->count; i++)
		count += things->list[i].class == MMAP_LOCK;
	return count;
}

static void look_at_functions(struct checker *checker)
{
	for (size_t f = 0; f < checker->program.function_count; f++) {
		const struct function *function = &checker->program.functions[f];
		struct things things = { .count = 0 };

		for (size_t i = 0; i < function->flow.count; i++)
			expression_walk(function->flow.steps[i].expression, collect, &things);
		for (size_t i = 0; i < things.count; i++)
			follow(checker, function, things.list[i].class, things.list[i].text,
			       count_locks(&things) == 1);
	}
}

const struct check check_mmap_lock_balance = {
	.rule = {
		.name = "mmap-lock-balance",
		.summary = "the lock of the address space is taken twice, or not given back",
		.severity = SEVERITY_ERROR,
		.since = "5.4",
		.explanation =
"mmap_lock is taken before migrate_vma_setup() and given back once behind\n"
"migrate_vma_finalize(), on every path. A second mmap_read_lock() waits for ever\n"
"as soon as somebody wants to write in between; a lock that stays held stops the\n"
"program at its next mmap(). Only what is so on every way to a place is reported.",
		.code =
" static int drv_move_in(struct drv *drv, struct mm_struct *mm, struct migrate_vma *args)\n"
" {\n"
" \tint ret;\n"
" \n"
" \tmmap_read_lock(mm);\n"
" \tret = migrate_vma_setup(args);\n"
"-\tif (ret)\n"
"-\t\treturn ret;\n"
"-\tdrv_copy_in(drv, args);\n"
"-\tmigrate_vma_pages(args);\n"
"-\tmigrate_vma_finalize(args);\n"
"+\tif (!ret) {\n"
"+\t\tdrv_copy_in(drv, args);\n"
"+\t\tmigrate_vma_pages(args);\n"
"+\t\tmigrate_vma_finalize(args);\n"
"+\t}\n"
" \tmmap_read_unlock(mm);\n"
"-\treturn 0;\n"
"+\treturn ret;\n"
" }\n",
	},
	.program = look_at_functions,
};

const struct check check_page_balance = {
	.rule = {
		.name = "page-balance",
		.summary = "a page is locked, unlocked or given back twice",
		.severity = SEVERITY_ERROR,
		.since = "5.4",
		.explanation =
"A page that is locked cannot be locked again: the thread waits for itself. A page\n"
"that was given back may belong to somebody else by now. Only what is so on every\n"
"way to a place is reported.",
		.code =
" static void drv_give_back(struct drv *drv, unsigned long *dst)\n"
" {\n"
" \tstruct page *page = migrate_pfn_to_page(*dst);\n"
" \n"
" \tunlock_page(page);\n"
" \tput_page(page);\n"
" \tdrv_log(drv, -EIO);\n"
"-\tput_page(page);\n"
" }\n",
	},
};
