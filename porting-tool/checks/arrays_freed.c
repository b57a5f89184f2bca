// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "check.h"
#include "checks/paths/subject.h"

static bool frees_memory(const char *name)
{
	static const char *const names[] = { "kfree", "kvfree", "vfree", "kfree_sensitive",
					     "kvfree_sensitive" };

	for (size_t i = 0; name && i < sizeof(names) / sizeof(*names); i++)
		if (!strcmp(name, names[i]))
			return true;
	return false;
}

static void look_at_call(const struct event *event)
{
	const struct expression *argument = expression_argument(event->expression, 0);
	enum role role;

	if (!holds_pages(event->state) || event->state->unknown ||
	    !frees_memory(event->expression->name) || !argument)
		return;
	role = subject_argument_role(&event->frame->subject, argument);
	if (role != ROLE_SRC_ARRAY && role != ROLE_DST_ARRAY)
		return;
	event->state->places[PLACE_ARRAY_FREED] = event_place(event);
}

static void look_at_use(const struct event *event)
{
	struct checker *checker = event->explorer->checker;
	place_id at = event->state->places[PLACE_ARRAY_FREED];
	struct finding *finding;

	if (!at)
		return;
	finding = add_finding(checker, "arrays-freed", place_unpack(checker, at),
			      "words of src or dst are freed before %s() reads them",
			      event->expression->name);
	event_note(event, finding, event_place(event), "they are read here");
}

const struct check check_arrays_freed = {
	.rule = {
		.name = "arrays-freed",
		.summary = "src or dst is freed while the migration is open",
		.severity = SEVERITY_ERROR,
		.since = "5.4",
		.explanation =
"migrate_vma_pages() and migrate_vma_finalize() read and write the words of src and\n"
"dst. Free the arrays behind migrate_vma_finalize().",
		.code =
" static int drv_move_in(struct drv *drv, struct migrate_vma *args)\n"
" {\n"
" \tint ret = migrate_vma_setup(args);\n"
" \n"
" \tif (ret)\n"
" \t\treturn ret;\n"
" \tdrv_copy_in(drv, args);\n"
" \tmigrate_vma_pages(args);\n"
"+\tmigrate_vma_finalize(args);\n"
" \tkvfree(args->dst);\n"
"-\tmigrate_vma_finalize(args);\n"
" \treturn 0;\n"
" }\n",
	},
	.on[MOMENT_CALL] = look_at_call,
	.on[MOMENT_READY] = look_at_use,
};
