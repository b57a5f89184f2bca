// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the port itself has to say.
 */
#include "rules.h"

const struct rule port_rules[] = {
	{
		.name = "address-taken",
		.summary = "migrate_vma is used without being called",
		.severity = SEVERITY_ERROR,
		.since = "5.4",
		.explanation = "The function is gone, so its address cannot be kept in a variable or "
			"a table.  Call it where it is needed, and port again.",
	},
	{
		.name = "argument-count",
		.summary = "a call of migrate_vma() does not have seven arguments",
		.severity = SEVERITY_ERROR,
		.since = "5.4",
		.explanation = "In every release migrate_vma() took the ops object, the VMA, start, "
			"end, src, dst and a pointer for the callbacks.  A call with another number "
			"belongs to something else and has to be converted by hand.",
	},
	{
		.name = "callback-declared",
		.summary = "a callback keeps its parameters because a header declares it",
		.severity = SEVERITY_NOTE,
		.since = "5.4",
		.explanation = "A header that the file includes, and that was not among the files "
			"given, has a prototype of the callback.  A new parameter list would "
			"contradict it, so the function stays as it is.  Give the header together "
			"with the file to have both changed.",
	},
	{
		.name = "callback-macro",
		.summary = "a callback keeps its parameters because a macro may use them",
		.severity = SEVERITY_NOTE,
		.since = "5.4",
		.explanation = "The callback uses a name that is written like a macro, and a header "
			"of the driver cannot be read.  Its text may name parameters, so the "
			"function keeps all of them.  Give the header together with the file, or "
			"its folder with -- -I, to have them changed.",
	},
	{
		.name = "callback-missing",
		.summary = "a callback is defined in none of the files given",
		.severity = SEVERITY_ERROR,
		.since = "5.4",
		.explanation = "Without the body of the callback it is not known which parameters it "
			"uses and which way it moves pages.  Give all files of the driver together, "
			"or their folder.",
	},
	{
		.name = "callback-parameters",
		.summary = "a callback does not have the six parameters of the callback API",
		.severity = SEVERITY_ERROR,
		.since = "5.4",
		.explanation = "alloc_and_copy() and finalize_and_map() got the VMA, src, dst, start, "
			"end and a pointer.  A function with other parameters cannot have been called "
			"that way, unless through a cast; convert it by hand.",
	},
	{
		.name = "comment-lost",
		.summary = "a comment in a parameter list is not kept",
		.severity = SEVERITY_NOTE,
		.since = "5.4",
		.explanation = "The parameter list of a callback is written anew without the "
			"parameters the callback does not use.  A comment in the old list may be "
			"about one of those; put it back by hand if it still says something.",
	},
	{
		.name = "conditional-argument",
		.summary = "an #if stands between the arguments of a call",
		.severity = SEVERITY_ERROR,
		.since = "5.4",
		.explanation = "Only one arm of an #if is read, and writing the call anew would lose "
			"the other.  Put the #if around two whole calls, or let it set variables in "
			"front of the call.",
	},
	{
		.name = "dead-code",
		.summary = "a call under #if 0 stays as it is",
		.severity = SEVERITY_WARNING,
		.since = "5.4",
		.explanation = "Text that no compiler sees is not ported.  Delete it, or change it by "
			"hand.",
	},
	{
		.name = "direction",
		.summary = "which way a call moves pages is not clear from the code",
		.severity = SEVERITY_NOTE,
		.since = "5.7",
		.explanation =
			"migrate_vma() collected system and device memory alike.  In 5.7 and 5.8 a "
			"call collects either, and since 5.9 it says which it wants.\n"
			"\n"
			"The tool looks at where alloc_and_copy() gets its pages from and at whether "
			"the call is made in a fault handler.  Where that does not settle it, both "
			"kinds are asked for, which is what the callback API did.  A comment above the "
			"call settles it: /* migrate-vma: to-device */ or /* migrate-vma: to-ram */.",
	},
	{
		.name = "fault-page",
		.summary = "a fault handler reaches a call that does not know the page that faulted",
		.severity = SEVERITY_WARNING,
		.since = "6.1",
		.explanation =
			"Since 6.1 the core holds a reference on the page of a CPU fault while "
			"migrate_to_ram() runs, and a migration that is not told about it in "
			"fault_page counts one reference too many: the page never moves, and the CPU "
			"faults for ever.\n"
			"\n"
			"Where the call is in a function below the handler, the tool brings the page "
			"there as a parameter.  It does not when one of the functions in between is "
			"used through a pointer or a macro, is declared in a header that was not given, "
			"or uses the name fault_page already.  It also asks when the handler is in none "
			"of the files given, and so may get to the call or not.  Give all files of the "
			"driver, or say in a comment above the call what the page is called there: "
			"/* migrate-vma: fault_page=vmf->page */, or NULL where no handler gets there.",
	},
	{
		.name = "headers",
		.summary = "with the headers that were given the result does not compile",
		.severity = SEVERITY_WARNING,
		.since = "5.4",
		.explanation = "-p, --kernel or options after -- led to the kernel's headers, and with "
			"them libclang sees an error in the new text; one that the old text had as "
			"well counts, too.  The headers may be of another release than --target, or "
			"something has to be changed by hand.  Errors about names whose history is "
			"known have the rule kernel-name.",
	},
	{
		.name = "in-macro",
		.summary = "migrate_vma() is called in the text of a macro",
		.severity = SEVERITY_ERROR,
		.since = "5.4",
		.explanation = "The text of a macro is not edited, because what it becomes depends on "
			"where it is used.  Turn the macro into a function, or call migrate_vma() "
			"where the macro is used.",
	},
	{
		.name = "kconfig-waits",
		.summary = "a Kconfig file or makefile stays as it is, because its driver is not ported yet",
		.severity = SEVERITY_NOTE,
		.since = "5.4",
		.explanation = "Lines that name MIGRATE_VMA_HELPER change together with the calls "
			"they guard.  Some of those calls are left; see the errors about them, and "
			"port again.",
	},
	{
		.name = "local-function",
		.summary = "the driver has a function of its own called migrate_vma",
		.severity = SEVERITY_NOTE,
		.since = "5.4",
		.explanation = "Calls of that function are no calls of the kernel's and stay as they "
			"are.  From 5.4 on its name no longer clashes with a function of the kernel.",
	},
	{
		.name = "neighbour",
		.summary = "another API in the file is gone in the target release",
		.severity = SEVERITY_WARNING,
		.since = "5.3",
		.explanation =
			"Only migrate_vma() and what belongs to it is ported.  A driver of its time "
			"uses more that later releases removed or gave another meaning: hmm_devmem, "
			"mmap_sem, page_free(), the way a page of the device is set up.  Each of them "
			"is named with its place and with what replaces it.  A use under an #if that "
			"tests for an older release is taken care of already and is not named.",
	},
	{
		.name = "not-understood",
		.summary = "brackets do not match, or a call is in no statement that could be recognised",
		.severity = SEVERITY_ERROR,
		.since = "5.4",
		.explanation = "Brackets that do not match, or a macro that opens a block in a way of "
			"its own, hide where the statement around the call begins and ends.  Put the "
			"call in a statement of its own, and port again.",
	},
	{
		.name = "ops-conditional",
		.summary = "an #if decides which callbacks an ops object names",
		.severity = SEVERITY_ERROR,
		.since = "5.4",
		.explanation = "The configuration of the kernel is not known, so the tool would have "
			"to choose one arm and lose the other.  Put the #if into the callback, or "
			"write two objects with a call each.",
	},
	{
		.name = "ops-member",
		.summary = "an ops object sets a member that does not exist",
		.severity = SEVERITY_ERROR,
		.since = "5.4",
		.explanation = "struct migrate_vma_ops had alloc_and_copy and finalize_and_map, in "
			"this order, and nothing else.",
	},
	{
		.name = "ops-missing",
		.summary = "an ops object is defined in none of the files given",
		.severity = SEVERITY_ERROR,
		.since = "5.4",
		.explanation = "Without the object it is not known which callbacks the call uses.  "
			"Give all files of the driver together, or their folder.",
	},
	{
		.name = "ops-pointer",
		.summary = "a use of struct migrate_vma_ops cannot become a function pointer",
		.severity = SEVERITY_ERROR,
		.since = "5.4",
		.explanation = "A parameter, variable or member that points to an ops object becomes "
			"a pointer to a function, and so does an object that is a member of another "
			"struct where every initialiser names that member.  That is done for a single "
			"declaration; a cast, a function that returns an ops object or one that is "
			"filled in or copied at run time has to be changed by hand.",
	},
	{
		.name = "ops-shape",
		.summary = "an ops object is not declared and initialised by itself",
		.severity = SEVERITY_ERROR,
		.since = "5.4",
		.explanation = "The callbacks are read from the initialiser of the object, or from "
			"assignments where there is one for each callback and nothing decides "
			"whether it runs.  An object that is set to one thing here and to another "
			"there has to be taken apart first.",
	},
	{
		.name = "ops-unknown",
		.summary = "which ops object a call uses cannot be told",
		.severity = SEVERITY_ERROR,
		.since = "5.4",
		.explanation = "The first argument is neither the address of an ops object nor a "
			"pointer that could point to a function instead.",
	},
	{
		.name = "ops-unused",
		.summary = "an ops object that other files can see is used in none of those given",
		.severity = SEVERITY_ERROR,
		.since = "5.4",
		.explanation = "A call in a file that was not given would lose its callbacks.  Give "
			"all files of the driver together; if nobody uses the object, delete it or "
			"make it static.",
	},
	{
		.name = "one-source",
		.summary = "no helper stands for this on all kernels of the range",
		.severity = SEVERITY_ERROR,
		.since = "5.4",
		.explanation = "With --for, what kernels of the range have in different forms goes "
			"through a helper of the driver's own.  Here is something that there is no "
			"helper for, or a use that it cannot stand for; the message says which, and "
			"what to do.",
	},
	{
		.name = "ops-use",
		.summary = "an ops object is used as an object",
		.severity = SEVERITY_ERROR,
		.since = "5.4",
		.explanation = "There are no ops objects after the port.  Copying one, asking for its "
			"size or reading its members has to be changed by hand.",
	},
	{
		.name = "ops-value",
		.summary = "a member of an ops object is not set to a function's name",
		.severity = SEVERITY_ERROR,
		.since = "5.4",
		.explanation = "The port replaces a call through the member by a call of the function "
			"it names, so the name has to stand there.",
	},
	{
		.name = "overlap",
		.summary = "two changes of the port overlap",
		.severity = SEVERITY_ERROR,
		.since = "5.4",
		.explanation = "A defect of the tool: nothing was changed.  Please report it with the "
			"lines around the place.",
	},
	{
		.name = "own-definition",
		.summary = "the driver defines struct migrate_vma_ops itself",
		.severity = SEVERITY_ERROR,
		.since = "5.4",
		.explanation = "A copy of the callback API in the driver keeps old code alive on new "
			"kernels.  Take it out, so that the calls are the kernel's, and port again.",
	},
	{
		.name = "owner-by-type",
		.summary = "the owner of the device memory is known by its type only",
		.severity = SEVERITY_NOTE,
		.since = "5.7",
		.explanation = "Somewhere the driver sets the owner of its dev_pagemap to a pointer of "
			"that function.  At the call there is one pointer to the same struct, and it is "
			"taken to be the owner.  Where a driver has several devices, see that it is the "
			"right one; a comment above the call names another: "
			"/* migrate-vma: owner=NAME */.",
	},
	{
		.name = "owner-unknown",
		.summary = "the owner of the device memory is not known",
		.severity = SEVERITY_ERROR,
		.since = "5.7",
		.explanation =
			"Since 5.7 struct dev_pagemap has an owner, and a call collects device memory "
			"of one owner only.  A driver of the callback API has none; the tool chooses "
			"one where the driver sets the type of its pagemap, and names it in every "
			"call.  When that place is in none of the files given, a call that only moves "
			"system memory works without, and one that takes device memory back does not.\n"
			"\n"
			"Give the file that sets up the pagemap as well, or name the owner in a "
			"comment above the call: /* migrate-vma: owner=&my_device */.",
	},
	{
		.name = "pfn-flag",
		.summary = "a use of a flag that is gone cannot be rewritten mechanically",
		.severity = SEVERITY_ERROR,
		.since = "5.4",
		.explanation = "MIGRATE_PFN_DEVICE and MIGRATE_PFN_ERROR are gone since 5.4, "
			"MIGRATE_PFN_LOCKED since 5.16.  They are taken out of chains of \"|\" and of "
			"simple tests; a mask or comparison of several flags says more than one thing "
			"and is left for a person.",
	},
	{
		.name = "self-check",
		.summary = "the result did not pass the tool's check of its own work",
		.severity = SEVERITY_ERROR,
		.since = "5.4",
		.explanation =
			"The new text is read again before it is handed out: no old name may be left, "
			"no bracket without a partner, nothing changed outside the changes that were "
			"meant, and libclang must see no error that the old text did not have.\n"
			"\n"
			"This message is a defect of the tool, not of the driver; nothing was changed.  "
			"Please report it.",
	},
	{
		.name = "two-arms",
		.summary = "two arms of an #if use the callback API",
		.severity = SEVERITY_ERROR,
		.since = "5.4",
		.explanation = "Only one arm of an #if can be read at a time, and a port of one arm "
			"that leaves the other would be half a port.  Make the call behind the "
			"#endif, or take one arm out and port again.  A wrapper with a stand-in in "
			"the other arm is no obstacle, nor are arms of one statement each that call "
			"with the same ops object.",
	},
	{
		.name = "unmerged-api",
		.summary = "a call belongs to an API that was posted but never merged",
		.severity = SEVERITY_ERROR,
		.since = "5.4",
		.explanation = "migrate_vma() with an argument mentries, and before it migrate_dma(), "
			"were posted in 2017.  No release had them, so there is no behaviour a port "
			"could keep.  Convert such a driver by hand.",
	},
	{
		.name = "version-guard",
		.summary = "an #if keeps a ported call out of the target release",
		.severity = SEVERITY_WARNING,
		.since = "5.4",
		.explanation = "The call stands under an #if that is true only for kernels before the "
			"target.  It is ported, but nobody compiles it until the guard is changed or "
			"removed.",
	},
	{ .name = NULL },
};
