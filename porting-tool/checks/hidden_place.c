// SPDX-License-Identifier: GPL-2.0-only
#include "hidden_place.h"

#include <string.h>

#include "check.h"

/**
 * struct hidden - places under one condition
 * @condition: its text, without #if
 * @name: the only name it asks whether it is defined, or NULL
 * @spot: the first #if that has it
 * @places: how many places there are
 * @next: another one
 */
struct hidden {
	const char *condition;
	const char *name;
	struct spot spot;
	size_t places;
	struct hidden *next;
};

/* The innermost #if around a place that nothing decides. */
static const struct conditional *undecided_around(const struct syntax *syntax, size_t offset)
{
	const struct token *all = syntax->all.list;
	const struct conditional *found = NULL;

	for (size_t i = 0; i < syntax->conditional_count; i++) {
		const struct conditional *group = &syntax->conditionals[i];

		if (!group->decided && offset > all[group->arms[0].directive].start &&
		    offset < all[group->endif].start)
			found = group;
	}
	return found;
}

/* X of "#ifdef X", "#ifndef X", "#if defined(X)" and "#if !defined X"; else NULL. */
static const char *only_name(struct checker *checker, const char *text, const struct tokens *words)
{
	const char *name = NULL;

	for (size_t i = 1; i < words->count; i++) {
		const struct token *word = &words->list[i];

		if (word->kind == TOKEN_COMMENT || token_is(text, word, "defined") || token_is(text, word, "!") ||
		    token_is(text, word, "(") || token_is(text, word, ")"))
			continue;
		if (name || word->kind != TOKEN_IDENTIFIER)
			return NULL;
		name = arena_copy(&checker->arena, text + word->start, word->end - word->start);
	}
	return name;
}

void hidden_add(struct checker *checker, const struct unit *unit, size_t offset)
{
	const struct conditional *group = undecided_around(&unit->syntax, offset);
	struct tokens words = { 0 };
	const struct token *directive;
	const char *condition, *name;
	struct hidden *hidden;

	/* An #else shows that the driver knows of more than one kernel. */
	if (!group || group->arm_count > 1)
		return;
	directive = &unit->syntax.all.list[group->arms[0].directive];
	lex(unit->view.text, directive->start + 1, directive->end, &words);
	name = only_name(checker, unit->view.text, &words);
	condition = arena_copy(&checker->arena, unit->view.text + directive->start,
			       directive->end - directive->start);
	tokens_release(&words);
	for (hidden = checker->hidden; hidden; hidden = hidden->next)
		if (name && hidden->name ? !strcmp(hidden->name, name) :
					   !strcmp(hidden->condition, condition))
			break;
	if (!hidden) {
		hidden = arena_alloc(&checker->arena, sizeof(*hidden));
		*hidden = (struct hidden){ condition, name, { unit, directive->start }, 0,
					   checker->hidden };
		checker->hidden = hidden;
	}
	hidden->places++;
}

static void report(struct checker *checker)
{
	for (struct hidden *hidden = checker->hidden; hidden; hidden = hidden->next) {
		const char *decides = hidden->name ?
			arena_printf(&checker->arena, "-- -D%s does, or -U%s", hidden->name,
				     hidden->name) :
			"-- -DNAME does, for the names in it";

		add_finding_at(checker, "hidden-place", hidden->spot,
			       "%zu place%s that the target does not compile as %s under this "
			       "condition, and nothing decides it; %s", hidden->places,
			       hidden->places == 1 ? "" : "s",
			       hidden->places == 1 ? "it stands is" : "they stand are", decides);
	}
}

const struct check check_hidden_place = {
	.rule = {
		.name = "hidden-place",
		.summary = "an #if that nothing decides keeps places from being looked at",
		.severity = SEVERITY_NOTE,
		.since = "5.4",
		.explanation =
"Names that the target lacks may stand in an #if that asks for something only the\n"
"build of the driver knows, such as a name of its configure script. They may be\n"
"for other kernels, so nothing is said of each; this note says once for all files\n"
"how many there are. Tell what the build defines behind --: -DNAME or -UNAME.",
		.code =
"-#ifdef DRV_HAVE_PGMAP\n"
" static unsigned long drv_word(struct page *page)\n"
" {\n"
"-\treturn migrate_pfn(page_to_pfn(page)) | MIGRATE_PFN_LOCKED;\n"
"+\treturn migrate_pfn(page_to_pfn(page));\n"
" }\n"
"-#endif\n",
	},
	.program = report,
};
