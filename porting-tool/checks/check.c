// SPDX-License-Identifier: GPL-2.0-only
#include "check.h"

#include <string.h>

#define NAME_CHECK(name) &check_##name,
static const struct check *const checks[] = { CHECKS(NAME_CHECK) NULL };
#undef NAME_CHECK

const struct check *check_at(size_t index)
{
	return index < sizeof(checks) / sizeof(*checks) ? checks[index] : NULL;
}

void checks_on(enum moment moment, const struct event *event)
{
	for (size_t i = 0; checks[i]; i++)
		if (checks[i]->on[moment])
			checks[i]->on[moment](event);
}

place_id event_place(const struct event *event)
{
	return place_pack(event->explorer->checker, frame_place(event->frame, event->expression));
}

void event_note(const struct event *event, struct finding *finding, place_id at, const char *text)
{
	struct checker *checker = event->explorer->checker;

	if (at)
		add_note(checker, finding, place_unpack(checker, at), "%s", text);
}

bool write_names_page(const struct event *event)
{
	return (text_mentions(event->text, "migrate_pfn") ||
		text_mentions(event->text, "migrate_pfn_from_page")) &&
	       (!strcmp(event->operator, "=") || !strcmp(event->operator, "|="));
}

bool function_mentions(const struct function *function, const char *name)
{
	for (uint32_t i = function->node->first; i <= function->node->last; i++)
		if (code_is(&function->unit->syntax, i, name))
			return true;
	return false;
}
