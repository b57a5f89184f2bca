// SPDX-License-Identifier: GPL-2.0-only
/*
 * Copies by an engine of the device that are begun and never ended: nobody waits for them, or
 * nobody unmaps their pages.
 */
#include <string.h>

#include "analyse/symbols.h"
#include "check.h"

/* fence of init_completion(&job->fence) */
static const char *last_name(const struct syntax *syntax, uint32_t open)
{
	uint32_t at = syntax->match[open] - 1;

	return code_identifier(syntax, at) ? code_text(syntax, at, at) : NULL;
}

/* Whether a name is a member of a struct of these files: then only they know of it. */
static bool is_own_member(const struct checker *checker, const char *name)
{
	const struct symbol *symbol = symbol_find(&checker->program, name);

	return symbol && symbol_declared(symbol, DECLARATION_MEMBER);
}

/* A call with "wait" or "completion" in its name, other than those that begin and end one. */
static bool is_awaited(const struct checker *checker, const char *name)
{
	const struct symbol *symbol = symbol_find(&checker->program, name);

	for (const struct reference *at = symbol ? symbol->references : NULL; at; at = at->next) {
		const struct syntax *syntax = &at->unit->syntax;
		uint32_t open = at->token;
		const char *call;

		if (at->kind != REFERENCE_MEMBER)
			return true;
		while (open > 1 && !code_is(syntax, open, "(") && !code_is(syntax, open, ";"))
			open--;
		/* It is given on, or kept: somebody else may wait. */
		if (!code_is(syntax, open, "(") || !code_identifier(syntax, open - 1))
			return true;
		call = code_text(syntax, open - 1, open - 1);
		if (strcmp(call, "init_completion") && strcmp(call, "reinit_completion") &&
		    strcmp(call, "complete") && strcmp(call, "complete_all"))
			return true;
	}
	return false;
}

static void look_at_completion(struct checker *checker, struct place place)
{
	const struct syntax *syntax = &place.unit->syntax;
	const char *name = last_name(syntax, place.token + 1);

	if (name && is_own_member(checker, name) && !is_awaited(checker, name))
		add_finding(checker, "copy-not-awaited", place,
			    "nobody waits for %s: the pages may be given back while the engine "
			    "still copies", name);
}

/* dma_unmap_page() and what a kernel or another file of the driver has on top of it. */
static bool is_unmapping(const struct symbol *symbol)
{
	static const char *const others[] = { "kunmap", "memunmap", "iounmap", "vunmap" };

	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++)
		if (strstr(symbol->name, others[i]))
			return false;
	return strstr(symbol->name, "unmap") && symbol->references &&
	       !symbol_declared(symbol, DECLARATION_FUNCTION);
}

static bool unmaps(const struct checker *checker)
{
	const struct symbol *symbol;
	size_t at = 0;

	while ((symbol = symbol_next(&checker->program, &at)))
		if (is_unmapping(symbol))
			return true;
	return false;
}

/* address = dma_map_page(...), into a variable or member that these files declare */
static void look_at_mapping(struct checker *checker, struct place place)
{
	const struct syntax *syntax = &place.unit->syntax;
	uint32_t last = syntax->match[place.token + 1];

	if (code_is(syntax, last + 1, ";") && code_is(syntax, place.token - 1, "=") &&
	    !unmaps(checker))
		add_finding(checker, "dma-not-unmapped", place,
			    "the page is mapped for the device, and no function of these files "
			    "unmaps it");
}

static const struct {
	const char *call;
	void (*look)(struct checker *checker, struct place place);
} begins[] = {
	{ "init_completion", look_at_completion },
	{ "dma_map_page", look_at_mapping },
	{ "pci_map_page", look_at_mapping },
};

/* Only what has to do with migrations: their functions, or files that make the steps. */
static bool migrates(const struct unit *unit)
{
	for (uint32_t i = 0; i < unit->syntax.code.count; i++)
		if (code_is(&unit->syntax, i, "migrate_vma_setup") ||
		    code_is(&unit->syntax, i, "migrate_device_range"))
			return true;
	return false;
}

static void look_at_calls(struct checker *checker)
{
	for (size_t i = 0; i < sizeof(begins) / sizeof(*begins); i++) {
		const struct symbol *symbol = symbol_find(&checker->program, begins[i].call);

		for (const struct reference *at = symbol ? symbol->references : NULL; at;
		     at = at->next)
			if (at->kind == REFERENCE_CALL && migrates(at->unit))
				begins[i].look(checker, (struct place){ at->unit, at->token });
	}
}

const struct check check_copy_not_awaited = {
	.rule = {
		.name = "copy-not-awaited",
		.summary = "nobody waits for a copy that an engine makes",
		.severity = SEVERITY_ERROR,
		.since = "5.4",
		.explanation =
"A copy engine works on its own. Until somebody has waited for it, the new page may\n"
"be half written and the old one is still read. The driver makes a completion\n"
"ready for that, and no function of its files waits for it.\n"
"\n"
"Wait before migrate_vma_finalize(), and before migrate_vma_pages() where the\n"
"result of the copy decides what is in dst.",
		.code =
" #include <linux/completion.h>\n"
" \n"
" struct drv_job {\n"
" \tstruct completion fence;\n"
" };\n"
" \n"
" void drv_start_dma(struct drv *drv, struct migrate_vma *args, struct drv_job *job);\n"
" \n"
" static int drv_move_in(struct drv *drv, struct migrate_vma *args)\n"
" {\n"
" \tstruct drv_job job;\n"
" \tint ret = migrate_vma_setup(args);\n"
" \n"
" \tif (ret)\n"
" \t\treturn ret;\n"
" \tinit_completion(&job.fence);\n"
" \tdrv_start_dma(drv, args, &job);\n"
"+\twait_for_completion(&job.fence);\n"
" \tmigrate_vma_pages(args);\n"
" \tmigrate_vma_finalize(args);\n"
" \treturn 0;\n"
" }\n",
	},
	.program = look_at_calls,
};

const struct check check_dma_not_unmapped = {
	.rule = {
		.name = "dma-not-unmapped",
		.summary = "a page that migrates is mapped for DMA and never unmapped",
		.severity = SEVERITY_WARNING,
		.since = "5.4",
		.explanation =
"dma_map_page() may take an entry of an IOMMU or a bounce buffer, and what a device\n"
"wrote is only sure to be in the page after dma_unmap_page(). Unmap when the copy\n"
"is over and before migrate_vma_finalize(): then the page belongs to others.",
		.code =
" #include <linux/dma-mapping.h>\n"
" \n"
" int drv_copy_from(struct drv *drv, dma_addr_t address);\n"
" \n"
" static int drv_move_in(struct device *device, struct drv *drv, struct migrate_vma *args)\n"
" {\n"
" \tstruct page *page;\n"
" \tdma_addr_t address;\n"
" \tint ret = migrate_vma_setup(args);\n"
" \n"
" \tif (ret)\n"
" \t\treturn ret;\n"
" \tpage = migrate_pfn_to_page(args->src[0]);\n"
" \tif (page) {\n"
" \t\taddress = dma_map_page(device, page, 0, PAGE_SIZE, DMA_TO_DEVICE);\n"
" \t\tret = drv_copy_from(drv, address);\n"
"+\t\tdma_unmap_page(device, address, PAGE_SIZE, DMA_TO_DEVICE);\n"
" \t}\n"
" \tif (!ret)\n"
" \t\targs->dst[0] = drv_copy_one(drv, args->src[0]);\n"
" \tmigrate_vma_pages(args);\n"
" \tmigrate_vma_finalize(args);\n"
" \treturn ret;\n"
" }\n",
	},
};
