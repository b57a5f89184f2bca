// SPDX-License-Identifier: GPL-2.0-only
#include "assign.h"

#include <string.h>

#include "held.h"
#include "struct_members.h"
#include "migration.h"
#include "pages.h"
#include "value.h"

/* kzalloc(), kcalloc() and the like give zeroed memory. */
static bool gives_zeroed(const struct expression *value)
{
	return value->kind == EXPRESSION_CALL && value->name &&
	       (strstr(value->name, "zalloc") || strstr(value->name, "calloc") ||
		text_mentions(value->text, "__GFP_ZERO"));
}

static bool gives_memory(const struct expression *value)
{
	return value->kind == EXPRESSION_CALL && value->name && strstr(value->name, "alloc");
}

static void set_from_braces(const struct expression *braces, struct state *state)
{
	members_fresh(state, true, false);
	for (const struct expression *child = braces->child; child; child = child->next) {
		if (!child->name || !child->left)
			continue;
		members_set(state, child->name, child->left, constant_value(child->left));
	}
}

void set_subject(const struct frame *frame, enum role role, const struct expression *value,
		 struct outcome *at)
{
	const struct expression *inner = expression_inner(value);

	if (role == ROLE_STRUCT && inner && inner->kind == EXPRESSION_BRACES) {
		set_from_braces(inner, &at->state);
		return;
	}
	if (subject_role(&frame->subject, inner) == role)
		return;
	if (role == ROLE_POINTER && inner && gives_memory(inner)) {
		members_fresh(&at->state, gives_zeroed(inner), false);
		return;
	}
	members_fresh(&at->state, true, true);
	at->state.unknown = role == ROLE_POINTER ? UNKNOWN_CALLER : 0;
}

/* The value is kept in @target: is it what the setup returned? */
static bool keep_result(const struct frame *frame, const struct expression *target,
			struct outcome *at)
{
	int fact = frame_fact(frame, target->text);

	if (at->result && fact < 0 && target->kind != EXPRESSION_NAME &&
	    target->kind != EXPRESSION_MEMBER && at->state.phase == PHASE_FAILED)
		return false;
	if (at->result)
		at->state.result = fact >= 0 ? (uint8_t)(fact + 1) : 0;
	else if (fact >= 0 && at->state.result == fact + 1)
		at->state.result = 0;
	return true;
}

bool assign(struct explorer *explorer, struct frame *frame, const struct expression *target,
	    const char *operator, const struct expression *value, struct outcome *at)
{
	enum role role = subject_role(&frame->subject, target);
	const char *member = subject_member(&frame->subject, target);
	bool plain = !strcmp(operator, "=");
	uint8_t result = plain ? at->value :
				 compound_value(operator, known_value(frame, &at->state, target),
						at->value);
	int fact;

	target = expression_inner(target);
	if (member) {
		members_set(&at->state, member, value, plain ? result : VALUE_ANY);
	} else if (role == ROLE_STRUCT || role == ROLE_POINTER) {
		set_subject(frame, role, value, at);
	} else if (role == ROLE_SRC_WORD || role == ROLE_DST_WORD) {
		migration_write(explorer, frame, role, target, operator, at->value,
				value ? value->text : "", at);
		if (role == ROLE_DST_WORD && plain && at->value != VALUE_ZERO)
			pages_written(frame, value, &at->state);
	}
	held_escape(frame, value, &at->state);
	if (target->kind == EXPRESSION_NAME && plain) {
		held_assign(explorer, frame, target->name, value, at);
		pages_assign(explorer, frame, target->name, value, &at->state);
	}
	if (!keep_result(frame, target, at))
		return false;
	frame_forget(frame, &at->state, target->text);
	fact = frame_fact(frame, target->text);
	if (fact >= 0)
		at->state.facts[fact] = result;
	if (plain && is_named_constant(expression_inner(value)))
		learn_constant(frame, &at->state, target->text, expression_inner(value));
	at->value = result;
	return true;
}
