// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "check.h"

static bool takes_lock(const char *name)
{
	static const char *const names[] = { "mutex_lock", "down_write", "down_read", "spin_lock",
					     "mutex_lock_interruptible", "mutex_lock_killable" };

	for (size_t i = 0; name && i < sizeof(names) / sizeof(*names); i++)
		if (!strcmp(name, names[i]))
			return true;
	return false;
}

static bool drops_lock(const char *name)
{
	static const char *const names[] = { "mutex_unlock", "up_write", "up_read",
					     "spin_unlock" };

	for (size_t i = 0; name && i < sizeof(names) / sizeof(*names); i++)
		if (!strcmp(name, names[i]))
			return true;
	return false;
}

/* Called with a range that changes: the invalidate callback of a notifier. */
static bool is_notifier(const struct function *function)
{
	const struct syntax *syntax = &function->unit->syntax;

	for (size_t i = 0; i < function->parameter_count; i++)
		if (code_is(syntax, function->parameters[i].specifiers.last,
			    "mmu_notifier_range"))
			return true;
	return false;
}

struct search {
	const char *lock;
	bool found;
};

/* The last name of &x->lock. */
static const char *lock_name(const struct expression *call)
{
	const struct expression *argument = expression_inner(expression_argument(call, 0));

	if (expression_is(argument, EXPRESSION_PREFIX, "&"))
		argument = expression_inner(argument->left);
	return argument && (argument->kind == EXPRESSION_NAME ||
			    argument->kind == EXPRESSION_MEMBER) ? argument->name : NULL;
}

static bool takes_this(const struct expression *node, void *data)
{
	struct search *search = data;
	const char *name = node->kind == EXPRESSION_CALL && takes_lock(node->name) ?
				   lock_name(node) : NULL;

	search->found |= name && !strcmp(name, search->lock);
	return !search->found;
}

/* A callback that knows migrations of its own driver returns before it takes a lock. */
static bool notifier_takes(const struct checker *checker, const char *lock)
{
	struct search search = { lock, false };

	for (size_t i = 0; i < checker->program.function_count && !search.found; i++) {
		const struct function *function = &checker->program.functions[i];

		if (!is_notifier(function) || function_mentions(function, "MMU_NOTIFY_MIGRATE") ||
		    function_mentions(function, "MMU_NOTIFY_CLEAR"))
			continue;
		for (size_t s = 0; s < function->flow.count && !search.found; s++)
			expression_walk(function->flow.steps[s].expression, takes_this, &search);
	}
	return search.found;
}

static void look_at_call(const struct event *event)
{
	const char *lock, *held;
	struct checker *checker = event->explorer->checker;
	place_id *at = &event->state->places[PLACE_NOTIFIER_LOCK];

	if (takes_lock(event->expression->name)) {
		lock = lock_name(event->expression);
		if (lock && !*at && notifier_takes(checker, lock))
			*at = event_place(event);
	} else if (*at && drops_lock(event->expression->name)) {
		struct place place = place_unpack(checker, *at);

		lock = lock_name(event->expression);
		held = code_text(&place.unit->syntax, place.token,
				 place.unit->syntax.match[place.token + 1]);
		if (lock && text_mentions(held, lock))
			*at = 0;
	}
}

static void look_at_setup(const struct event *event)
{
	place_id at = event->state->places[PLACE_NOTIFIER_LOCK];

	if (!at || event->frame->subject.device)
		return;
	event_note(event,
		   event_found(event, "notifier-lock",
			       "migrate_vma_setup() calls the driver's notifier, which takes a lock "
			       "that is held here"), at, "it is taken here");
}

const struct check check_notifier_lock = {
	.rule = {
		.name = "notifier-lock",
		.summary = "a lock that the driver's notifier takes is held over the setup",
		.severity = SEVERITY_ERROR,
		.since = "5.4",
		.explanation =
"migrate_vma_setup() takes pages out of page tables, so it calls every notifier of\n"
"the range, the driver's own among them. A lock that the callback takes must not\n"
"be held by then: the thread waits for itself.\n"
"\n"
"Drop the lock before the setup, or let the callback return first for\n"
"MMU_NOTIFY_MIGRATE with the driver's own owner.",
		.code =
" #include <linux/mmu_notifier.h>\n"
" #include <linux/mutex.h>\n"
" \n"
" struct drv_mirror {\n"
" \tstruct mmu_interval_notifier notifier;\n"
" \tstruct mutex lock;\n"
" };\n"
" \n"
" static bool drv_invalidate(struct mmu_interval_notifier *mni,\n"
" \t\t\t   const struct mmu_notifier_range *range, unsigned long seq)\n"
" {\n"
" \tstruct drv_mirror *mirror = container_of(mni, struct drv_mirror, notifier);\n"
" \n"
" \tmutex_lock(&mirror->lock);\n"
" \tmmu_interval_set_seq(mni, seq);\n"
" \tmutex_unlock(&mirror->lock);\n"
" \treturn true;\n"
" }\n"
" \n"
"-static int drv_move_in(struct drv *drv, struct drv_mirror *mirror, struct migrate_vma *args)\n"
"+static int drv_move_in(struct drv *drv, struct migrate_vma *args)\n"
" {\n"
"-\tint ret;\n"
"+\tint ret = migrate_vma_setup(args);\n"
" \n"
"-\tmutex_lock(&mirror->lock);\n"
"-\tret = migrate_vma_setup(args);\n"
"-\tmutex_unlock(&mirror->lock);\n"
" \tif (ret)\n"
" \t\treturn ret;\n"
" \tdrv_copy_in(drv, args);\n"
" \tmigrate_vma_pages(args);\n"
" \tmigrate_vma_finalize(args);\n"
" \treturn 0;\n"
" }\n",
	},
	.on[MOMENT_CALL] = look_at_call,
	.on[MOMENT_SETUP] = look_at_setup,
};
