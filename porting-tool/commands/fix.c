// SPDX-License-Identifier: GPL-2.0-only
#include "fix.h"

#include <stdlib.h>
#include <string.h>

#include "edit/edit.h"
#include "memory.h"
#include "output.h"
#include "print/patch.h"
#include "print/patch_name.h"
#include "print/write.h"

/* Insertions at one place come one after the other; everything else has to keep apart. */
static bool meets(const struct fix *fix, const struct edits *edits)
{
	for (size_t i = 0; i < edits->count; i++) {
		const struct edit *edit = &edits->list[i];

		if (fix->start < edit->end && edit->start < fix->end)
			return true;
		if (fix->start == edit->start && (fix->end > fix->start || edit->end > edit->start))
			return true;
		if (fix->start == edit->start && !strcmp(fix->text, edit->text))
			return true;
	}
	return false;
}

static bool take_fix(const struct diagnostic *diagnostic, struct edits *edits)
{
	if (!diagnostic->fix)
		return false;
	for (const struct fix *fix = diagnostic->fix; fix; fix = fix->next)
		if (meets(fix, edits))
			return false;
	for (const struct fix *fix = diagnostic->fix; fix; fix = fix->next) {
		if (fix->end > fix->start)
			edit_replace(edits, fix->start, fix->end, fix->text);
		else
			edit_insert(edits, fix->start, fix->text);
	}
	return true;
}

static void fix_file(struct fixed_files *fixed, size_t index, const struct source *source,
		     const struct diagnostics *diagnostics)
{
	struct edits edits = { 0 };
	size_t taken = 0, size, conflict;
	char *text;

	for (size_t i = 0; i < diagnostics->count; i++)
		if (!strcmp(diagnostics->list[i].path, source->path))
			taken += take_fix(&diagnostics->list[i], &edits);
	text = taken ? edits_apply(&edits, source, &size, &conflict) : NULL;
	edits_release(&edits);
	if (text && source_set(&fixed->after.list[index], source->path, text, size) == SOURCE_OK) {
		fixed->changed[index] = true;
		fixed->fixes += taken;
		fixed->files++;
	}
	free(text);
}

void fix_files(struct fixed_files *fixed, const struct found_files *found,
	       const struct diagnostics *diagnostics)
{
	*fixed = (struct fixed_files){ .after = *found };
	fixed->after.list = xmalloc((found->count + 1) * sizeof(*found->list));
	fixed->changed = xmalloc(found->count + 1);
	for (size_t i = 0; i < found->count; i++) {
		fixed->after.list[i] = found->list[i];
		fixed->changed[i] = false;
		fix_file(fixed, i, &found->list[i], diagnostics);
	}
}

static bool print_fixed_diff(const struct fixed_files *fixed, const struct found_files *before,
			     bool colored)
{
	char *base = NULL;

	for (size_t i = 0; i < before->count; i++) {
		const struct source *old = &before->list[i], *new = &fixed->after.list[i];
		struct patch patch = { .old = old->text, .old_size = old->size,
				       .new = new->text, .new_size = new->size };
		char *name;

		if (!fixed->changed[i])
			continue;
		base = base ? base : patch_base(old->path);
		name = patch_name(old->path, base);
		patch.name = name;
		patch_print(stdout, &patch, colored);
		free(name);
	}
	free(base);
	return true;
}

bool fixed_files_write(const struct fixed_files *fixed, const struct found_files *before,
		       bool as_diff, bool colored, struct diagnostics *diagnostics)
{
	struct rewrite *files;
	size_t count = 0;
	bool good;

	if (as_diff)
		return print_fixed_diff(fixed, before, colored);
	files = xmalloc((before->count + 1) * sizeof(*files));
	for (size_t i = 0; i < before->count; i++) {
		const struct source *new = &fixed->after.list[i];

		/* What came from standard input goes on to standard output, changed or not. */
		if (!strcmp(before->list[i].path, "-"))
			fwrite(new->text, 1, new->size, stdout);
		else if (fixed->changed[i])
			files[count++] = (struct rewrite){ .source = &before->list[i],
							   .text = new->text, .size = new->size };
	}
	good = output_finish() && write_files(files, count, diagnostics);
	free(files);
	return good;
}

void fixed_files_release(struct fixed_files *fixed)
{
	for (size_t i = 0; i < fixed->after.count; i++)
		if (fixed->changed[i])
			source_release(&fixed->after.list[i]);
	free(fixed->after.list);
	free(fixed->changed);
}
