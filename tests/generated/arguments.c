// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a call gets, and the variables this takes.
 */
#include "arguments.h"

#include <stdio.h>
#include <string.h>

bool private_is_move(const struct site *site)
{
	return site->group->private == PRIVATE_STRUCT || site->group->private == PRIVATE_MAYBE;
}

const char *private_move(const struct site *site)
{
	return site->passed == PASSED_MEMBER || site->passed == PASSED_FUNCTION ?
		"request.move" : "move";
}

void arrays_write(const struct site *site, struct text *text)
{
	unsigned long n = site->max_pages;

	switch (site->arrays) {
	case ARRAYS_UNINITIALISED:
		text_line(text, "unsigned long src[%lu], dst[%lu];", n, n);
		break;
	case ARRAYS_HEAP:
		text_line(text, "unsigned long *src = kcalloc(%lu, sizeof(*src), GFP_KERNEL);", n);
		text_line(text, "unsigned long *dst = kcalloc(%lu, sizeof(*dst), GFP_KERNEL);", n);
		break;
	case ARRAYS_HALVES:
		text_line(text, "unsigned long *pfns = kcalloc(2 * %lu, sizeof(*pfns), GFP_KERNEL);",
			  n);
		break;
	case ARRAYS_MEMBERS:
		text_line(text, "struct @_words words = { { 0 }, { 0 } };");
		break;
	case ARRAYS_STATIC:
		text_line(text, "static unsigned long src[%lu];", n);
		text_line(text, "static unsigned long dst[%lu];", n);
		break;
	case ARRAYS_SCALARS:
		text_line(text, "unsigned long src = 0, dst = 0;");
		break;
	case ARRAYS_BARE_SCALARS:
		text_line(text, "unsigned long src, dst;");
		break;
	default:
		text_line(text, "unsigned long src[%lu] = { 0 };", n);
		text_line(text, "unsigned long dst[%lu] = {0};", n);
		break;
	}
}

/* An element of src or dst, as the site reads it. */
const char *array_element(const struct site *site, const char *array, const char *index,
			   char *room, size_t size)
{
	bool dst = array[0] == 'd';

	switch (site->arrays) {
	case ARRAYS_SCALARS:
	case ARRAYS_BARE_SCALARS:
		snprintf(room, size, "%s", array);
		break;
	case ARRAYS_HALVES:
		if (dst)
			snprintf(room, size, "pfns[%lu + %s]", site->max_pages, index);
		else
			snprintf(room, size, "pfns[%s]", index);
		break;
	case ARRAYS_MEMBERS:
		snprintf(room, size, "words.%s[%s]", array, index);
		break;
	default:
		snprintf(room, size, "%s[%s]", array, index);
		break;
	}
	return room;
}

static void fill_arrays(const struct site *site, struct arguments *arguments)
{
	const char *src = "src", *dst = "dst";

	switch (site->arrays) {
	case ARRAYS_SCALARS:
	case ARRAYS_BARE_SCALARS:
		src = "&src";
		dst = "&dst";
		break;
	case ARRAYS_MEMBERS:
		src = "words.src";
		dst = "words.dst";
		break;
	case ARRAYS_HALVES:
		snprintf(arguments->src, sizeof(arguments->src), "pfns");
		snprintf(arguments->dst, sizeof(arguments->dst),
			 site->number % 2 ? "&pfns[%lu]" : "pfns + %lu", site->max_pages);
		return;
	default:
		break;
	}
	snprintf(arguments->src, sizeof(arguments->src), "%s", src);
	snprintf(arguments->dst, sizeof(arguments->dst), "%s", dst);
}

static void fill_ops(const struct site *site, struct arguments *arguments)
{
	const struct group *group = site->group;

	switch (group->reach) {
	case REACH_MACRO:
		snprintf(arguments->ops, sizeof(arguments->ops), "RIG_OPS_%u", group->number);
		break;
	case REACH_POINTER:
	case REACH_MAYBE_NULL:
		snprintf(arguments->ops, sizeof(arguments->ops), "ops");
		break;
	case REACH_CONDITIONAL:
		snprintf(arguments->ops, sizeof(arguments->ops), "@.asked & 1 ? &%s : &%s",
			 group->object_name, group->other_name);
		break;
	case REACH_TABLE:
		snprintf(arguments->ops, sizeof(arguments->ops), "@_kinds%u[%u].ops", group->number,
			 site->number % 2);
		break;
	case REACH_LITERAL:
		snprintf(arguments->ops, sizeof(arguments->ops),
			 site->number % 2 ? "&(struct migrate_vma_ops){ %s, %s }" :
			 "&(const struct migrate_vma_ops){ .alloc_and_copy = %s, "
			 ".finalize_and_map = %s, }", group->alloc_name, group->finalize_name);
		break;
	default:
		snprintf(arguments->ops, sizeof(arguments->ops), "&%s", group->object_name);
		break;
	}
}

static void fill_private(const struct site *site, struct arguments *arguments)
{
	static const char *const passed[] = {
		[PASSED_ADDRESS] = "&move", [PASSED_POINTER] = "job", [PASSED_PER_CALL] = "&move",
		[PASSED_MEMBER] = "&request.move", [PASSED_FUNCTION] = "@_move_of(&request)",
		[PASSED_CONDITIONAL] = "rig_ask(&@, \"private\") ? &move : &other",
	};
	const char *format = "NULL";

	switch (site->group->private) {
	case PRIVATE_INT:
		format = "&failures";
		break;
	case PRIVATE_NUMBER:
		format = "(void *)%uUL";
		break;
	case PRIVATE_MAYBE:
		if (site->number % 2 && !site->fault)
			break;
		/* fall through */
	case PRIVATE_STRUCT:
		format = passed[site->passed];
		break;
	case PRIVATE_MIXED:
		format = site->number % 2 ? "&small" : "&move";
		break;
	default:
		break;
	}
	snprintf(arguments->private, sizeof(arguments->private), format, 40 + site->number);
}

static void fill_range(const struct site *site, struct arguments *arguments)
{
	const char *vma = "vma", *start = "start", *end = "end";

	if (site->fault) {
		vma = "vmf->vma";
		start = "vmf->address";
		end = "vmf->address + PAGE_SIZE";
	} else if (site->locals == LOCALS_SHADOWED) {
		/* Names of the block around the statement. */
	} else if (statement_loops(site)) {
		start = "addr";
		end = "min(end, addr + size)";
	} else if (site_loops(site)) {
		start = site->frame == FRAME_WHILE ? "start" : "addr";
		end = site->frame == FRAME_WHILE ? "start + size" :
		      site->frame == FRAME_PER_PAGE ? "addr + PAGE_SIZE" : "next";
	} else {
		start = range_start(site);
		end = range_end(site);
	}
	if (!site->fault && site->vma == VMA_FOUND)
		vma = "find_vma(current->mm, start)";
	else if (!site->fault && site->vma == VMA_MEMBER)
		vma = "where.vma";
	snprintf(arguments->vma, sizeof(arguments->vma), "%s", vma);
	snprintf(arguments->start, sizeof(arguments->start), "%s", start);
	if (site->range == RANGE_SIDE_EFFECT && !strstr(start, "rig_say"))
		snprintf(arguments->start, sizeof(arguments->start), "rig_say(&@, \"start\", %s)",
			 start);
	snprintf(arguments->end, sizeof(arguments->end), "%s", end);
}

void private_write(const struct site *site, struct text *text)
{
	const struct group *group = site->group;

	if (group->private == PRIVATE_INT) {
		text_line(text, "int failures = 0;");
		return;
	}
	if (group->private == PRIVATE_MIXED) {
		text_line(text, site->number % 2 ? "struct @_small small = { .asked = 1%u };" :
			  "struct @_move move = { .asked = 2%u };", site->number);
		return;
	}
	if (!private_is_move(site))
		return;
	if (group->private == PRIVATE_MAYBE && site->number % 2 && !site->fault)
		return;
	if (site->passed == PASSED_CONDITIONAL)
		text_line(text, "struct @_move other = { .asked = 88 };");
	if (site->passed == PASSED_MEMBER || site->passed == PASSED_FUNCTION)
		text_line(text, "struct @_request request = { .move = { .asked = %u } };",
			  site->number);
	else
		text_line(text, "struct @_move move = { .asked = %u };", site->number);
	if (site->passed == PASSED_POINTER)
		text_line(text, "struct @_move *job = &move;");
}

void arguments_fill(const struct site *site, struct arguments *arguments)
{
	fill_ops(site, arguments);
	fill_range(site, arguments);
	fill_arrays(site, arguments);
	fill_private(site, arguments);
}
