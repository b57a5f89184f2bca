// SPDX-License-Identifier: GPL-2.0-only
/*
 * The algorithm of E. Myers, "An O(ND) difference algorithm and its variations" (1986), in the
 * variant that needs linear space: find a point in the middle of a shortest edit, and do the same
 * before and behind it.
 */
#include "diff.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "memory.h"

/* A shortest edit that is longer than this is not looked for; one near it is taken. */
#define COST_MAX 1024

/*
 * Lines are numbered here without those that only one text has: they are changed anyway, and a
 * text where most lines change is compared as fast as one where few do.
 */
struct work {
	uint32_t *old;		/* ids */
	uint32_t *new;
	size_t *old_line;	/* where they are in the text */
	size_t *new_line;
	bool *old_changed;	/* by line of the text */
	bool *new_changed;
	long *forward;		/* furthest old line on each diagonal, from the start */
	long *backward;		/* nearest old line on each diagonal, from the end */
};

struct box {
	long old_start, old_end, new_start, new_end;
};

struct point {
	long old, new;
};

static struct point point_on(long diagonal, long old)
{
	return (struct point){ .old = old, .new = old - diagonal };
}

/* The diagonal whose forward path got furthest when the search is given up. */
static struct point furthest(const struct work *work, const struct box *box, long low, long high)
{
	struct point best = { box->old_start, box->new_start };

	for (long k = low; k <= high; k += 2) {
		struct point point = point_on(k, work->forward[k]);

		if (point.old > box->old_end || point.new > box->new_end)
			continue;
		if (point.old + point.new > best.old + best.new)
			best = point;
	}
	return best;
}

/* The point lies between the corners of @box; when the search is given up it may be the first. */
static struct point find_middle(const struct work *work, const struct box *box)
{
	long first = box->old_start - box->new_start, last = box->old_end - box->new_end;
	long lowest = box->old_start - box->new_end, highest = box->old_end - box->new_start;
	long low = first, high = first, back_low = last, back_high = last;
	bool odd = (first - last) & 1;

	work->forward[first] = box->old_start;
	work->backward[last] = box->old_end;
	for (long cost = 1;; cost++) {
		if (low > lowest)
			work->forward[--low - 1] = -1;
		else
			low++;
		if (high < highest)
			work->forward[++high + 1] = -1;
		else
			high--;
		for (long k = high; k >= low; k -= 2) {
			long old = work->forward[k - 1] >= work->forward[k + 1] ?
					   work->forward[k - 1] + 1 : work->forward[k + 1];

			while (old < box->old_end && old - k < box->new_end &&
			       work->old[old] == work->new[old - k])
				old++;
			work->forward[k] = old;
			if (odd && back_low <= k && k <= back_high && work->backward[k] <= old)
				return point_on(k, old);
		}

		if (back_low > lowest)
			work->backward[--back_low - 1] = box->old_end + 1;
		else
			back_low++;
		if (back_high < highest)
			work->backward[++back_high + 1] = box->old_end + 1;
		else
			back_high--;
		for (long k = back_high; k >= back_low; k -= 2) {
			long old = work->backward[k - 1] < work->backward[k + 1] ?
					   work->backward[k - 1] : work->backward[k + 1] - 1;

			while (old > box->old_start && old - k > box->new_start &&
			       work->old[old - 1] == work->new[old - k - 1])
				old--;
			work->backward[k] = old;
			if (!odd && low <= k && k <= high && old <= work->forward[k])
				return point_on(k, old);
		}
		if (cost >= COST_MAX)
			return furthest(work, box, low, high);
	}
}

static void compare(const struct work *work, struct box box)
{
	struct point middle;

	while (box.old_start < box.old_end && box.new_start < box.new_end &&
	       work->old[box.old_start] == work->new[box.new_start]) {
		box.old_start++;
		box.new_start++;
	}
	while (box.old_start < box.old_end && box.new_start < box.new_end &&
	       work->old[box.old_end - 1] == work->new[box.new_end - 1]) {
		box.old_end--;
		box.new_end--;
	}
	if (box.old_start < box.old_end && box.new_start < box.new_end) {
		middle = find_middle(work, &box);
		if (middle.old + middle.new > box.old_start + box.new_start &&
		    middle.old + middle.new < box.old_end + box.new_end) {
			compare(work, (struct box){ box.old_start, middle.old,
						    box.new_start, middle.new });
			compare(work, (struct box){ middle.old, box.old_end,
						    middle.new, box.new_end });
			return;
		}
	}
	for (long i = box.old_start; i < box.old_end; i++)
		work->old_changed[work->old_line[i]] = true;
	for (long i = box.new_start; i < box.new_end; i++)
		work->new_changed[work->new_line[i]] = true;
}

static void split(struct diff_text *side, const char *text, size_t size)
{
	const char *at = text, *end = text + size;
	size_t capacity = 0, count = 0;

	side->text = text;
	side->size = size;
	side->starts = grow(NULL, 0, &capacity, sizeof(*side->starts));
	while (at < end) {
		const char *newline = memchr(at, '\n', (size_t)(end - at));

		side->starts[count++] = (size_t)(at - text);
		side->starts = grow(side->starts, count, &capacity, sizeof(*side->starts));
		at = newline ? newline + 1 : end;
	}
	side->starts[count] = size;
	side->count = count;
	side->ids = xmalloc(count * sizeof(*side->ids));
}

struct line {
	const char *text;
	size_t size;
	uint32_t id;
};

struct line_table {
	struct line *slots;
	size_t mask;
	uint32_t used;
};

static uint32_t line_id(struct line_table *table, const char *text, size_t size)
{
	uint64_t hash = 0xcbf29ce484222325u;
	size_t slot;

	for (size_t i = 0; i < size; i++)
		hash = (hash ^ (unsigned char)text[i]) * 0x100000001b3u;
	for (slot = (hash ^ hash >> 32) & table->mask; table->slots[slot].text;
	     slot = (slot + 1) & table->mask)
		if (table->slots[slot].size == size &&
		    !memcmp(table->slots[slot].text, text, size))
			return table->slots[slot].id;
	table->slots[slot] = (struct line){ text, size, table->used };
	return table->used++;
}

static void number_lines(struct diff *diff)
{
	struct diff_text *sides[] = { &diff->old, &diff->new };
	size_t slots = 64;
	struct line_table table = { 0 };

	while (slots < 2 * (diff->old.count + diff->new.count))
		slots *= 2;
	table.mask = slots - 1;
	table.slots = xmalloc(slots * sizeof(*table.slots));
	memset(table.slots, 0, slots * sizeof(*table.slots));
	for (size_t i = 0; i < 2; i++)
		for (size_t line = 0; line < sides[i]->count; line++)
			sides[i]->ids[line] = line_id(
				&table, sides[i]->text + sides[i]->starts[line],
				sides[i]->starts[line + 1] - sides[i]->starts[line]);
	free(table.slots);
}

static void collect(struct diff *diff, const struct work *work)
{
	size_t old = 0, new = 0, capacity = 0;

	while (old < diff->old.count || new < diff->new.count) {
		struct diff_change change = { .old_line = old, .new_line = new };

		while (old < diff->old.count && work->old_changed[old])
			old++;
		while (new < diff->new.count && work->new_changed[new])
			new++;
		change.old_count = old - change.old_line;
		change.new_count = new - change.new_line;
		if (change.old_count || change.new_count) {
			diff->changes = grow(diff->changes, diff->count, &capacity,
					     sizeof(*diff->changes));
			diff->changes[diff->count++] = change;
		}
		old++;
		new++;
	}
}

/* Return: how many lines of @side are also in the other text; the rest is marked as changed. */
static long keep_common(const struct diff_text *side, const bool *in_other, uint32_t *ids,
			size_t *lines, bool *changed)
{
	long kept = 0;

	for (size_t line = 0; line < side->count; line++) {
		if (in_other[side->ids[line]]) {
			ids[kept] = side->ids[line];
			lines[kept++] = line;
		} else {
			changed[line] = true;
		}
	}
	return kept;
}

static void *zeroed(size_t count, size_t size)
{
	return memset(xmalloc(count * size), 0, count * size);
}

static void find_changes(struct diff *diff, struct work *work)
{
	size_t lines = diff->old.count + diff->new.count;
	bool *in_old = zeroed(lines, sizeof(bool)), *in_new = zeroed(lines, sizeof(bool));
	/* Diagonals run from -new.count to old.count, and one more is looked at on each side. */
	long *diagonals = xmalloc(2 * (lines + 3) * sizeof(*diagonals));
	struct box box = { 0 };

	for (size_t line = 0; line < diff->old.count; line++)
		in_old[diff->old.ids[line]] = true;
	for (size_t line = 0; line < diff->new.count; line++)
		in_new[diff->new.ids[line]] = true;
	work->old = xmalloc(lines * sizeof(*work->old));
	work->new = work->old + diff->old.count;
	work->old_line = xmalloc(lines * sizeof(*work->old_line));
	work->new_line = work->old_line + diff->old.count;
	box.old_end = keep_common(&diff->old, in_new, work->old, work->old_line,
				  work->old_changed);
	box.new_end = keep_common(&diff->new, in_old, work->new, work->new_line,
				  work->new_changed);

	work->forward = diagonals + diff->new.count + 1;
	work->backward = work->forward + lines + 3;
	compare(work, box);
	free(in_old);
	free(in_new);
	free(work->old);
	free(work->old_line);
	free(diagonals);
}

void diff_texts(struct diff *diff, const char *old, size_t old_size, const char *new,
		size_t new_size)
{
	struct work work = { 0 };

	memset(diff, 0, sizeof(*diff));
	split(&diff->old, old, old_size);
	split(&diff->new, new, new_size);
	number_lines(diff);
	work.old_changed = zeroed(diff->old.count + diff->new.count, sizeof(bool));
	work.new_changed = work.old_changed + diff->old.count;
	find_changes(diff, &work);
	collect(diff, &work);
	diff_slide(diff);
	free(work.old_changed);
}

void diff_release(struct diff *diff)
{
	free(diff->old.starts);
	free(diff->old.ids);
	free(diff->new.starts);
	free(diff->new.ids);
	free(diff->changes);
	memset(diff, 0, sizeof(*diff));
}
