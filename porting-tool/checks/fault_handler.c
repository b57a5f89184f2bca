// SPDX-License-Identifier: GPL-2.0-only
/*
 * What is asked of a migrate_to_ram(): its direction, its value, and the lock of its page.
 */
#include <string.h>

#include "analyse/preprocess.h"
#include "check.h"
#include "fixes.h"

static void look_at_setup(const struct event *event)
{
	const struct state *state = event->state;

	/* Only a fault has a page that faulted: the helper is not one for both ways. */
	if (event->frame->subject.device || state->unknown || state->flags != SELECT_SYSTEM ||
	    !(state->members & MEMBER_FAULT_PAGE) ||
	    !on_fault_path(event->explorer->checker, event->explorer->root->function))
		return;
	event_found(event, "wrong-direction",
		    "on the way back to system memory pages of the device are selected, with "
		    "MIGRATE_VMA_SELECT_DEVICE_PRIVATE; with SELECT_SYSTEM nothing is collected, "
		    "and the CPU faults for ever");
}

/* The name of its struct vm_fault, when a function looks like a handler; else NULL. */
static const char *fault_of(const struct function *function)
{
	const struct syntax *syntax = &function->unit->syntax;
	const struct declarator *parameter = function->parameters;

	if (function->parameter_count != 1 || !parameter->name || parameter->stars != 1 ||
	    !code_is(syntax, parameter->specifiers.last, "vm_fault"))
		return NULL;
	return code_text(syntax, parameter->name, parameter->name);
}

static void look_at_return(const struct event *event)
{
	bool failed = event->result && event->state->phase == PHASE_FAILED;

	if (!fault_of(event->frame->function) ||
	    (event->value != VALUE_NEGATIVE && !(failed && !(event->value & VALUE_ZERO))))
		return;
	event_found(event, "fault-errno",
		    "a fault handler returns VM_FAULT_ values; a negative error number is read as "
		    "a set of them");
}

/* -EIO and the like: an operator and a name. */
static bool is_error_number(const struct expression *value)
{
	value = expression_inner(value);
	return expression_is(value, EXPRESSION_PREFIX, "-") &&
	       value->left->kind == EXPRESSION_NAME && value->left->name[0] == 'E';
}

static void look_at_values(struct checker *checker, const struct function *function)
{
	for (size_t i = 0; i < function->flow.count; i++) {
		const struct flow_step *step = &function->flow.steps[i];

		const struct syntax *syntax = &function->unit->syntax;
		const struct expression *value = expression_inner(step->expression);
		struct finding *finding;

		if (step->kind != FLOW_RETURN || !is_error_number(value))
			continue;
		finding = add_finding(checker, "fault-errno",
				      (struct place){ function->unit, value->first },
				      "a fault handler returns VM_FAULT_ values; a negative error "
				      "number is read as a set of them");
		add_edit(checker, finding, code_start(syntax, value->first),
			 code_end(syntax, value->last), "%s",
			 strcmp(value->left->name, "ENOMEM") ? "VM_FAULT_SIGBUS" : "VM_FAULT_OOM");
	}
}

static void look_at_lock(struct checker *checker, const struct function *function,
			 const char *fault)
{
	const struct syntax *syntax = &function->unit->syntax;

	for (uint32_t i = function->node->head_close; i + 5 < function->node->last; i++)
		if (code_is(syntax, i, "lock_page") && code_is(syntax, i + 1, "(") &&
		    code_is(syntax, i + 2, fault) && code_is(syntax, i + 3, "->") &&
		    code_is(syntax, i + 4, "page") && code_is(syntax, i + 5, ")") &&
		    !preprocess_undecided(syntax, code_start(syntax, i)))
			add_finding(checker, "fault-page-locked",
				    (struct place){ function->unit, i },
				    "since Linux 6.15 the page that faulted is locked when the "
				    "handler is called: this waits for itself");
}

static void look_at_handlers(struct checker *checker)
{
	for (size_t i = 0; i < checker->program.function_count; i++) {
		const struct function *function = &checker->program.functions[i];
		const char *fault = fault_of(function);

		if (!fault || !on_fault_path(checker, function))
			continue;
		look_at_values(checker, function);
		if (checker->target->number >= SINCE_FAULT_PAGE_LOCKED)
			look_at_lock(checker, function, fault);
	}
}

#define HANDLER_BEGIN                                                                              \
" static vm_fault_t drv_migrate_to_ram(struct vm_fault *vmf)\n"                                    \
" {\n"                                                                                             \
" \tstruct drv *drv = drv_of_page(vmf->page);\n"                                                   \
" \tunsigned long src = 0, dst = 0;\n"                                                             \
" \tstruct migrate_vma args = {\n"                                                                 \
" \t\t.vma = vmf->vma,\n"                                                                          \
" \t\t.start = vmf->address,\n"                                                                    \
" \t\t.end = vmf->address + PAGE_SIZE,\n"                                                          \
" \t\t.src = &src,\n"                                                                              \
" \t\t.dst = &dst,\n"                                                                              \
" \t\t.pgmap_owner = drv,\n"

#define HANDLER_END                                                                                \
" \tdst = drv_copy_one(drv, src);\n"                                                               \
" \tmigrate_vma_pages(&args);\n"                                                                   \
" \tmigrate_vma_finalize(&args);\n"                                                                \
" \treturn 0;\n"                                                                                   \
" }\n"

const struct check check_wrong_direction = {
	.rule = {
		.name = "wrong-direction",
		.summary = "the way back to system memory selects pages of system memory",
		.severity = SEVERITY_ERROR,
		.since = "6.1",
		.explanation =
"flags says what migrate_vma_setup() collects, which is where the pages are now.\n"
"On the way to the device that is MIGRATE_VMA_SELECT_SYSTEM, on the way back\n"
"MIGRATE_VMA_SELECT_DEVICE_PRIVATE. With the wrong one nothing is collected.",
		.code = HANDLER_BEGIN
"-\t\t.flags = MIGRATE_VMA_SELECT_SYSTEM,\n"
"+\t\t.flags = MIGRATE_VMA_SELECT_DEVICE_PRIVATE,\n"
" \t\t.fault_page = vmf->page,\n"
" \t};\n"
" \n"
" \tif (migrate_vma_setup(&args))\n"
" \t\treturn VM_FAULT_SIGBUS;\n"
HANDLER_END,
	},
	.on[MOMENT_SETUP] = look_at_setup,
};

const struct check check_fault_errno = {
	.rule = {
		.name = "fault-errno",
		.summary = "a fault handler returns a negative error number",
		.severity = SEVERITY_ERROR,
		.since = "5.4",
		.explanation =
"migrate_to_ram() returns 0 or VM_FAULT_ values or'ed together. A negative number\n"
"has nearly all bits set, so the core takes it for several things at once, for\n"
"instance that mmap_lock was dropped. Return VM_FAULT_SIGBUS, or VM_FAULT_OOM.",
		.code = HANDLER_BEGIN
" \t\t.flags = MIGRATE_VMA_SELECT_DEVICE_PRIVATE,\n"
" \t\t.fault_page = vmf->page,\n"
" \t};\n"
" \tint ret = migrate_vma_setup(&args);\n"
" \n"
" \tif (ret)\n"
"-\t\treturn ret;\n"
"+\t\treturn VM_FAULT_SIGBUS;\n"
HANDLER_END,
	},
	.on[MOMENT_RETURN] = look_at_return,
	.program = look_at_handlers,
};

const struct check check_fault_page_locked = {
	.rule = {
		.name = "fault-page-locked",
		.summary = "a fault handler locks the page that faulted, which is locked",
		.severity = SEVERITY_ERROR,
		.since = "6.15",
		.explanation =
"Since Linux 6.15 the core takes the lock of the page that faulted before it calls\n"
"migrate_to_ram(), and lets go of it afterwards. A handler that locks it waits for\n"
"itself. The code compiles as before. Leave out lock_page() and unlock_page().",
		.code =
" static vm_fault_t drv_migrate_to_ram(struct vm_fault *vmf)\n"
" {\n"
" \tstruct drv *drv = drv_of_page(vmf->page);\n"
" \n"
"-\tlock_page(vmf->page);\n"
" \tdrv_forget(drv, page_to_pfn(vmf->page));\n"
"-\tunlock_page(vmf->page);\n"
" \treturn 0;\n"
" }\n",
	},
	.by_release = true,
};
