// SPDX-License-Identifier: GPL-2.0-only
/*
 * Chooses a driver: not every option goes with every other.
 */
#include "driver.h"

#include <string.h>

static const unsigned long one_page_arrays = ONLY(ARRAYS_ONE) | ONLY(ARRAYS_SCALARS) |
	ONLY(ARRAYS_BARE_SCALARS);

/* Contexts in which a fault handler can call. */
static const unsigned long fault_contexts = ONLY(CONTEXT_ASSIGNED) | ONLY(CONTEXT_DECLARATION) |
	ONLY(CONTEXT_DECLARATION_NOT_LAST) | ONLY(CONTEXT_IF) | ONLY(CONTEXT_IF_NOT) |
	ONLY(CONTEXT_IF_ASSIGNED) | ONLY(CONTEXT_SWITCH) | ONLY(CONTEXT_MACRO_ARGUMENT) |
	ONLY(CONTEXT_ARGUMENT) | ONLY(CONTEXT_COMMA) | ONLY(CONTEXT_OR_ASSIGNED) |
	ONLY(CONTEXT_IGNORED) | ONLY(CONTEXT_VOID);

/* Contexts that are loops themselves. */
static const unsigned long loop_contexts = ONLY(CONTEXT_WHILE_HEAD) | ONLY(CONTEXT_FOR_HEAD) |
	ONLY(CONTEXT_DO_HEAD) | ONLY(CONTEXT_UNBRACED_FOR);

static unsigned long only_unless(bool condition, unsigned long options)
{
	return condition ? ~options : ALL_OPTIONS;
}

static bool needs_cleanup(const struct site *site)
{
	return site->arrays == ARRAYS_HEAP || site->arrays == ARRAYS_HALVES;
}

static void choose_context(struct site *site, struct choices *choices, const char *where)
{
	unsigned long allowed = site->fault ? fault_contexts : ALL_OPTIONS;

	allowed &= only_unless(site->frame != FRAME_ONE,
			  loop_contexts | ONLY(CONTEXT_RETURN) | ONLY(CONTEXT_RETURN_EXPRESSION));
	allowed &= only_unless(site->one_page && site->frame == FRAME_ONE,
			  loop_contexts & ~ONLY(CONTEXT_UNBRACED_FOR));
	allowed &= only_unless(!site->one_page, ONLY(CONTEXT_UNBRACED_FOR));
	/* A "break" there would be the switch's. */
	site->context = choose(choices, DIMENSION_CONTEXT, where, allowed);
	site->test = choose(choices, DIMENSION_TEST, where, ALL_OPTIONS);
	site->answer = choose(choices, DIMENSION_ANSWER, where,
			      site->fault ? ONLY(ANSWER_LEAVE) | ONLY(ANSWER_BLOCK) |
					    ONLY(ANSWER_ELSE) | ONLY(ANSWER_NOTHING) : ALL_OPTIONS);
}

/* Where the statement stands, and what else is on its line. */
static void choose_place(struct site *site, struct choices *choices, const char *where)
{
	unsigned long lines = ONLY(LINE_OWN) | ONLY(LINE_COMMENT_BEHIND);

	/* A fault handler that does not always call may never bring the page back. */
	site->nest = choose(choices, DIMENSION_NEST, where, site->fault && statement_is_one(site) ?
			    ONLY(NEST_NONE) | ONLY(NEST_FOR) | ONLY(NEST_DO) | ONLY(NEST_LABEL) :
			    statement_is_one(site) ?
			    site->context == CONTEXT_IF_NOT || site->context == CONTEXT_ELSE_IF ||
			    site->context == CONTEXT_UNBRACED_ELSE ?
			    ~(ONLY(NEST_IF) | ONLY(NEST_IF_IF)) :
			    (statement_returns(site) ? ~(ONLY(NEST_CASE) | ONLY(NEST_FOR)) : ALL_OPTIONS) :
			    ONLY(NEST_NONE));
	if (statement_is_line(site))
		lines |= ONLY(LINE_BLOCK);
	if (statement_is_line(site) || site->context == CONTEXT_IF ||
	    site->context == CONTEXT_DECLARATION)
		lines |= ONLY(LINE_COMMENT_BEFORE);
	if (site->nest == NEST_NONE && !statement_returns(site)) {
		if (statement_is_line(site))
			lines |= ONLY(LINE_AFTER_ANOTHER) | ONLY(LINE_BEFORE_ANOTHER);
		if (site->context == CONTEXT_ASSIGNED && site->answer == ANSWER_LEAVE &&
		    !site->fault)
			lines |= ONLY(LINE_CHECK);
	}
	if (site->context == CONTEXT_ASSIGNED)
		lines &= ~ONLY(LINE_BLOCK);
	site->line = choose(choices, DIMENSION_LINE, where, lines);
}

static void choose_arrays(struct site *site, struct choices *choices, const char *where)
{
	unsigned long allowed = site->one_page ? one_page_arrays | ONLY(ARRAYS_OUTSIDE)
					       : ~one_page_arrays;

	if (site->context == CONTEXT_RETURN || site->context == CONTEXT_RETURN_EXPRESSION)
		allowed &= ~(ONLY(ARRAYS_HEAP) | ONLY(ARRAYS_HALVES));
	site->arrays = choose(choices, DIMENSION_ARRAYS, where, allowed);
}

static void choose_values(struct site *site, struct choices *choices, const char *where)
{
	const struct group *group = site->group;
	bool loops = site->frame != FRAME_ONE;
	unsigned long passed = ALL_OPTIONS;

	site->leave = choose(choices, DIMENSION_LEAVE, where,
			     site->fault ? ONLY(LEAVE_RETURN) :
			     (needs_cleanup(site) ? ~ONLY(LEAVE_RETURN) : ALL_OPTIONS) &
			     (loops && site->frame != FRAME_GOTO && site->frame != FRAME_GOTO_TEST ?
			      ALL_OPTIONS : ~ONLY(LEAVE_BREAK)));
	site->result_kind = choose(choices, DIMENSION_RESULT, where,
				   site->fault ? ONLY(RESULT_INT) | ONLY(RESULT_LONG) :
				   group->private == PRIVATE_STRUCT ? ALL_OPTIONS :
				   ~ONLY(RESULT_MEMBER));
	site->range = choose(choices, DIMENSION_RANGE, where,
			     site->fault || loops || statement_loops(site) ?
			     ONLY(RANGE_PARAMETERS) | ONLY(RANGE_SIDE_EFFECT) : ALL_OPTIONS);
	site->limit = choose(choices, DIMENSION_LIMIT, where, ALL_OPTIONS);
	site->vma = choose(choices, DIMENSION_VMA, where,
			   site->fault ? ONLY(VMA_PARAMETER) : ALL_OPTIONS);
	site->between = choose(choices, DIMENSION_BETWEEN, where, ALL_OPTIONS);
	site->locals = choose(choices, DIMENSION_LOCALS, where,
			      (site->range == RANGE_ARGS_POINTER ? ~ONLY(LOCALS_ARGS) : ALL_OPTIONS) &
			      (loops ? ALL_OPTIONS : ~ONLY(LOCALS_SHADOWED)));
	site->read_back = choose(choices, DIMENSION_READ_BACK, where,
				 statement_loops(site) ? ONLY(READ_BACK_NOTHING) :
				 group->plain_error ? ONLY(READ_BACK_NOTHING) |
				 ONLY(READ_BACK_MIGRATED) : ALL_OPTIONS);
	site->error_test = choose(choices, DIMENSION_ERROR_TEST, where, group->plain_error ?
				  ONLY(ERROR_TEST_EQUAL) | ONLY(ERROR_TEST_MASK) |
				  ONLY(ERROR_TEST_NOT_EQUAL) | ONLY(ERROR_TEST_SWAPPED) :
				  ALL_OPTIONS);
	if (!loops || site->frame == FRAME_GOTO || site->frame == FRAME_GOTO_TEST ||
	    site->result_kind == RESULT_MEMBER)
		passed &= ~ONLY(PASSED_PER_CALL);
	if (site->result_kind == RESULT_MEMBER)
		passed &= ~(ONLY(PASSED_MEMBER) | ONLY(PASSED_FUNCTION));
	/* C does not say which of two arguments is evaluated first: one may have side effects. */
	if (site->range == RANGE_SIDE_EFFECT || group->reach == REACH_CONDITIONAL)
		passed &= ~(ONLY(PASSED_FUNCTION) | ONLY(PASSED_CONDITIONAL));
	site->passed = choose(choices, DIMENSION_PASSED, where, passed);
}

static void choose_site(struct site *site, struct choices *choices)
{
	static const char *const results[] = {
		[RESULT_INT] = "ret", [RESULT_LONG] = "rc", [RESULT_STATIC] = "last",
		[RESULT_MEMBER] = "move.status", [RESULT_POINTER] = "*result",
	};
	const struct group *group = site->group;
	char where[NAME_SIZE];

	snprintf(where, sizeof(where), "site %u", site->number);
	snprintf(site->name, sizeof(site->name), site->fault ? "@_migrate_to_ram" : "@_site%u",
		 site->number);
	site->frame = choose(choices, DIMENSION_FRAME, where,
			     site->fault ? ONLY(FRAME_ONE) :
			     group->walk == WALK_SINGLE ?
			     ONLY(FRAME_ONE) | ONLY(FRAME_PER_PAGE) : ALL_OPTIONS);
	site->one_page = site->fault || group->walk == WALK_SINGLE ||
			 site->frame == FRAME_PER_PAGE ||
			 (site->frame == FRAME_ONE && !choose_number(choices, where, 4));
	snprintf(where, sizeof(where), "site %u pages", site->number);
	site->max_pages = site->one_page ? 1 : 2 + choose_number(choices, where, 7);
	snprintf(where, sizeof(where), "site %u", site->number);
	choose_context(site, choices, where);
	choose_place(site, choices, where);
	choose_arrays(site, choices, where);
	choose_values(site, choices, where);
	site->result = results[site->result_kind];
}

static void choose_callbacks(struct group *group, const struct driver *driver,
			     struct choices *choices, const char *where)
{
	const struct group *first = &driver->group[0];

	group->linkage = choose(choices, DIMENSION_LINKAGE, where,
				group->object == OBJECT_FIRST ?
				ONLY(LINKAGE_PROTOTYPES) | ONLY(LINKAGE_EXTERN_PROTOTYPES) :
				ALL_OPTIONS);
	group->names = choose(choices, DIMENSION_NAMES, where,
			      group->number ? ~ONLY(NAMES_MEMBERS) : ALL_OPTIONS);
	group->plain_error = driver->errors == ERRORS_PLAIN && group->number ==
			     choose_number(choices, "plain error", driver->group_count);
	group->walk = choose(choices, DIMENSION_WALK, where,
			     driver->sizes == SIZES_ONE_PAGE || group->plain_error ?
			     ONLY(WALK_SINGLE) : ALL_OPTIONS);
	group->exit = choose(choices, DIMENSION_EXIT, where,
			     group->walk == WALK_SINGLE ? ONLY(EXIT_RETURN) | ONLY(EXIT_GOTO) :
			     ALL_OPTIONS);
	group->work = choose(choices, DIMENSION_WORK, where, ALL_OPTIONS);
	group->error = choose(choices, DIMENSION_ERROR, where, group->plain_error ?
			      ONLY(ERROR_TESTED) : driver->errors == ERRORS_PLAIN ?
			      ONLY(ERROR_NONE) : ALL_OPTIONS);
	group->error_form = choose(choices, DIMENSION_ERROR_FORM, where, group->plain_error ?
				   ONLY(ERROR_FORM_PLAIN) : ALL_OPTIONS);
	group->finalize = choose(choices, DIMENSION_FINALIZE, where,
				 group->error == ERROR_IN_FINALIZE ? ONLY(FINALIZE_COUNT) :
				 group->number && first->private == group->private ? ALL_OPTIONS :
				 ~ONLY(FINALIZE_SHARED));
	group->doubt = choose(choices, DIMENSION_DOUBT, where, ALL_OPTIONS);
	group->elsewhere = choose(choices, DIMENSION_ELSEWHERE, where,
				  group->fault || group->finalize == FINALIZE_SHARED ||
				  driver->files == FILES_SPLIT ?
				  ONLY(ELSEWHERE_NONE) : ALL_OPTIONS);
	group->device_flag = choose(choices, DIMENSION_DEVICE_FLAG, where,
				    group->direction == DIRECTION_TO_RAM ?
				    ONLY(DEVICE_FLAG_NONE) | ONLY(DEVICE_FLAG_TESTED) : ALL_OPTIONS);
	group->locked_flag = choose(choices, DIMENSION_LOCKED_FLAG, where, ALL_OPTIONS);
	group->evidence = choose(choices, DIMENSION_EVIDENCE, where, ALL_OPTIONS);
}

static void name_group(struct group *group, const struct driver *driver)
{
	static const char *const labels[] = { "up", "load", "push", "fault" };
	const char *label = labels[group->fault ? 3 : group->number];

	snprintf(group->object_name, NAME_SIZE, "@_%s_ops", label);
	snprintf(group->other_name, NAME_SIZE, "@_%s_quiet_ops", label);
	snprintf(group->wrapper_name, NAME_SIZE, "@_%s_range", label);
	if (group->names == NAMES_MEMBERS) {
		snprintf(group->alloc_name, NAME_SIZE, "alloc_and_copy");
		snprintf(group->finalize_name, NAME_SIZE, "finalize_and_map");
	} else {
		snprintf(group->alloc_name, NAME_SIZE,
			 group->names == NAMES_OTHER ? "@_%s_fill" : "@_%s_alloc_and_copy", label);
		snprintf(group->finalize_name, NAME_SIZE,
			 group->names == NAMES_OTHER ? "@_%s_done" : "@_%s_finalize_and_map", label);
	}
	if (group->finalize == FINALIZE_SHARED)
		memcpy(group->finalize_name, driver->group[0].finalize_name, NAME_SIZE);
}

static void choose_group(struct group *group, struct driver *driver, unsigned int *sites)
{
	struct choices *choices = driver->choices;
	char where[NAME_SIZE];
	unsigned long reaches = ALL_OPTIONS;
	unsigned int i;

	snprintf(where, sizeof(where), "group %u", group->number);
	group->direction = group->fault ? DIRECTION_TO_RAM :
			   choose(choices, DIMENSION_DIRECTION, where,
				  group->number ? ALL_OPTIONS : ONLY(DIRECTION_TO_DEVICE));
	group->site_count = group->fault ? 1 : 1 + choose(choices, DIMENSION_SITES, where,
							  ALL_OPTIONS);
	/* Without a name no other function and no other file could use the object. */
	if (driver->files == FILES_SPLIT ||
	    (driver->either != EITHER_NONE && (!group->number || group->fault)))
		reaches = ~ONLY(REACH_LITERAL);
	/* A function around the call of a fault handler would have to get the page that faulted. */
	group->reach = choose(choices, DIMENSION_REACH, where, group->fault ?
			      ~(ONLY(REACH_WRAPPER) | ONLY(REACH_EXPORTED_WRAPPER) |
				ONLY(REACH_MAYBE_NULL)) & reaches : reaches);
	group->object = choose(choices, DIMENSION_OBJECT, where,
			       driver->files == FILES_SPLIT ? ONLY(OBJECT_EXTERN) :
			       group->reach == REACH_LITERAL ? ONLY(OBJECT_STATIC_CONST) :
			       group->site_count == 1 && group->reach == REACH_DIRECT &&
			       (driver->either == EITHER_NONE || (group->number && !group->fault)) ?
			       ALL_OPTIONS : ~ONLY(OBJECT_IN_FUNCTION));
	group->comma = choose(choices, DIMENSION_COMMA, where, ALL_OPTIONS);
	group->private = choose(choices, DIMENSION_PRIVATE, where, ALL_OPTIONS);
	group->access = choose(choices, DIMENSION_ACCESS, where,
			       group->private == PRIVATE_STRUCT ? ALL_OPTIONS :
			       group->private == PRIVATE_INT ?
			       ONLY(ACCESS_FIRST_LINE) | ONLY(ACCESS_CASTS) :
			       ONLY(ACCESS_FIRST_LINE));
	choose_callbacks(group, driver, choices, where);
	name_group(group, driver);
	for (i = 0; i < group->site_count; i++) {
		group->site[i].group = group;
		group->site[i].fault = group->fault;
		group->site[i].number = (*sites)++;
		group->site[i].driver_guard = driver->guard;
		choose_site(&group->site[i], choices);
	}
}

void driver_choose(struct driver *driver, struct choices *choices)
{
	static const char *const names[] = { "ferry", "gpu0", "npu", "hopper_dmem", "x" };
	unsigned int sites = 0, i;

	memset(driver, 0, sizeof(*driver));
	driver->choices = choices;
	driver->name = names[choose_number(choices, "name", sizeof(names) / sizeof(*names))];
	driver->owner = choose(choices, DIMENSION_OWNER, "", ALL_OPTIONS);
	driver->guard = choose(choices, DIMENSION_GUARD, "", ALL_OPTIONS);
	/* The arm for later releases needs the kernel's struct. */
	driver->taken = choose(choices, DIMENSION_TAKEN, "", driver->guard == GUARD_TWO_APIS ?
			       ~ONLY(TAKEN_OWN_STRUCT) : ALL_OPTIONS);
	driver->decoy = choose(choices, DIMENSION_DECOY, "", ALL_OPTIONS);
	driver->fault = choose(choices, DIMENSION_FAULT, "", ALL_OPTIONS);
	driver->files = choose(choices, DIMENSION_FILES, "", driver->guard == GUARD_WHOLE_FILE ?
			       ONLY(FILES_ONE) : ALL_OPTIONS);
	driver->dual = choose(choices, DIMENSION_DUAL, "", driver->guard == GUARD_TWO_APIS &&
			      driver->files != FILES_ONE && driver->files != FILES_NEIGHBOUR ?
			      ALL_OPTIONS : ONLY(DUAL_SOURCE));
	driver->refused = choose(choices, DIMENSION_REFUSED, "", driver->files == FILES_SPLIT ?
				 ONLY(REFUSED_NOTHING) : ALL_OPTIONS);
	driver->errors = choose(choices, DIMENSION_ERRORS, "", ALL_OPTIONS);
	driver->sizes = choose(choices, DIMENSION_SIZES, "", ALL_OPTIONS);
	driver->either = choose(choices, DIMENSION_EITHER, "", ALL_OPTIONS);
	driver->group_count = 2 + (unsigned int)choose(choices, DIMENSION_GROUPS, "", ALL_OPTIONS);
	for (i = 0; i < driver->group_count; i++) {
		driver->group[i].number = i;
		driver->group[i].fault = i + 1 == driver->group_count;
		choose_group(&driver->group[i], driver, &sites);
	}
}

void driver_layout(const struct driver *driver, struct text *text)
{
	struct choices *choices = driver->choices;

	text->name = driver->name;
	text->choices = choices;
	text->spaces = choose(choices, DIMENSION_INDENT, "", ALL_OPTIONS) == INDENT_4_SPACES;
	text->allman = choose(choices, DIMENSION_BRACES, "", ALL_OPTIONS) == BRACES_ALLMAN;
	text->crlf = choose(choices, DIMENSION_ENDING, "", ALL_OPTIONS) == ENDING_CRLF;
	text->comments = choose(choices, DIMENSION_COMMENTS, "", ALL_OPTIONS);
	text->call_layout = choose(choices, DIMENSION_CALL_LAYOUT, "", ALL_OPTIONS);
}
