// SPDX-License-Identifier: GPL-2.0-only
/*
 * Makes a driver wrong: drops, doubles or moves one statement of the protocol.
 *
 *	mutate FILE		how many ways there are, one a line: number, line, what is done
 *	mutate FILE NUMBER	the driver with that change
 *
 * A statement belongs to the protocol when it calls one of the steps, locks, unlocks, takes or gives
 * back a page, writes to dst, or waits or unmaps for a copy; and so does a member that is set in an
 * initialiser of a struct migrate_vma or struct dev_pagemap.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../porting-tool/edit/edit.h"
#include "../../porting-tool/memory.h"
#include "../../porting-tool/syntax/syntax.h"

static const char *const protocol[] = {
	"migrate_vma_setup", "migrate_vma_pages", "migrate_vma_finalize", "migrate_device_range",
	"migrate_device_pages", "migrate_device_finalize", "migrate_pfn", "lock_page",
	"unlock_page", "put_page", "get_page", "__free_page", "zone_device_page_init",
	"mmap_read_lock", "mmap_read_unlock", "copy_highpage", "clear_highpage",
	"wait_for_completion", "dma_unmap_page", "dma_fence_wait", "memremap_pages",
};

static const char *const members[] = {
	"vma", "start", "end", "src", "dst", "pgmap_owner", "flags", "fault_page", "owner",
	"nr_range", "type", "ops",
};

enum change { DROP, DOUBLE, MOVE };

static const char *const changes[] = { "drop", "double", "move down" };

struct mutator {
	const struct syntax *syntax;
	struct edits edits;
	long wanted;
	long count;
	bool list;
};

static bool is_one_of(const struct syntax *syntax, uint32_t token, const char *const *names,
		      size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (code_is(syntax, token, names[i]))
			return true;
	return false;
}

static bool writes_dst(const struct syntax *syntax, const struct node *node)
{
	for (uint32_t i = node->first; i < node->last; i++) {
		if (code_is(syntax, i, "="))
			return false;
		if (code_is(syntax, i, "dst"))
			return true;
	}
	return false;
}

static bool is_protocol(const struct syntax *syntax, const struct node *node)
{
	if (node->kind != NODE_EXPRESSION)
		return false;
	for (uint32_t i = node->first; i <= node->last; i++)
		if (is_one_of(syntax, i, protocol, sizeof(protocol) / sizeof(*protocol)))
			return true;
	return writes_dst(syntax, node);
}

static const char *text_of(const struct syntax *syntax, uint32_t first, uint32_t last)
{
	return code_text(syntax, first, last);
}

static bool take(struct mutator *mutator, uint32_t token, enum change change)
{
	const struct syntax *syntax = mutator->syntax;
	bool wanted = ++mutator->count == mutator->wanted;

	if (mutator->list) {
		size_t line = source_line(syntax->source, code_start(syntax, token));

		printf("%ld\t%zu\t%s\t%.*s\n", mutator->count, line + 1, changes[change],
		       (int)(source_line_end(syntax->source, line) -
			     syntax->source->lines[line]),
		       syntax->source->text + syntax->source->lines[line]);
	}
	return wanted;
}

static void mutate_statement(struct mutator *mutator, const struct node *node)
{
	const struct syntax *syntax = mutator->syntax;
	uint32_t start = code_start(syntax, node->first), end = code_end(syntax, node->last);
	const char *text = text_of(syntax, node->first, node->last);
	const struct node *next = node->next;

	if (take(mutator, node->first, DROP))
		edit_replace(&mutator->edits, start, end, ";");
	if (node->parent->kind != NODE_COMPOUND)
		return;
	if (take(mutator, node->first, DOUBLE))
		edit_insert(&mutator->edits, end, arena_printf(syntax->arena, " %s", text));
	if (!next || (next->kind != NODE_EXPRESSION && next->kind != NODE_IF) ||
	    !take(mutator, node->first, MOVE))
		return;
	edit_replace(&mutator->edits, start, end, ";");
	edit_insert(&mutator->edits, code_end(syntax, next->last),
		    arena_printf(syntax->arena, " %s", text));
}

/* ".flags = MIGRATE_VMA_SELECT_SYSTEM," in an initialiser */
static void mutate_members(struct mutator *mutator)
{
	const struct syntax *syntax = mutator->syntax;

	for (uint32_t i = 1; i + 2 < syntax->code.count; i++) {
		uint32_t last = i + 1;

		if (!code_is(syntax, i - 1, ".") || !code_is(syntax, i + 1, "=") ||
		    (!code_is(syntax, i - 2, "{") && !code_is(syntax, i - 2, ",")) ||
		    !is_one_of(syntax, i, members, sizeof(members) / sizeof(*members)))
			continue;
		while (!code_is(syntax, last, ",") && !code_is(syntax, last, "}"))
			last = (syntax->match[last] > last ? syntax->match[last] : last) + 1;
		if (code_is(syntax, last, ",") && take(mutator, i, DROP))
			edit_replace(&mutator->edits, code_start(syntax, i - 1),
				     code_end(syntax, last), "");
	}
}

int main(int count, char **arguments)
{
	struct arena arena = { 0 };
	struct mutator mutator = { .wanted = count > 2 ? atol(arguments[2]) : 0,
				   .list = count == 2 };
	struct source source;
	struct syntax syntax;
	size_t size, conflict;
	char *text = NULL;

	if (count < 2 || source_read(&source, arguments[1]) != SOURCE_OK) {
		fprintf(stderr, "usage: mutate FILE [NUMBER]\n");
		return 2;
	}
	syntax_parse(&syntax, &source, &arena);
	mutator.syntax = &syntax;
	for (const struct node *node = syntax.file; node; node = node_after(node, syntax.file))
		if (is_protocol(&syntax, node))
			mutate_statement(&mutator, node);
	mutate_members(&mutator);
	if (!mutator.list) {
		text = edits_apply(&mutator.edits, &source, &size, &conflict);
		if (text)
			fwrite(text, 1, size, stdout);
	}
	free(text);
	edits_release(&mutator.edits);
	syntax_release(&syntax);
	source_release(&source);
	arena_release(&arena);
	return 0;
}
