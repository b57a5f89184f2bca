// SPDX-License-Identifier: GPL-2.0-only
/*
 * What migrate_vma_setup() is given: members that the target needs and that are not set.
 */
#include <string.h>

#include "analyse/includes.h"
#include "analyse/symbols.h"
#include "check.h"
#include "checks/paths/struct_members.h"

/* Whether the driver's notifier tells its own migrations from those of others. */
static bool watches_migration(const struct checker *checker, const struct unit *unit)
{
	for (size_t i = 0; i < checker->program.unit_count; i++)
		if (checker->watches_migration[i] &&
		    program_same_folder(&checker->program.units[i], unit))
			return true;
	return false;
}

/* The members that a driver for the target has to set, in the state it is in. */
static uint8_t needed_members(const struct explorer *explorer, const struct frame *frame,
			      const struct state *state)
{
	const struct release *target = explorer->checker->target;
	/* A helper that sets up for others may be asked by the fault path and by others. */
	bool fault_path = on_fault_path(explorer->checker, explorer->root->function);
	bool to_device = state->flags == SELECT_SYSTEM;
	uint8_t needed = MEMBER_VMA | MEMBER_START | MEMBER_END | MEMBER_SRC | MEMBER_DST;

	if (target->flags_member)
		needed |= MEMBER_FLAGS;
	if (target->owner_member && target->owner_only_to_ram && fault_path)
		needed |= MEMBER_OWNER;
	if (target->owner_member && !target->owner_only_to_ram &&
	    ((state->flags & SELECT_DEVICE) ||
	     watches_migration(explorer->checker, frame->function->unit)))
		needed |= MEMBER_OWNER;
	if (target->fault_page_member && fault_path && !to_device)
		needed |= MEMBER_FAULT_PAGE;
	return needed;
}

static bool is_named(const struct program *program, const struct unit *unit, const char *name)
{
	return name_references(program, name) || header_mentioning(program, unit, name);
}

/*
 * What a struct from elsewhere holds is not known, but a member that is named nowhere in the driver
 * is not set by it.  One that only decides about device pages is needed where a fault gets to.
 */
static uint8_t named_nowhere(const struct explorer *explorer, const struct frame *frame,
			     const struct state *state)
{
	static const char *const selections[] = { "MIGRATE_VMA_SELECT_SYSTEM",
						  "MIGRATE_VMA_SELECT_DEVICE_PRIVATE",
						  "MIGRATE_VMA_SELECT_DEVICE_COHERENT" };
	const struct program *program = &explorer->checker->program;
	const struct release *target = explorer->checker->target;
	const struct unit *unit = frame->function->unit;
	uint8_t missing = 0;

	if (state->flags == SELECT_SYSTEM || !target->fault_page_member ||
	    !on_fault_path(explorer->checker, explorer->root->function))
		return 0;
	if (!is_named(program, unit, "fault_page"))
		missing |= MEMBER_FAULT_PAGE;
	if (!is_named(program, unit, target->owner_member))
		missing |= MEMBER_OWNER;
	for (size_t i = 0; i < sizeof(selections) / sizeof(*selections); i++)
		if (is_named(program, unit, selections[i]))
			return missing;
	return missing | (is_named(program, unit, "flags") ? 0 : MEMBER_FLAGS);
}

static const char *member_list(const struct explorer *explorer, uint8_t bits)
{
	const struct release *target = explorer->checker->target;
	const char *list = "";

	for (size_t i = 0; member_bits[i].name; i++) {
		if (!(bits & member_bits[i].bit) ||
		    (member_bits[i].bit == MEMBER_OWNER &&
		     (!target->owner_member || strcmp(target->owner_member, member_bits[i].name))))
			continue;
		list = arena_printf(&explorer->checker->arena, "%s%s%s", list,
				    *list ? ", " : "", member_bits[i].name);
	}
	return list;
}

static const char *member_consequence(uint8_t missing)
{
	if (missing & (MEMBER_VMA | MEMBER_START | MEMBER_END | MEMBER_SRC | MEMBER_DST))
		return "the call fails with -EINVAL";
	if (missing & MEMBER_FLAGS)
		return "without flags nothing is selected, and nothing migrates";
	if (missing & MEMBER_FAULT_PAGE)
		return "without it the page that faulted never migrates, and the CPU faults for "
		       "ever";
	return "without the owner no device page is selected, and the driver's notifier cannot "
	       "tell its own migrations";
}

/* Every member the target has; what is not set and not zeroed is whatever was on the stack. */
static uint8_t existing_members(const struct release *target)
{
	uint8_t bits = MEMBER_VMA | MEMBER_START | MEMBER_END | MEMBER_SRC | MEMBER_DST;

	if (target->owner_member)
		bits |= MEMBER_OWNER;
	if (target->flags_member)
		bits |= MEMBER_FLAGS;
	if (target->fault_page_member)
		bits |= MEMBER_FAULT_PAGE;
	return bits;
}

/* "struct migrate_vma args;" becomes "struct migrate_vma args = { 0 };" */
static void fix_garbage(const struct event *event, struct finding *finding)
{
	const struct syntax *syntax = &event->frame->function->unit->syntax;
	const struct expression *argument =
		expression_inner(expression_argument(event->expression, 0));
	struct declarator declarator;
	struct node *declaration;
	uint32_t end;

	if (!expression_is(argument, EXPRESSION_PREFIX, "&") ||
	    argument->left->kind != EXPRESSION_NAME ||
	    !local_find(syntax, event->expression->first, argument->left->name, &declarator,
			&declaration) ||
	    declaration->kind != NODE_DECLARATION || declarator.stars ||
	    declarator.value.last >= declarator.value.first ||
	    declarator.array.last > declarator.array.first ||
	    !code_is(syntax, declarator.specifiers.last, "migrate_vma"))
		return;
	end = code_end(syntax, declarator.name);
	add_edit(event->explorer->checker, finding, end, end, " = { 0 }");
}

static void look_at_setup(const struct event *event)
{
	struct explorer *explorer = event->explorer;
	const struct release *target = explorer->checker->target;
	const struct state *state = event->state;
	uint8_t missing = named_nowhere(explorer, event->frame, state);
	uint8_t garbage = existing_members(target) & (uint8_t)~state->members;

	if (event->frame->subject.device)
		return;
	if (!state->unknown)
		missing |= needed_members(explorer, event->frame, state) & (uint8_t)~state->members;
	if (!state->unknown && !state->zeroed && garbage)
		fix_garbage(event, event_found(event, "not-zeroed",
					       "the struct migrate_vma is not zeroed and these "
					       "members are not set: %s",
					       member_list(explorer, garbage)));
	else if (missing)
		event_found(event, "member-missing",
			    "not set before migrate_vma_setup(), for Linux %s: %s; %s",
			    target->name, member_list(explorer, missing),
			    member_consequence(missing));
}

const struct check check_member_missing = {
	.rule = {
		.name = "member-missing",
		.summary = "a member of struct migrate_vma that the target needs is not set",
		.severity = SEVERITY_ERROR,
		.since = "5.4",
		.explanation =
"vma, start, end, src and dst are always needed. What else is needed grew:\n"
"\n"
"  5.7, 5.8   src_owner, on the way back to system memory only\n"
"  5.9        flags: 0 selects nothing, so a driver that compiles unchanged\n"
"             silently stops migrating\n"
"  5.9        pgmap_owner, equal to the owner of the struct dev_pagemap, where\n"
"             device pages are selected, and in both directions where the\n"
"             driver's notifier looks at MMU_NOTIFY_MIGRATE\n"
"  6.1        fault_page = vmf->page on every path from migrate_to_ram(): the\n"
"             fault holds a reference to that page, and without the member it\n"
"             counts as pinned, never migrates, and the CPU faults for ever",
		.code =
" static vm_fault_t drv_migrate_to_ram(struct vm_fault *vmf)\n"
" {\n"
" \tstruct drv *drv = drv_of_page(vmf->page);\n"
" \tunsigned long src = 0, dst = 0;\n"
" \tstruct migrate_vma args = {\n"
" \t\t.vma = vmf->vma,\n"
" \t\t.start = vmf->address,\n"
" \t\t.end = vmf->address + PAGE_SIZE,\n"
" \t\t.src = &src,\n"
" \t\t.dst = &dst,\n"
" \t\t.pgmap_owner = drv,\n"
" \t\t.flags = MIGRATE_VMA_SELECT_DEVICE_PRIVATE,\n"
"+\t\t.fault_page = vmf->page,\n"
" \t};\n"
" \n"
" \tif (migrate_vma_setup(&args))\n"
" \t\treturn VM_FAULT_SIGBUS;\n"
" \tdst = drv_copy_one(drv, src);\n"
" \tmigrate_vma_pages(&args);\n"
" \tmigrate_vma_finalize(&args);\n"
" \treturn 0;\n"
" }\n",
	},
	.on[MOMENT_SETUP] = look_at_setup,
	.by_release = true,
};

const struct check check_not_zeroed = {
	.rule = {
		.name = "not-zeroed",
		.summary = "the struct migrate_vma holds garbage in members that are not set",
		.severity = SEVERITY_ERROR,
		.since = "5.4",
		.explanation =
"A struct migrate_vma on the stack that is neither initialised nor set in full\n"
"holds whatever was there before. Members came with 5.7, 5.9 and 6.1, so a\n"
"driver that set all there were is wrong with the next kernel: garbage in\n"
"fault_page is taken for a page.\n"
"\n"
"Use an initialiser with designated members, or = { 0 }: it zeroes the others,\n"
"those of later kernels too.",
		.code =
" static int drv_move_in(struct drv *drv, struct vm_area_struct *vma, unsigned long addr)\n"
" {\n"
" \tunsigned long src = 0, dst = 0;\n"
"-\tstruct migrate_vma args;\n"
"+\tstruct migrate_vma args = { 0 };\n"
" \tint ret;\n"
" \n"
" \targs.vma = vma;\n"
" \targs.start = addr;\n"
" \targs.end = addr + PAGE_SIZE;\n"
" \targs.src = &src;\n"
" \targs.dst = &dst;\n"
" \targs.pgmap_owner = drv;\n"
" \targs.flags = MIGRATE_VMA_SELECT_SYSTEM;\n"
" \tret = migrate_vma_setup(&args);\n"
" \tif (ret)\n"
" \t\treturn ret;\n"
" \tdst = drv_copy_one(drv, src);\n"
" \tmigrate_vma_pages(&args);\n"
" \tmigrate_vma_finalize(&args);\n"
" \treturn 0;\n"
" }\n",
	},
	.by_release = true,
};
