// SPDX-License-Identifier: GPL-2.0-only
#include <limits.h>
#include <stdbool.h>

#include "diff.h"

#define TAB_WIDTH 8
#define BLANK INT_MAX

/* Columns before the first character of a line, or BLANK. */
static int indentation(const struct diff_text *side, size_t line)
{
	const char *at = side->text + side->starts[line];
	const char *end = side->text + side->starts[line + 1];
	int columns = 0;

	for (; at < end; at++) {
		if (*at == ' ')
			columns++;
		else if (*at == '\t')
			columns += TAB_WIDTH - columns % TAB_WIDTH;
		else if (*at == '\n' || *at == '\r')
			return BLANK;
		else
			return columns;
	}
	return BLANK;
}

/*
 * How bad it is to cut the text before a line.  Best is the end of the text, then a place behind
 * an empty line; of those, one where the text is indented least.
 */
static int cut_cost(const struct diff_text *side, size_t line)
{
	int here, cost;

	if (line >= side->count || !line)
		return 0;
	here = indentation(side, line);
	if (here == BLANK) {
		/* The empty line belongs to what is before it. */
		for (size_t i = line; i < side->count && here == BLANK; i++)
			here = indentation(side, i);
		return here == BLANK ? 2 : 4 * here + 3;
	}
	cost = 4 * here;
	if (indentation(side, line - 1) != BLANK)
		cost += 6;
	/* A closing brace ends what is before it. */
	if (side->text[side->starts[line]] == '}')
		cost += 4;
	return cost;
}

/* Finds the place for a block that only comes or only goes. */
static void slide(struct diff_change *change, const struct diff_text *side, size_t start,
		  size_t count, size_t room_before, size_t room_behind)
{
	size_t first = start, last = start, best = start;
	int best_cost = INT_MAX;

	while (start - first < room_before && first > 0 &&
	       side->ids[first - 1] == side->ids[first - 1 + count])
		first--;
	while (last - start < room_behind && last + count < side->count &&
	       side->ids[last] == side->ids[last + count])
		last++;
	for (size_t at = first; at <= last; at++) {
		int cost = cut_cost(side, at) + cut_cost(side, at + count);

		if (cost <= best_cost) {
			best = at;
			best_cost = cost;
		}
	}
	change->old_line += best - start;
	change->new_line += best - start;
}

/* Return: whether the lines [@start, @start + @count) may move by @distance towards the end. */
static bool can_move_down(const struct diff_text *side, size_t start, size_t count,
			  size_t distance)
{
	for (size_t i = 0; i < distance; i++)
		if (side->ids[start + i] != side->ids[start + i + count])
			return false;
	return true;
}

/* Two blocks that come, or two that go, are one where one of them can move to the other. */
static bool join(const struct diff *diff, struct diff_change *first,
		 const struct diff_change *second)
{
	bool comes = !first->old_count && !second->old_count;
	bool goes = !first->new_count && !second->new_count;
	const struct diff_text *side = comes ? &diff->new : &diff->old;
	size_t start = comes ? first->new_line : first->old_line;
	size_t count = comes ? first->new_count : first->old_count;
	size_t second_start = comes ? second->new_line : second->old_line;
	size_t second_count = comes ? second->new_count : second->old_count;
	size_t distance = second_start - start - count;

	if (!comes && !goes)
		return false;
	if (can_move_down(side, start, count, distance)) {
		first->old_line += distance;
		first->new_line += distance;
	} else if (!can_move_down(side, start + count, second_count, distance)) {
		return false;
	}
	first->old_count += second->old_count;
	first->new_count += second->new_count;
	return true;
}

static void join_changes(struct diff *diff)
{
	size_t kept = 0;

	for (size_t i = 0; i < diff->count; i++) {
		diff->changes[kept++] = diff->changes[i];
		while (kept > 1 &&
		       join(diff, &diff->changes[kept - 2], &diff->changes[kept - 1]))
			kept--;
	}
	diff->count = kept;
}

void diff_slide(struct diff *diff)
{
	join_changes(diff);
	for (size_t i = 0; i < diff->count; i++) {
		struct diff_change *change = &diff->changes[i];
		const struct diff_change *before = i ? change - 1 : NULL;
		size_t behind = i + 1 < diff->count ? change[1].old_line : diff->old.count;
		size_t room_before = change->old_line, room_behind;

		/* One unchanged line stays between two changes. */
		if (before)
			room_before -= before->old_line + before->old_count + 1;
		room_behind = behind - change->old_line - change->old_count;
		if (i + 1 < diff->count)
			room_behind--;

		if (!change->old_count)
			slide(change, &diff->new, change->new_line, change->new_count,
			      room_before, room_behind);
		else if (!change->new_count)
			slide(change, &diff->old, change->old_line, change->old_count,
			      room_before, room_behind);
	}
}
