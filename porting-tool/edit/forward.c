// SPDX-License-Identifier: GPL-2.0-only
/*
 * Structs that a header has to declare before a prototype names them: else each is another type, in
 * that parameter list alone.  A header that declares none relies on what is included before it.
 */
#include "forward.h"

#include <string.h>

#include "analyse/includes.h"
#include "edit.h"
#include "lines.h"

/* Headers of the kernel that bring linux/mm_types.h in every release. */
static const char *const bringing[] = {
	"linux/mm_types.h", "linux/mm.h",     "linux/memremap.h", "linux/migrate.h", "linux/hmm.h",
	"linux/pagemap.h",  "linux/highmem.h", "linux/rmap.h",    "linux/swap.h",
	"linux/mmu_notifier.h", "linux/dma-mapping.h", "linux/fs.h", "linux/pci.h",
};

/* "struct tag;" */
static bool is_forward(const struct syntax *syntax, const struct node *node, const char *tag)
{
	return code_is(syntax, node->first, "struct") && node->last == node->first + 2 &&
	       (!tag || code_is(syntax, node->first + 1, tag)) && code_is(syntax, node->last, ";");
}

static bool is_inserted(const struct edits *edits, const char *text)
{
	for (size_t i = 0; i < edits->count; i++)
		if (strstr(edits->list[i].text, text))
			return true;
	return false;
}

void declare_in_header(struct unit *unit, const char *tag, uint32_t prototype)
{
	const struct syntax *syntax = &unit->syntax;
	const char *text = arena_printf(syntax->arena, "struct %s;\n", tag);
	const struct node *beside = NULL, *node = unit->syntax.file->child;

	if (!source_is_header(unit->source) || is_inserted(unit->edits, text))
		return;
	for (size_t i = 0; i < sizeof(bringing) / sizeof(*bringing); i++)
		if (unit_includes_kernel(unit, bringing[i]))
			return;
	for (; node && node->last < prototype; node = node->next) {
		if (is_forward(syntax, node, tag))
			return;
		if (is_forward(syntax, node, NULL))
			beside = node;
	}
	if (beside)
		edit_insert(unit->edits, line_top(unit->source, code_start(syntax, beside->first)), text);
}
