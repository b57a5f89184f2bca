// SPDX-License-Identifier: GPL-2.0-only
/*
 * Writes the callbacks of a group and its ops object.
 */
#include <stdio.h>
#include <string.h>

#include "driver.h"

/* The parameters of a callback, as this group calls them. */
struct names {
	const char *vma, *src, *dst, *start, *end, *private;
};

static const struct names usual_names = { "vma", "src", "dst", "start", "end", "private" };
static const struct names other_names = { "area", "src_pfns", "dst_pfns", "first", "outer", "cookie" };

static void write_head(struct text *text, const struct group *group, const struct names *names,
		       const char *function, bool finalize, const char *after)
{
	char head[128], parameter[6][64];
	const char *parameters[6];
	bool is_static = group->linkage == LINKAGE_STATIC || group->linkage == LINKAGE_PROTOTYPES;
	size_t i;

	snprintf(head, sizeof(head), "%svoid %s", is_static ? "static " : "", function);
	snprintf(parameter[0], sizeof(*parameter), "struct vm_area_struct *%s", names->vma);
	snprintf(parameter[1], sizeof(*parameter), "const unsigned long *%s", names->src);
	snprintf(parameter[2], sizeof(*parameter), "%sunsigned long *%s",
		 finalize ? "const " : "", names->dst);
	snprintf(parameter[3], sizeof(*parameter), "unsigned long %s", names->start);
	snprintf(parameter[4], sizeof(*parameter), "unsigned long %s", names->end);
	snprintf(parameter[5], sizeof(*parameter), "void *%s", names->private);
	for (i = 0; i < 6; i++)
		parameters[i] = parameter[i];
	text_function(text, head, parameters, 6, after);
}

/* The declaration by which a callback gets at what was passed to it. */
static void write_access(struct text *text, const struct group *group, const struct names *names,
			 bool finalize)
{
	if (group->private == PRIVATE_INT) {
		if (group->access == ACCESS_FIRST_LINE && !finalize)
			text_line(text, "int *count = %s;", names->private);
		return;
	}
	if (group->private != PRIVATE_STRUCT && group->private != PRIVATE_MAYBE)
		return;
	switch (group->access) {
	case ACCESS_FIRST_LINE:
		text_line(text, "struct @_move *move = %s;", names->private);
		break;
	case ACCESS_SECOND_LINE:
		text_line(text, "struct rig *rig = &@;");
		text_line(text, "struct @_move *move = %s;", names->private);
		break;
	case ACCESS_CAST_DECLARATION:
		text_line(text, "struct rig *rig = &@;");
		text_line(text, "struct @_move *move = (struct @_move *)%s;", names->private);
		break;
	case ACCESS_ASSIGNED:
		text_line(text, "struct @_move *move;");
		break;
	default:
		break;
	}
}

/* What has to follow the declarations. */
static void write_access_end(struct text *text, const struct group *group,
			     const struct names *names)
{
	if (group->private != PRIVATE_STRUCT)
		return;
	if (group->access == ACCESS_ASSIGNED)
		text_line(text, "move = %s;", names->private);
	if (group->access == ACCESS_SECOND_LINE || group->access == ACCESS_CAST_DECLARATION)
		text_line(text, "rig_note(rig, \"asked\", move->asked);");
}

/* Counts something in what was passed, or where the file can see it. */
static void write_bump(struct text *text, const struct group *group, const struct names *names,
		       const char *member)
{
	switch (group->private) {
	case PRIVATE_MAYBE:
		text_line(text, "if (move)");
		text->depth++;
		text_line(text, "move->%s++;", member);
		text->depth--;
		return;
	case PRIVATE_INT:
		if (!strcmp(member, "moved"))
			text_line(text, "@_moved++;");
		else if (group->access == ACCESS_FIRST_LINE)
			text_line(text, "(*count)++;");
		else
			text_line(text, "(*(int *)%s)++;", names->private);
		return;
	case PRIVATE_STRUCT:
		break;
	default:
		text_line(text, "@_%s++;", member);
		return;
	}
	switch (group->access) {
	case ACCESS_CASTS:
		text_line(text, "((struct @_move *)%s)->%s++;", names->private, member);
		break;
	case ACCESS_CAST_ARGUMENT:
		text_line(text, "@_count_%s((struct @_move *)%s);", member, names->private);
		break;
	case ACCESS_VOID_ARGUMENT:
		text_line(text, "@_count_%s(%s);", member, names->private);
		break;
	default:
		text_line(text, "move->%s++;", member);
		break;
	}
}

static const char *exit_statement(const struct group *group)
{
	static const char *const statements[] = {
		[EXIT_CONTINUE] = "continue;", [EXIT_RETURN] = "return;",
		[EXIT_GOTO] = "goto out;", [EXIT_BREAK] = "break;",
	};

	return statements[group->exit];
}

/* How the error gets into dst. */
static void write_error(struct text *text, const struct group *group, const char *dst)
{
	switch (group->error_form) {
	case ERROR_FORM_PARENTHESES:
		text_line(text, "%s = (MIGRATE_PFN_ERROR);", dst);
		break;
	case ERROR_FORM_OR:
		text_line(text, "%s |= MIGRATE_PFN_ERROR;", dst);
		break;
	case ERROR_FORM_VARIABLE:
		text_line(text, "unsigned long word = MIGRATE_PFN_ERROR;");
		text_blank(text);
		text_line(text, "%s = word;", dst);
		break;
	case ERROR_FORM_CONDITIONAL:
		text_line(text, "%s = rig_ask(&@, \"error\") ? MIGRATE_PFN_ERROR : 0;", dst);
		break;
	default:
		text_line(text, "%s = MIGRATE_PFN_ERROR;", dst);
		break;
	}
}

static void write_failure(struct text *text, const struct group *group, const struct names *names,
			  const char *dst, const char *leave)
{
	write_bump(text, group, names, "failed");
	if (group->error != ERROR_NONE)
		write_error(text, group, dst);
	text_line(text, "%s", leave);
	text_close(text, "");
}

static void write_destination(struct text *text, const struct group *group, const char *dst)
{
	const char *device = group->direction == DIRECTION_TO_DEVICE &&
			     (group->device_flag == DEVICE_FLAG_SET ||
			      group->device_flag == DEVICE_FLAG_BOTH) ?
			     " | MIGRATE_PFN_DEVICE" : "";

	switch (group->locked_flag) {
	case LOCKED_FLAG_LAST:
		text_line(text, "%s = migrate_pfn(page_to_pfn(dpage))%s | MIGRATE_PFN_LOCKED;", dst,
			  device);
		break;
	case LOCKED_FLAG_FIRST:
		text_line(text, "%s = MIGRATE_PFN_LOCKED%s | migrate_pfn(page_to_pfn(dpage));", dst,
			  device);
		break;
	default:
		text_line(text, "%s = migrate_pfn(page_to_pfn(dpage))%s;", dst, device);
		text_line(text, "%s |= MIGRATE_PFN_LOCKED;", dst);
		break;
	}
	/* Beside MIGRATE_PFN_VALID it meant nothing. */
	if (group->doubt == DOUBT_ERROR) {
		text_line(text, "if (rig_ask(&@, \"doubt\"))");
		text->depth++;
		text_line(text, "%s |= MIGRATE_PFN_ERROR;", dst);
		text->depth--;
	}
}

/* One page of a range: the lines are the same in all kinds of walks. */
static void write_page(struct text *text, const struct group *group, const struct names *names,
		       const char *src, const char *dst, const char *addr)
{
	const char *next = group->walk == WALK_SINGLE ? "return;" : "continue;";
	bool flag = group->device_flag == DEVICE_FLAG_TESTED ||
		    group->device_flag == DEVICE_FLAG_BOTH;

	text_line(text, "struct page *spage = migrate_pfn_to_page(%s);", src);
	text_line(text, "struct page *dpage;");
	text_blank(text);
	if (group->direction == DIRECTION_TO_DEVICE) {
		text_line(text, "if (!(%s & MIGRATE_PFN_MIGRATE))", src);
		text_line(text, text->spaces ? "    %s" : "\t%s", next);
		if (flag)
			text_line(text, "if (%s & MIGRATE_PFN_DEVICE)", src);
		else
			text_line(text, "if (spage && is_device_private_page(spage))");
		text_line(text, text->spaces ? "    %s" : "\t%s", next);
		text_mark(text);
		text_line(text, "dpage = rig_alloc(&@);");
	} else {
		text_line(text, "if (!spage || !(%s & MIGRATE_PFN_MIGRATE))", src);
		text_line(text, text->spaces ? "    %s" : "\t%s", next);
		if (flag)
			text_line(text, "if (!(%s & MIGRATE_PFN_DEVICE))", src);
		else
			text_line(text, "if (!is_device_private_page(spage))");
		text_line(text, text->spaces ? "    %s" : "\t%s", next);
		text_mark(text);
		text_line(text, "dpage = alloc_page_vma(GFP_HIGHUSER_MOVABLE, %s, %s);", names->vma,
			  addr);
	}
	text_open(text, "if (!dpage)");
	write_failure(text, group, names, dst, exit_statement(group));
	if (group->direction == DIRECTION_TO_RAM)
		text_line(text, "lock_page(dpage);");
	text_open(text, "if (rig_copy(&@, dpage, spage))");
	text_line(text, "rig_release(dpage);");
	write_failure(text, group, names, dst, next);
	write_destination(text, group, dst);
}

static void write_walk(struct text *text, const struct group *group, const struct names *names)
{
	char src[32], dst[32], addr[64];
	const char *form = group->walk == WALK_INDEX ? "%s[i]" : "*%s";

	snprintf(src, sizeof(src), form, names->src);
	snprintf(dst, sizeof(dst), form, names->dst);
	switch (group->walk) {
	case WALK_INDEX:
		text_open(text, "for (i = 0; i < npages; i++)");
		snprintf(addr, sizeof(addr), "%s + (i << PAGE_SHIFT)", names->start);
		break;
	case WALK_ADVANCE_POINTERS:
		text_open(text, "for (addr = %s; addr < %s; addr += PAGE_SIZE, %s++, %s++)",
			  names->start, names->end, names->src, names->dst);
		snprintf(addr, sizeof(addr), "addr");
		break;
	case WALK_ADVANCE_START:
		text_open(text, "for (; %s < %s; %s += PAGE_SIZE, %s++, %s++)", names->start,
			  names->end, names->start, names->src, names->dst);
		snprintf(addr, sizeof(addr), "%s", names->start);
		break;
	default:
		text_open(text, "%s", "");
		snprintf(addr, sizeof(addr), "%s", names->start);
		break;
	}
	write_page(text, group, names, src, dst, addr);
	text_close(text, "");
}

static void write_alloc_body(struct text *text, const struct group *group,
			     const struct names *names)
{
	if (group->walk == WALK_INDEX && group->number % 2)
		text_line(text, "unsigned long i, npages = (%s - %s) >> PAGE_SHIFT;", names->end,
			  names->start);
	write_access(text, group, names, false);
	if (group->walk == WALK_INDEX && group->number % 2 == 0)
		text_line(text, "unsigned long i, npages = (%s - %s) >> PAGE_SHIFT;", names->end,
			  names->start);
	if (group->walk == WALK_ADVANCE_POINTERS)
		text_line(text, "unsigned long addr;");
	text_blank(text);
	write_access_end(text, group, names);
	if (group->private == PRIVATE_NUMBER)
		text_line(text, "rig_note(&@, \"tag\", (unsigned long)%s);", names->private);
	if (group->private == PRIVATE_MIXED)
		text_line(text, "rig_note(&@, \"kind\", *(unsigned long *)%s);", names->private);
	text_line(text, "rig_note(&@, \"%s at\", %s >> PAGE_SHIFT);", group->alloc_name,
		  names->start);
	text_mark(text);
	write_walk(text, group, names);
	if (group->exit == EXIT_GOTO)
		text_flat(text, "out:");
	text_line(text, "rig_note(&@, \"%s to\", %s >> PAGE_SHIFT);", group->alloc_name, names->end);
	text_close(text, "");
}

static void write_alloc(struct text *text, const struct group *group, const struct names *names)
{
	char work[NAME_SIZE + 8];

	if (group->work == WORK_ADAPTER) {
		snprintf(work, sizeof(work), "%s_work", group->alloc_name);
		write_head(text, group, names, work, false, "");
		write_alloc_body(text, group, names);
		text_blank(text);
		write_head(text, group, &usual_names, group->alloc_name, false, "");
		text_line(text, "%s(vma, src, dst, start, end, private);", work);
		text_close(text, "");
		return;
	}
	write_head(text, group, names, group->alloc_name, false, "");
	write_alloc_body(text, group, names);
}

/* Counts what has moved, by index or by advancing the parameters. */
static void write_count(struct text *text, const struct group *group, const struct names *names)
{
	const char *src = group->finalize == FINALIZE_ADVANCE ? "*%s++" : "%s[i]";
	char condition[128], word[64];

	write_access(text, group, names, true);
	if (group->finalize == FINALIZE_ADVANCE) {
		text_line(text, "unsigned long moved = 0;");
		text_blank(text);
		write_access_end(text, group, names);
		text_open(text, "for (; %s < %s; %s += PAGE_SIZE)", names->start, names->end,
			  names->start);
	} else {
		text_line(text, "unsigned long i, moved = 0;");
		text_blank(text);
		write_access_end(text, group, names);
		text_open(text, "for (i = 0; i < (%s - %s) >> PAGE_SHIFT; i++)", names->end,
			  names->start);
	}
	if (group->error == ERROR_IN_FINALIZE) {
		snprintf(word, sizeof(word), "%s[i]", names->dst);
		text_open(text, "if (%s & MIGRATE_PFN_ERROR)", word);
		text_line(text, "rig_note(&@, \"error\", i);");
		text_line(text, "continue;");
		text_close(text, "");
	}
	snprintf(word, sizeof(word), src, names->src);
	snprintf(condition, sizeof(condition), "!(%s & MIGRATE_PFN_MIGRATE)", word);
	text_line(text, "if (%s)", condition);
	text_line(text, text->spaces ? "    continue;" : "\tcontinue;");
	write_bump(text, group, names, "moved");
	text_line(text, "moved++;");
	text_close(text, "");
	text_line(text, "rig_note(&@, \"%s\", moved);", group->finalize_name);
}

static void write_finalize(struct text *text, const struct group *group, const struct names *names)
{
	write_head(text, group, names, group->finalize_name, true, "");
	switch (group->finalize) {
	case FINALIZE_EMPTY:
		break;
	case FINALIZE_COMMENT:
		text_line(text, "/* " TEXT_REMARK " 99%u: the device faults on the pages it wants */",
			  group->number);
		break;
	case FINALIZE_LOG:
		text_line(text, "rig_note(&@, \"%s\", (%s - %s) >> PAGE_SHIFT);",
			  group->finalize_name, names->end, names->start);
		break;
	case FINALIZE_EARLY_RETURN:
		text_line(text, "rig_note(&@, \"%s\", %s >> PAGE_SHIFT);", group->finalize_name,
			  names->start);
		text_line(text, "if (!(*%s & MIGRATE_PFN_MIGRATE))", names->src);
		text_line(text, text->spaces ? "    return;" : "\treturn;");
		text_mark(text);
		text_line(text, "rig_note(&@, \"first moved, to valid\", !!(*%s & MIGRATE_PFN_VALID));",
			  names->dst);
		break;
	default:
		write_count(text, group, names);
		break;
	}
	text_close(text, "");
}

/* The other callback of the second object. */
static void write_quiet(const struct group *group, struct text *text)
{
	char quiet[NAME_SIZE];

	if (group->reach != REACH_POINTER && group->reach != REACH_CONDITIONAL &&
	    group->reach != REACH_TABLE)
		return;
	snprintf(quiet, sizeof(quiet), "@_quiet_done%u", group->number);
	write_head(text, group, &usual_names, quiet, true, "");
	text_line(text, "rig_note(&@, \"quiet\", end - start);");
	text_close(text, "");
	text_blank(text);
}

/* In the header, where there is one, if they are not static. */
static void write_prototypes(const struct group *group, struct text *text, struct text *header)
{
	char quiet[NAME_SIZE];

	if (group->linkage == LINKAGE_EXTERN_PROTOTYPES && header)
		text = header;

	if (group->linkage != LINKAGE_PROTOTYPES && group->linkage != LINKAGE_EXTERN_PROTOTYPES)
		return;
	write_head(text, group, &usual_names, group->alloc_name, false, ";");
	if (group->finalize != FINALIZE_SHARED)
		write_head(text, group, &usual_names, group->finalize_name, true, ";");
	if (group->reach == REACH_POINTER || group->reach == REACH_CONDITIONAL ||
	    group->reach == REACH_TABLE) {
		snprintf(quiet, sizeof(quiet), "@_quiet_done%u", group->number);
		write_head(text, group, &usual_names, quiet, true, ";");
	}
	text_blank(text);
}

void group_write(const struct driver *driver, const struct group *group, struct text *text,
		 struct text *header)
{
	const struct names *names = group->names == NAMES_OTHER ? &other_names : &usual_names;

	write_prototypes(group, text, header);
	if (driver->files == FILES_SPLIT) {
		text_line(header, "extern const struct migrate_vma_ops %s;", group->object_name);
		if (group->reach == REACH_POINTER || group->reach == REACH_CONDITIONAL ||
		    group->reach == REACH_TABLE)
			text_line(header, "extern const struct migrate_vma_ops %s;",
				  group->other_name);
	}
	if (group->object == OBJECT_FIRST)
		objects_write(group, text);
	if (group->object == OBJECT_TYPEDEF) {
		text_line(text, "typedef struct migrate_vma_ops @_ops%u_t;", group->number);
		text_blank(text);
	}
	if (group->object == OBJECT_MACRO) {
		text_flat(text, "#define RIG_OBJECT_%u(_name, _copy, _done) \\", group->number);
		text_flat(text, "\tstatic const struct migrate_vma_ops _name = { \\");
		text_flat(text, "\t\t.alloc_and_copy = _copy, .finalize_and_map = _done \\");
		text_flat(text, "\t}");
		text_blank(text);
	}
	write_alloc(text, group, names);
	text_blank(text);
	if (group->finalize != FINALIZE_SHARED) {
		write_finalize(text, group, names);
		text_blank(text);
	}
	write_quiet(group, text);
	/* A comment right above the object would be about the object, and go with it. */
	text_mark(text);
	text_blank(text);
	if (group->object != OBJECT_FIRST)
		objects_write(group, text);
}
